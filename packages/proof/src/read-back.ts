import type { Domain, Routine, Snapshot, Table, View } from '@planwright/spec';
import { quoteIdentifier, quoteLiteral } from '@planwright/sql/postgresql';
import { readIndexes } from './read-back-indexes.js';
import { readTable } from './read-back-table.js';
import type { Scratch } from './scratch.js';
import { made, nameOf, oidOf, type Reader, spell, textsOf } from './spelling.js';

/**
 * The predicted snapshot with each expression, query and definition as the database itself spells it, so that texts can be compared: a default
 * `'EUR'` becomes `'EUR'::bpchar`. Asked only where the observed snapshot has another text. What the database refuses is left as it is.
 */
export async function readBack(scratch: Scratch, predicted: Snapshot, observed: Snapshot): Promise<Snapshot> {
  const seen = textsOf(observed);
  const tables: Table[] = [];
  for (const table of predicted.tables) tables.push(await withSameValues(scratch, await readTable({ scratch, seen }, table), observed));
  const views: View[] = [];
  for (const view of predicted.views ?? []) views.push(await readView({ scratch, seen }, view));
  const domains: Domain[] = [];
  for (const domain of predicted.domains ?? []) domains.push(await readDomain({ scratch, seen }, domain));
  const routines: Routine[] = [];
  for (const routine of predicted.routines ?? []) routines.push(await readRoutine({ scratch, seen }, routine));
  return { ...predicted, tables, views, domains, routines };
}

/** Defaults as observed where both are literals of the same value: `'1970-01-01'` was spelt as a timestamp if the column was one when it got its default. */
async function withSameValues(scratch: Scratch, table: Table, observed: Snapshot): Promise<Table> {
  const there = observed.tables.find(({ schema, name }) => schema === table.schema && name === table.name);
  const columns: Table['columns'] = [];
  for (const column of table.columns) {
    const theirs = there?.columns.find(({ name }) => name === column.name)?.default;
    const isLiteral =
      theirs !== undefined && column.default !== theirs && /^'(?:[^']|'')*'::/.test(theirs) && /^'(?:[^']|'')*'(?:::|$)/.test(column.default ?? '');
    if (!isLiteral) columns.push(column);
    else {
      const question = `SELECT CASE WHEN (${column.default})::${column.type} IS NOT DISTINCT FROM (${theirs})::${column.type} THEN 'same' END AS text`;
      // Run as a statement first, for a wrong prediction may be no SQL.
      const answer = await scratch.spell([question], question, '');
      columns.push(typeof answer === 'string' ? column : { ...column, default: theirs });
    }
  }
  return { ...table, columns };
}

async function readView(reader: Reader, view: View): Promise<View> {
  const columns = view.columns?.length ? ` (${view.columns.map(quoteIdentifier).join(', ')})` : '';
  const query = await spell(
    reader,
    view.query,
    '',
    [`CREATE TEMPORARY VIEW ${made}${columns} AS ${view.query}`],
    `SELECT rtrim(btrim(pg_get_viewdef(${oidOf('regclass', made)}, true)), ';') AS text`,
  );
  const indexes = await readIndexes(reader, nameOf(view), query, view.indexes);
  return { ...view, query, ...(indexes.length > 0 ? { indexes } : {}) };
}

async function readDomain(reader: Reader, domain: Domain): Promise<Domain> {
  const name = nameOf(domain);
  const { default: value, checks } = domain;
  const read: Domain = { ...domain };
  if (value !== undefined) {
    const query = `SELECT pg_get_expr(typdefaultbin, 0, true) AS text FROM pg_type WHERE oid = ${oidOf('regtype', name)}`;
    read.default = await spell(reader, value, domain.type, [`ALTER DOMAIN ${name} SET DEFAULT ${value}`], query);
  }
  if (checks) {
    read.checks = [];
    for (const check of checks) {
      const query = `SELECT pg_get_expr(conbin, 0, true) AS text FROM pg_constraint WHERE conname = '${made}'`;
      const add = `ALTER DOMAIN ${name} ADD CONSTRAINT ${made} CHECK (${check.expression}) NOT VALID`;
      read.checks.push({ ...check, expression: await spell(reader, check.expression, domain.type, [add], query) });
    }
  }
  return read;
}

async function readRoutine(reader: Reader, routine: Routine): Promise<Routine> {
  if (routine.kind === 'aggregate') return routine;
  const definition = await spell(
    reader,
    routine.definition,
    '',
    [routine.definition.replace(/^\s*create\s+(or\s+replace\s+)?/i, 'CREATE OR REPLACE ')],
    `SELECT rtrim(pg_get_functiondef(to_regprocedure(${quoteLiteral(`${nameOf(routine)}(${routine.arguments})`)})), chr(10)) AS text`,
  );
  return { ...routine, definition };
}
