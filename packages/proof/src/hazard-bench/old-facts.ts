import type { Engine } from '@planwright/rehearsal';

/** What code and rows rely on, one fact a text. */
export interface OldFacts {
  /** What must stay: relations, columns with their types and defaults, indexes, constraints, triggers, policies, functions, labels of enums. */
  readonly there: ReadonlySet<string>;
  /** What must not come to relations that were there: rules for their rows, and columns that DISTINCT and GROUP BY cannot compare. */
  readonly rules: ReadonlySet<string>;
}

/** Reads what is there, and the rules of the relations named by their oids. */
export async function readOldFacts(engine: Engine, relations: readonly number[]): Promise<OldFacts> {
  const list = relations.length === 0 ? '0' : relations.join(', ');
  const facts = await engine.query<{ readonly rule: boolean; readonly fact: string }>(`
    SELECT false AS rule, 'relation ' || c.oid::regclass::text AS fact FROM pg_class c WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'i', 'I', 'S')
      AND c.relnamespace::regnamespace::text !~ '^pg_'
    UNION ALL SELECT false, 'column ' || a.attrelid::regclass::text || '.' || a.attname || ' '
      || replace(format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL), 'character varying', 'text')
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid IN (${list}) AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT false, 'default ' || adrelid::regclass::text || '.' || adnum FROM pg_attrdef WHERE adrelid IN (${list})
    UNION ALL SELECT false, 'required ' || attrelid::regclass::text || '.' || attname FROM pg_attribute
      WHERE attrelid IN (${list}) AND attnum > 0 AND NOT attisdropped AND attnotnull
    UNION ALL SELECT false, 'function ' || oid::regprocedure::text FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT false, 'label ' || enumtypid::regtype::text || ' ' || enumlabel FROM pg_enum
    UNION ALL SELECT false, 'constraint ' || conrelid::regclass::text || ' ' || conname FROM pg_constraint WHERE conrelid IN (${list}) AND contype <> 'n'
    UNION ALL SELECT false, 'trigger ' || tgrelid::regclass::text || ' ' || tgname FROM pg_trigger WHERE tgrelid IN (${list}) AND NOT tgisinternal
    UNION ALL SELECT false, 'policy ' || polrelid::regclass::text || ' ' || polname FROM pg_policy WHERE polrelid IN (${list})
    UNION ALL SELECT true, 'no equality ' || attrelid::regclass::text || '.' || attname FROM pg_attribute
      WHERE attrelid IN (${list}) AND attnum > 0 AND atttypid IN ('json'::regtype, 'xml'::regtype)
    UNION ALL SELECT true, 'constraint ' || conrelid::regclass::text || ' ' || oid FROM pg_constraint WHERE conrelid IN (${list}) AND contype <> 'n'
    UNION ALL SELECT true, 'required ' || a.attrelid::regclass::text || '.' || a.attname FROM pg_attribute a
      WHERE a.attrelid IN (${list}) AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
    UNION ALL SELECT true, 'unique ' || indexrelid FROM pg_index WHERE indrelid IN (${list}) AND indisunique
    UNION ALL SELECT true, 'trigger ' || oid FROM pg_trigger WHERE tgrelid IN (${list}) AND NOT tgisinternal
    UNION ALL SELECT true, 'policy ' || oid FROM pg_policy WHERE polrelid IN (${list})
    UNION ALL SELECT true, 'row security ' || oid FROM pg_class WHERE oid IN (${list}) AND relrowsecurity
    UNION ALL SELECT true, 'label ' || oid FROM pg_enum`);
  return {
    there: new Set(facts.flatMap(({ rule, fact }) => (rule ? [] : [fact]))),
    rules: new Set(facts.flatMap(({ rule, fact }) => (rule ? [fact] : []))),
  };
}

/** Nothing that was there is gone, and no rule has come. */
export function unharmed(before: OldFacts, after: OldFacts): boolean {
  return [...before.there].every((fact) => after.there.has(fact)) && [...after.rules].every((fact) => before.rules.has(fact));
}
