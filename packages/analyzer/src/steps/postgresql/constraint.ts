import type { Constraint } from '@planwright/spec';
import { constraintDefinition } from '@planwright/sql';
import { mentions } from '../../expression-names.js';
import { thing } from '../../given-again.js';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { isNotValid } from '../../not-valid.js';
import { codeEffect } from '../../verdicts/postgresql/code.js';
import { implies } from '../../verdicts/postgresql/kept-already.js';
import { onTableText, type StatementFacts, tableText } from '../../verdicts/statement-facts.js';
import { type Asked, besideSql, columnIn, joined, madeConstraint, nameSql, onOf, type Recipe, tableIn, tableSql } from '../asked.js';
import type { Need, Step } from '../step.js';
import type { ConstraintSuccession, Succession } from '../succession.js';
import { foreignKeyOfPartitions } from './foreign-key-of-partitions.js';
import { keyOfPartitions } from './index-of-partitions.js';
import { presence, validation } from './not-null.js';

/** ADD CONSTRAINT without a scan or build under its lock: NOT VALID and VALIDATE, or an index that is built beside running code. */
export const addConstraint: Recipe<'addConstraint'> = (asked) => {
  const on = onOf(asked.operation);
  const made = madeConstraint(asked, on, asked.operation.constraint) ?? asked.operation.constraint;
  if (made.name === undefined) return { kept: 'the name that PostgreSQL gives the constraint is not known' };
  const same = asked.left.filter(isOfConstraint).find(({ isRenamed }) => isRenamed);
  if (same) return { steps: [renamed(same, on, made.name, made.columns?.some((name) => asked.isNewColumn(on, name)) === true)] };
  const need = asked.breaks ? { release: demandOf(asked, on, made.name) } : undefined;
  return constraintSteps(asked, on, { ...made, name: made.name }, need);
};

/** What the release must do before a constraint is there. A foreign key on columns that have one already only changes what becomes of rows that lose theirs. */
function demandOf({ operation: { constraint }, left }: Asked<'addConstraint'>, on: On, name: string): string {
  const old = left.find(isOfConstraint)?.old;
  if (constraint.type !== 'foreignKey' || !old || !implies(old, constraint, on.table)) return `satisfies \`${name}\` of \`${on.table}\``;
  return `leaves no row of \`${on.table}\` behind when it deletes from \`${constraint.references.table}\` or changes a key there`;
}

/** DROP CONSTRAINT of a key once no upsert rests on it. */
export const dropConstraint: Recipe<'dropConstraint'> = ({ operation, before, facts }) => {
  const on = onOf(operation);
  const known = tableIn(before, on)?.constraints?.find(({ name }) => name === operation.name);
  if (!known || operation.cascade || !(known.type === 'primaryKey' || known.type === 'unique'))
    return { kept: `no other form of it is known (\`${operation.type}\`)` };
  const given = facts.again.by(thing.unique(on, known.columns));
  const again = given?.type === 'addConstraint' && given.constraint.name === operation.name;
  return {
    steps: [
      {
        kind: 'alter',
        stage: 'require',
        table: on,
        action: `DROP CONSTRAINT ${operation.ifExists ? 'IF EXISTS ' : ''}${nameSql(operation.name)}`,
        ...(again
          ? { why: 'A brief ACCESS EXCLUSIVE; the key of the same columns that takes its place stands with the same commit.' }
          : {
              why: 'A brief ACCESS EXCLUSIVE; from here on ON CONFLICT does not find it.',
              need: { release: `rests no ON CONFLICT on \`${operation.name}\` of \`${on.table}\`` },
            }),
      },
    ],
  };
};

/** VALIDATE in a transaction of its own, whatever stood beside it. */
export const validateConstraint: Recipe<'validateConstraint'> = ({ operation, breaks }) => ({
  steps: [validation(onOf(operation), nameSql(operation.name), breaks)],
});

/** A constraint with a name that is known. */
type Named = Constraint & { readonly name: string };

export function constraintSteps(
  asked: Pick<Asked, 'before' | 'after' | 'around' | 'interim' | 'replacement' | 'isNewColumn' | 'isTaken' | 'isRequired' | 'left' | 'facts'>,
  on: On,
  constraint: Named,
  need: Need | undefined,
): { readonly steps: readonly Step[] } | { readonly kept: string } {
  const table = tableIn(asked.before, on);
  const columns = constraint.columns ?? [];
  const interim = (names: readonly string[]): [string, ...string[]] => names.map((name) => asked.interim(on, name)) as [string, ...string[]];
  switch (constraint.type) {
    case 'check':
      if (columns.some((name) => asked.interim(on, name) !== name || mentionsInterim(asked, on, constraint.expression)))
        return { kept: 'the check names a column whose type the same change replaces' };
      return {
        steps: notValid(
          asked,
          on,
          constraint,
          need,
          columns.some((name) => asked.isNewColumn(on, name)),
        ),
      };
    case 'foreignKey': {
      const referenced = constraint.references.columns;
      const to = onOf(constraint.references);
      const replaced = referenced?.some((name) => asked.replacement(to, name) !== undefined) === true;
      const mapped: Named = {
        ...constraint,
        columns: interim(constraint.columns),
        ...(referenced && replaced ? { references: { ...constraint.references, columns: referenced.map((name) => asked.replacement(to, name) ?? name) } } : {}),
      };
      const late = replaced || columns.some((name) => asked.isNewColumn(on, name) || asked.interim(on, name) !== name);
      // From PostgreSQL 18 on a partitioned table takes one that is NOT VALID.
      if (table?.partitionBy !== undefined && asked.facts.version !== undefined && asked.facts.version < 18)
        return foreignKeyOfPartitions(asked, on, mapped, need, late);
      return { steps: notValid(asked, on, mapped, need, late) };
    }
    case 'unique':
    case 'primaryKey': {
      if (constraint.usingIndex !== undefined) return { kept: 'it uses an index that is there already' };
      if (table?.partitionBy !== undefined) return keyOfPartitions(asked, on, constraint, need);
      const names = interim(constraint.columns);
      const include = constraint.include ? ` INCLUDE (${constraint.include.map((name) => nameSql(asked.interim(on, name))).join(', ')})` : '';
      const distinct = constraint.type === 'unique' && constraint.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '';
      const nullable =
        constraint.type === 'primaryKey'
          ? constraint.columns
              .filter((name) => columnIn(asked.before, on, name)?.notNull !== true && !asked.isRequired(on, name))
              .map((name) => asked.interim(on, name))
          : [];
      // Under a name that another key still has, the index waits by a name of its own; the constraint that takes it over renames it.
      const taken = asked.isTaken(on, constraint.name);
      const index = taken ? joined(constraint.name, undefined, 'new') : constraint.name;
      // A key that marks its columns NOT NULL by itself would go before what proves them.
      const late = need !== undefined || constraint.columns.some((name) => asked.isRequired(on, name));
      const using: Constraint = { ...constraint, columns: names, usingIndex: index };
      return {
        steps: [
          ...nullable.flatMap((name) => presence(on, name, need)),
          {
            kind: 'statement',
            stage: late ? 'build index for release' : 'build index',
            table: on,
            sql: `CREATE UNIQUE INDEX CONCURRENTLY ${nameSql(index)} ON ${tableSql(on)} (${names.map((name) => nameSql(name)).join(', ')})${include}${distinct}`,
            alone: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
            why: concurrentWhy,
            ...(need ? { need } : {}),
          },
          {
            kind: 'alter',
            stage: late || taken ? 'use index for release' : 'use index',
            table: on,
            action: `ADD ${constraintDefinition(using)}`,
            why: 'The index is there and valid: a brief ACCESS EXCLUSIVE, no row is read.',
          },
        ],
      };
    }
    case 'exclusion':
      return {
        kept: 'PostgreSQL builds the index of an exclusion constraint only under ACCESS EXCLUSIVE, and takes neither NOT VALID nor USING INDEX for one: there is no other form, so it needs an hour in which the table may stand still',
      };
  }
}

export const concurrentWhy =
  'Reads and writes go on while it is built. No lock_timeout: SHARE UPDATE EXCLUSIVE holds up no reader or writer, and a timeout would leave an INVALID index. After a failure drop that one with DROP INDEX CONCURRENTLY and run the file again; never IF NOT EXISTS, which takes it for finished.';

function notValid({ left, facts }: Pick<Asked, 'left' | 'facts'>, on: On, constraint: Named, need: Need | undefined, late: boolean): readonly Step[] {
  const on2 = constraint.type === 'foreignKey' ? ` and \`${constraint.references.table}\`` : '';
  const succession = left.find(isOfConstraint);
  // Under a name that another still has it waits by one of its own.
  const name = succession?.old.name === constraint.name ? joined(constraint.name, undefined, 'new') : constraint.name;
  const stays = succession ? ` \`${succession.old.name}\` stays until it is valid: nobody writes without either.` : '';
  return [
    {
      kind: 'alter',
      stage: need ? 'constraints for release' : late ? 'constraints after backfill' : 'constraints not valid',
      table: on,
      action: `ADD ${constraintDefinition({ ...constraint, name, notValid: true } as Constraint)}`,
      why:
        constraint.type === 'foreignKey'
          ? `NOT VALID looks at new rows only: a brief SHARE ROW EXCLUSIVE on \`${on.table}\`${on2}.${stays}`
          : `NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.${stays}`,
      ...(need ? { need } : {}),
    },
    ...(isNotValid(constraint) ? [] : [validation(on, nameSql(name), need !== undefined)]),
    ...(succession ? takesOver(succession, on, name, need, mustWait(facts, succession)) : []),
  ];
}

function isOfConstraint(succession: Succession): succession is ConstraintSuccession {
  return succession.kind === 'constraint';
}

/**
 * The old constraint gets the name of the one that would be the same; on a column that is renamed, once the twin on the new column has the old one's name. A key
 * is named by ON CONFLICT ON CONSTRAINT, which only then breaks.
 */
function renamed({ old, from }: ConstraintSuccession, on: On, name: string, moves: boolean): Step {
  const isKey = old.type === 'unique' || old.type === 'primaryKey' || old.type === 'exclusion';
  return {
    kind: 'statement',
    stage: moves ? 'final names' : isKey ? 'take over for release' : 'take over',
    table: on,
    sql: `ALTER TABLE ${tableSql(on)} RENAME CONSTRAINT ${nameSql(old.name)} TO ${nameSql(name)}`,
    why: 'The two differ in their names only: a brief ACCESS EXCLUSIVE, nothing is built and no row is read.',
    also: [from],
    ...(isKey
      ? {
          need: { release: `names \`${old.name}\` in no ON CONFLICT ON CONSTRAINT` },
          verdicts: {
            code: { basis: 'predicted', breaksOld: true, needsNew: false, reason: `INSERT … ON CONFLICT ON CONSTRAINT \`${old.name}\` fails with 42704.` },
          } as const,
        }
      : {}),
  };
}

/** What new code waits for until the old constraint goes. */
function mustWait(facts: StatementFacts, { old, heir }: ConstraintSuccession): string | undefined {
  if (!heir) return undefined;
  if (old.type === 'check' && !implies(heir.constraint, old, heir.table))
    return `New code that writes to \`${onTableText(heir)}\` what \`${old.name}\` refuses must wait for it.`;
  return codeEffect(facts, heir).needs;
}

/** The old constraint goes, and the one that has been validated beside it gets its name. */
function takesOver({ old, from, heir }: ConstraintSuccession, on: On, name: string, need: Need | undefined, needs: string | undefined): readonly Step[] {
  const stage = need ? 'take over for release' : 'take over';
  const wanted = heir?.constraint.name ?? old.name;
  return [
    {
      kind: 'statement',
      stage,
      table: on,
      sql: `ALTER TABLE ${tableSql(on)} DROP CONSTRAINT ${nameSql(old.name)}`,
      why: 'One constraint goes as the other stands: a brief ACCESS EXCLUSIVE, no row is read.',
      also: [from],
      ...(needs === undefined ? {} : { verdicts: { code: { basis: 'predicted', breaksOld: false, needsNew: true, reason: needs } } }),
    },
    ...(name === wanted
      ? []
      : [
          {
            kind: 'statement',
            stage,
            table: on,
            sql: `ALTER TABLE ${tableSql(on)} RENAME CONSTRAINT ${nameSql(name)} TO ${nameSql(wanted)}`,
            also: [from],
          } as const,
        ]),
  ];
}

function mentionsInterim(asked: Pick<Asked, 'before' | 'interim'>, on: On, expression: string): boolean {
  return (tableIn(asked.before, on)?.columns ?? []).some(({ name }) => asked.interim(on, name) !== name && mentions(expression, name));
}

export { besideSql, tableText };
