import type { Constraint, PartitionOf, Policy, Table, Trigger } from '@planwright/spec';
import { quoteIdentifier, quoteLiteral, quoteName } from '@planwright/sql/postgresql';
import { readIndexes } from './read-back-indexes.js';
import { made, nameOf, oidOf, type Reader, spell, spellOrDrop } from './spelling.js';

/** A predicted table as the database spells it. */
export async function readTable(reader: Reader, table: Table): Promise<Table> {
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
