import type { Constraint, Domain, Index, IndexKey, PartitionOf, Policy, Routine, Snapshot, Table, Trigger, View } from '@planwright/spec';
import { quoteIdentifier, quoteLiteral, quoteName } from '@planwright/sql/postgresql';
import type { Scratch } from './scratch.js';

/** Name of everything that is made to be read and taken back. */
const made = 'planwright_scratch';

/**
 * The predicted snapshot with each expression, query and definition as the database itself spells it, so that texts can be compared: a default
 * `'EUR'` becomes `'EUR'::bpchar`. Asked only where the observed snapshot has another text. What the database refuses is left as it is.
 */
export async function readBack(scratch: Scratch, predicted: Snapshot, observed: Snapshot): Promise<Snapshot> {
  const seen = textsOf(observed);
  const tables: Table[] = [];
  for (const table of predicted.tables) tables.push(await readTable({ scratch, seen }, table));
  const views: View[] = [];
  for (const view of predicted.views ?? []) views.push(await readView({ scratch, seen }, view));
  const domains: Domain[] = [];
  for (const domain of predicted.domains ?? []) domains.push(await readDomain({ scratch, seen }, domain));
  const routines: Routine[] = [];
  for (const routine of predicted.routines ?? []) routines.push(await readRoutine({ scratch, seen }, routine));
  return { ...predicted, tables, views, domains, routines };
}

interface Reader {
  readonly scratch: Scratch;
  /** Every text that the observed snapshot holds: a predicted text among them needs no asking. */
  readonly seen: ReadonlySet<string>;
}

function textsOf(value: unknown, texts = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') texts.add(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) textsOf(part, texts);
  return texts;
}

async function spell(reader: Reader, text: string, context: string, statements: readonly string[], query: string): Promise<string> {
  return (await spellOrDrop(reader, text, context, statements, query)) ?? text;
}

/** As `spell`; nothing where the database keeps nothing of it, as of `DEFAULT NULL`. */
async function spellOrDrop(reader: Reader, text: string, context: string, statements: readonly string[], query: string): Promise<string | undefined> {
  const spelling = reader.seen.has(text) ? 'refused' : await reader.scratch.spell(statements, query, context);
  if (spelling === 'nothing') return undefined;
  return spelling === 'refused' ? text : spelling.text;
}

const nameOf = ({ schema, name }: { readonly schema?: string; readonly name: string }) => quoteName([schema ?? 'public', name]);
const oidOf = (kind: 'regclass' | 'regtype', name: string) => `${quoteLiteral(name)}::${kind}`;

async function readTable(reader: Reader, table: Table): Promise<Table> {
  const name = nameOf(table);
  const on = `ALTER TABLE ${name}`;
  const relation = oidOf('regclass', name);
  const context = JSON.stringify([name, table.columns.map((column) => [column.name, column.type, column.collation])]);
  const columns: Table['columns'] = [];
  for (const column of table.columns) {
    const own = quoteIdentifier(column.name);
    const expressionOf = (of: string) =>
      `SELECT pg_get_expr(d.adbin, d.adrelid, true) AS text FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = ${relation} AND a.attname = ${quoteLiteral(of)}`;
    const { default: value, generated } = column;
    columns.push({
      ...column,
      ...(value === undefined
        ? {}
        : { default: await spellOrDrop(reader, value, context, [`${on} ALTER COLUMN ${own} SET DEFAULT ${value}`], expressionOf(column.name)) }),
      ...(generated === undefined
        ? {}
        : {
            generated: {
              ...generated,
              expression: await spell(
                reader,
                generated.expression,
                context,
                [`${on} ADD COLUMN ${made} ${column.type} GENERATED ALWAYS AS (${generated.expression}) STORED`],
                expressionOf(made),
              ),
            },
          }),
    });
  }
  const constraints: Constraint[] = [];
  for (const constraint of table.constraints ?? []) constraints.push(await readConstraint(reader, on, context, constraint));
  const triggers: Trigger[] = [];
  for (const trigger of table.triggers ?? []) {
    const definition = await spell(
      reader,
      trigger.definition,
      context,
      [`DROP TRIGGER IF EXISTS ${quoteIdentifier(trigger.name)} ON ${name}`, trigger.definition],
      `SELECT pg_get_triggerdef(oid, true) AS text FROM pg_trigger WHERE tgrelid = ${relation} AND tgname = ${quoteLiteral(trigger.name)}`,
    );
    triggers.push({ ...trigger, definition });
  }
  const policies: Policy[] = [];
  for (const policy of table.policies ?? []) policies.push(await readPolicy(reader, name, context, policy));
  return {
    ...table,
    columns,
    constraints,
    triggers,
    policies,
    indexes: await readIndexes(reader, name, context, table.indexes),
    ...(table.partitionBy === undefined
      ? {}
      : {
          partitionBy: await spell(
            reader,
            table.partitionBy,
            context,
            [`CREATE TABLE pg_temp.${made} (LIKE ${name}) PARTITION BY ${table.partitionBy}`],
            `SELECT pg_get_partkeydef(${oidOf('regclass', `pg_temp.${made}`)}) AS text`,
          ),
        }),
    ...(table.partitionOf === undefined ? {} : { partitionOf: await readBounds(reader, name, context, table.partitionOf) }),
  };
}

async function readBounds(reader: Reader, name: string, context: string, partition: PartitionOf): Promise<PartitionOf> {
  const parent = `ALTER TABLE ${quoteName([partition.schema ?? 'public', partition.table])}`;
  const bounds = await spell(
    reader,
    partition.bounds,
    context,
    [`${parent} DETACH PARTITION ${name}`, `${parent} ATTACH PARTITION ${name} ${partition.bounds}`],
    `SELECT pg_get_expr(relpartbound, oid, true) AS text FROM pg_class WHERE oid = ${oidOf('regclass', name)}`,
  );
  return { ...partition, bounds };
}

async function readConstraint(reader: Reader, on: string, context: string, constraint: Constraint): Promise<Constraint> {
  const read = (what: string) => `SELECT ${what} AS text FROM pg_constraint WHERE conname = '${made}'`;
  if (constraint.type === 'check') {
    const { expression } = constraint;
    const add = `${on} ADD CONSTRAINT ${made} CHECK (${expression}) NOT VALID`;
    return { ...constraint, expression: await spell(reader, expression, context, [add], read('pg_get_expr(conbin, conrelid, true)')) };
  }
  if (constraint.type === 'exclusion') {
    const { definition } = constraint;
    return {
      ...constraint,
      definition: await spell(reader, definition, context, [`${on} ADD CONSTRAINT ${made} ${definition}`], read('pg_get_constraintdef(oid, true)')),
    };
  }
  return constraint;
}

async function readIndexes(reader: Reader, name: string, context: string, indexes: readonly Index[] = []): Promise<Index[]> {
  const index = `(SELECT oid FROM pg_class WHERE relname = '${made}')`;
  const read: Index[] = [];
  for (const { where, ...rest } of indexes) {
    const keys: IndexKey[] = [];
    for (const key of rest.keys) keys.push(await readKey(reader, `CREATE INDEX ${made} ON ${name}`, rest.method ?? 'btree', context, key));
    if (where === undefined) read.push({ ...rest, keys });
    else {
      const query = `SELECT pg_get_expr(indpred, indrelid, true) AS text FROM pg_index WHERE indexrelid = ${index}`;
      read.push({ ...rest, keys, where: await spell(reader, where, context, [`CREATE INDEX ${made} ON ${name} ((1)) WHERE ${where}`], query) });
    }
  }
  return read;
}

async function readKey(reader: Reader, create: string, method: string, context: string, key: IndexKey): Promise<IndexKey> {
  const { expression, operatorClass, ...rest } = key;
  const index = `pg_index i JOIN pg_class c ON c.oid = i.indexrelid AND c.relname = '${made}'`;
  const read: IndexKey = { ...rest };
  if (expression !== undefined) {
    const spelt = await spell(
      reader,
      expression,
      context,
      [`${create} ((${expression}))`],
      `SELECT pg_get_indexdef(i.indexrelid, 1, true) AS text FROM ${index}`,
    );
    read.expression = spelt.startsWith('(') && spelt.endsWith(')') ? spelt.slice(1, -1) : spelt;
  }
  if (operatorClass !== undefined) {
    const what = expression === undefined ? quoteIdentifier(key.column ?? '') : `(${expression})`;
    const query = `SELECT CASE WHEN NOT o.opcdefault THEN o.opcname END AS text FROM ${index} JOIN pg_opclass o ON o.oid = i.indclass[0]`;
    // The default operator class may have been named; the catalogue does not tell.
    const spelling = await reader.scratch.spell([`${create} USING ${method} (${what} ${operatorClass})`], query, context);
    if (spelling !== 'nothing') read.operatorClass = operatorClass;
  }
  return read;
}

async function readPolicy(reader: Reader, name: string, context: string, policy: Policy): Promise<Policy> {
  const spelt = async (clause: 'USING' | 'WITH CHECK', column: string, text: string) =>
    spell(
      reader,
      text,
      context,
      // FOR ALL takes both clauses, and the spelling does not depend on the command.
      [`CREATE POLICY ${made} ON ${name} ${clause} (${text})`],
      `SELECT pg_get_expr(${column}, polrelid, true) AS text FROM pg_policy WHERE polname = '${made}'`,
    );
  const { using, withCheck } = policy;
  return {
    ...policy,
    ...(using === undefined ? {} : { using: await spelt('USING', 'polqual', using) }),
    ...(withCheck === undefined ? {} : { withCheck: await spelt('WITH CHECK', 'polwithcheck', withCheck) }),
  };
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
