import type { Node } from '@pgsql/types';
import { type NodeOf, nodeOf, nodesOf, stringsOf } from '@planwright/sql/postgresql';
import type { Draft } from '../../draft/draft.js';

/** Equalities that a query asks of a catalogue: column name to text. */
type Wanted = Readonly<Record<string, string>>;

/** What is asked of each catalogue relation; nothing when the schema does not answer it. */
const answers: Readonly<Record<string, (draft: Draft, wanted: Wanted) => boolean | undefined>> = {
  pg_type: (draft, { typname }) => (typname === undefined ? undefined : draft.schemaOfType(typname) !== undefined),
  pg_class: (draft, { relname }) => (relname === undefined ? undefined : draft.relation(undefined, relname) !== undefined),
  pg_extension: (draft, { extname }) => (extname === undefined ? undefined : draft.extensions.has(extname)),
  pg_namespace: (draft, { nspname }) => (nspname === undefined ? undefined : nspname === draft.defaultSchema || draft.schemas.has(nspname)),
  pg_constraint: (draft, { conname }) => (conname === undefined ? undefined : draft.hasConstraint(undefined, conname)),
  table_constraints: (draft, { constraint_name: name }) => (name === undefined ? undefined : draft.hasConstraint(undefined, name)),
  pg_indexes: (draft, { indexname }) => (indexname === undefined ? undefined : draft.relation(undefined, indexname)?.kind === 'index'),
  pg_tables: (draft, { tablename, schemaname }) => (tablename === undefined ? undefined : draft.table(inPublic(draft, schemaname), tablename) !== undefined),
  tables: (draft, { table_name: name, table_schema: schema }) => (name === undefined ? undefined : draft.table(inPublic(draft, schema), name) !== undefined),
  columns: (draft, { table_name: name, table_schema: schema, column_name: column }) => {
    if (name === undefined || column === undefined) return undefined;
    return draft.table(inPublic(draft, schema), name)?.columns.some((known) => known.name === column) ?? false;
  },
  pg_trigger: (draft, { tgname }) => (tgname === undefined ? undefined : draft.tables.some(({ triggers }) => triggers?.some(({ name }) => name === tgname))),
  pg_policies: (draft, { policyname, tablename }) =>
    policyname === undefined
      ? undefined
      : draft.tables.some((table) => (tablename === undefined || table.name === tablename) && (table.policies ?? []).some(({ name }) => name === policyname)),
};

function inPublic(draft: Draft, schema: string | undefined): string | undefined {
  return draft.plainSchema(schema);
}

/** Whether a condition such as `NOT EXISTS (SELECT FROM pg_type WHERE typname = 'state')` holds; nothing when the schema cannot tell. */
export function decide(draft: Draft, condition: Node | undefined): boolean | undefined {
  const combined = nodeOf('BoolExpr', condition);
  if (combined) {
    const parts = (combined.args ?? []).map((part) => decide(draft, part));
    if (combined.boolop === 'NOT_EXPR') return parts[0] === undefined ? undefined : !parts[0];
    const settles = combined.boolop === 'OR_EXPR';
    if (parts.includes(settles)) return settles;
    return parts.includes(undefined) ? undefined : !settles;
  }
  const link = nodeOf('SubLink', condition);
  if (link?.subLinkType !== 'EXISTS_SUBLINK') return undefined;
  const select = nodeOf('SelectStmt', link.subselect);
  const [source, second] = select?.fromClause ?? [];
  const relation = nodeOf('RangeVar', source);
  const wanted = equalities(select?.whereClause);
  if (!relation || second || !wanted) return undefined;
  return answers[relation.relname ?? '']?.(draft, wanted);
}

/** A conjunction of `column = 'text'`; nothing when anything else is asked. */
function equalities(where: Node | undefined): Wanted | undefined {
  const combined = nodeOf('BoolExpr', where);
  const parts = combined?.boolop === 'AND_EXPR' ? (combined.args ?? []) : where ? [where] : [];
  const wanted: Record<string, string> = {};
  for (const part of parts) {
    const comparison = nodeOf('A_Expr', part);
    const column = nodeOf('ColumnRef', comparison?.lexpr);
    if (stringsOf(comparison?.name)[0] !== '=' || !column) return undefined;
    const name = stringsOf(column.fields).at(-1) ?? '';
    const value = textOf(comparison?.rexpr);
    // Which namespace or table an oid stands for does not matter where names are not used twice.
    if (value === undefined && !/(?:namespace|relid)$/.test(name)) return undefined;
    if (value !== undefined) wanted[name] = value;
  }
  return wanted;
}

function textOf(node: Node | undefined): string | undefined {
  const cast: NodeOf<'TypeCast'> | undefined = nodeOf('TypeCast', node);
  if (nodesOf('String', cast?.typeName?.names).some(({ sval }) => sval?.startsWith('reg'))) return undefined;
  return nodeOf('A_Const', cast?.arg ?? node)?.sval?.sval;
}
