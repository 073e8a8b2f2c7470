import type { Column, Constraint, PrimaryKey, Table } from '@planwright/spec';
import { constraintDefinition } from '@planwright/sql';
import { quoteLiteral } from '@planwright/sql/postgresql';
import { mentions, renameIn } from '../../expression-names.js';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { isNotValid } from '../../not-valid.js';
import { tableText } from '../../verdicts/statement-facts.js';
import { type Asked, besideSql, columnIn, joined, nameSql, tableIn, tableSql, written } from '../asked.js';
import type { Stage, Step } from '../step.js';
import { concurrentWhy } from './constraint.js';
import { presence, validation } from './not-null.js';
import { viewsReading } from './reading-views.js';
import { referencesTo, referringToReplacement, takenOver } from './referencing-keys.js';

/** A column whose values a new column takes over, and that goes at the end. */
export interface ReplacedColumn {
  readonly column: Column;
  readonly table: Table;
}

/** The schema around the column. */
type Around = Pick<Asked, 'before' | 'around' | 'version' | 'replacement'>;

/** The name of a column while the one that it replaces stands beside it. */
export function interimName(column: string): string {
  return joined(column, undefined, 'new');
}

/** The column, if another can take its place beside it; or what stands in the way. `underItsName`: the new one gets the name, in a switch that no view outlives. */
export function replaceable(asked: Around, on: On, name: string, underItsName = false): ReplacedColumn | { readonly kept: string } {
  const table = tableIn(asked.before, on);
  const column = columnIn(asked.before, on, name);
  if (!table || !column) return { kept: 'the column is not known from the migrations before' };
  const obstacle = obstacleOf(asked, on, table, column, underItsName);
  return obstacle === undefined ? { table, column } : { kept: obstacle };
}

function obstacleOf(asked: Around, on: On, table: Table, column: Column, underItsName: boolean): string | undefined {
  const { name } = column;
  if (table.partitionBy !== undefined || table.partitionOf || table.inherits?.length)
    return 'the table has partitions or heirs, and the columns of a family change together';
  if (asked.around.family(on, true).length > 1) return 'other tables inherit the column';
  if (column.generated) return 'no second column can take over its expression';
  if (table.constraints?.some((constraint) => constraint.type === 'exclusion' && (constraint.columns === undefined || constraint.columns.includes(name))))
    return 'an exclusion constraint may rest on the column';
  const referencing = referencesTo(asked.before, on, name);
  const partitioned = referencing.find(({ table: other }) => other.partitionBy !== undefined || other.partitionOf !== undefined);
  if (partitioned)
    return `the partitioned table \`${partitioned.table.name}\` references it, and PostgreSQL takes no NOT VALID foreign key there before version 18`;
  if (table.columns.some(({ generated }) => generated && mentions(generated.expression, name))) return 'a generated column is computed from it';
  const policy = table.policies?.find(({ using, withCheck }) => mentions(`${using ?? ''} ${withCheck ?? ''}`, name));
  if (policy) return `the policy \`${policy.name}\` reads it`;
  const [view] = underItsName ? viewsReading(asked.before, on, name) : [];
  if (view)
    return `the ${view.materialized ? 'materialized ' : ''}view \`${tableText(view)}\` reads it, and PostgreSQL refuses to change the type under it (0A000). Drop it before and make it again after, in the same migration`;
  const trigger = table.triggers?.find((one) => {
    const body = asked.before.routines?.find((routine) => routine.name === one.function)?.definition;
    return mentions(one.definition, name) || body === undefined || mentions(body, name);
  });
  if (trigger) return `the trigger \`${trigger.name}\` may read it`;
  const other = asked.before.tables.find(
    (one) => one !== table && one.policies?.some(({ using, withCheck }) => mentions(`${using ?? ''} ${withCheck ?? ''}`, on.table)),
  );
  if (other) return `a policy of \`${other.name}\` reads the table`;
  return undefined;
}

/** What rests on the old column, built beside it on the new one, and the names that it gets once the old one has gone. `keyStage`: when a primary key changes columns. */
export function resting(asked: Around, on: On, { table, column }: ReplacedColumn, interim: string, keyStage: Stage): readonly Step[] {
  const { name } = column;
  const anew = (text: string): string => renameIn(text, name, nameSql(interim));
  const columns = <Names extends readonly string[]>(names: Names): Names => names.map((each) => (each === name ? interim : each)) as unknown as Names;
  const steps: Step[] = [];
  if (column.notNull) steps.push(...presence(on, interim));
  if (column.comment !== undefined)
    steps.push({
      kind: 'statement',
      stage: 'add columns',
      table: on,
      sql: `COMMENT ON COLUMN ${tableSql(on)}.${nameSql(interim)} IS ${quoteLiteral(column.comment)}`,
    });
  for (const constraint of table.constraints ?? []) {
    if (constraint.name === undefined) continue;
    const reads = constraint.type === 'check' ? mentions(constraint.expression, name) : constraint.columns?.includes(name);
    if (!reads) continue;
    const temporary = joined(constraint.name, undefined, 'new');
    const moved: Constraint =
      constraint.type === 'check'
        ? { ...constraint, name: temporary, expression: anew(constraint.expression) }
        : constraint.type === 'exclusion'
          ? constraint
          : ({ ...referringToReplacement(asked, constraint), name: temporary, columns: columns(constraint.columns) } as Constraint);
    if (moved.type === 'primaryKey') {
      steps.push(...movedKey(on, { ...moved, name: temporary }, constraint.name, keyStage));
      continue;
    }
    if (moved.type === 'unique') {
      steps.push(
        {
          kind: 'statement',
          stage: 'build index',
          table: on,
          sql: `CREATE UNIQUE INDEX CONCURRENTLY ${nameSql(temporary)} ON ${tableSql(on)} (${moved.columns.map((each) => nameSql(each)).join(', ')})${moved.include ? ` INCLUDE (${moved.include.map((each) => nameSql(each)).join(', ')})` : ''}${moved.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''}`,
          alone: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
          why: concurrentWhy,
        },
        { kind: 'alter', stage: 'use index', table: on, action: `ADD ${constraintDefinition({ ...moved, usingIndex: temporary })}` },
      );
    } else {
      steps.push({
        kind: 'alter',
        stage: 'constraints after backfill',
        table: on,
        action: `ADD ${constraintDefinition({ ...moved, notValid: true } as Constraint)}`,
        why: 'After the backfill, so that it pays no check a row; until now the old column vouches for the copy.',
      });
      if (!isNotValid(constraint)) steps.push(validation(on, nameSql(temporary), false));
    }
    // The referenced column is replaced too, and its old key can go only once nothing references it.
    const early = moved.type === 'foreignKey' && constraint.type === 'foreignKey' && moved.references.columns?.join() !== constraint.references.columns?.join();
    if (early) {
      steps.push(...takenOver(on, temporary, constraint.name));
      continue;
    }
    steps.push({
      kind: 'statement',
      stage: 'final names',
      table: on,
      sql: `ALTER TABLE ${tableSql(on)} RENAME CONSTRAINT ${nameSql(temporary)} TO ${nameSql(constraint.name)}`,
    });
  }
  for (const index of table.indexes ?? []) {
    const texts = [index.where ?? '', ...index.keys.map(({ expression }) => expression ?? '')].join(' ');
    const reads = index.keys.some((key) => key.column === name) || index.include?.includes(name) || mentions(texts, name);
    if (!reads || index.name === undefined) continue;
    const temporary = joined(index.name, undefined, 'new');
    const moved = {
      ...index,
      name: temporary,
      keys: index.keys.map((key) => ({
        ...key,
        ...(key.column === name ? { column: interim } : {}),
        ...(key.expression === undefined ? {} : { expression: anew(key.expression) }),
      })) as unknown as typeof index.keys,
      ...(index.include ? { include: columns(index.include) } : {}),
      ...(index.where === undefined ? {} : { where: anew(index.where) }),
    };
    const [sql] = written({ type: 'createIndex', ...on, index: moved, concurrently: true }, asked.before) ?? [];
    if (sql === undefined) continue;
    steps.push(
      { kind: 'statement', stage: 'build index', table: on, sql, alone: 'CREATE INDEX CONCURRENTLY cannot run inside one.', why: concurrentWhy },
      { kind: 'statement', stage: 'final names', table: on, sql: `ALTER INDEX ${besideSql(on, temporary)} RENAME TO ${nameSql(index.name)}` },
    );
  }
  return steps;
}

/** The primary key on the new column: its index is built beside running code, and the constraint changes hands behind the gate. */
function movedKey(on: On, key: PrimaryKey, name: string, stage: Stage): readonly Step[] {
  const index = key.name ?? name;
  const include = key.include ? ` INCLUDE (${key.include.map((each) => nameSql(each)).join(', ')})` : '';
  return [
    {
      kind: 'statement',
      stage: 'build index',
      table: on,
      sql: `CREATE UNIQUE INDEX CONCURRENTLY ${nameSql(index)} ON ${tableSql(on)} (${key.columns.map((each) => nameSql(each)).join(', ')})${include}`,
      alone: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
      why: concurrentWhy,
    },
    {
      kind: 'statement',
      stage,
      table: on,
      sql: `ALTER TABLE ${tableSql(on)} DROP CONSTRAINT ${nameSql(name)}`,
      // Under the column's own name the key is there before and after; a renamed column takes it away from code that names the old one.
      ...(stage === 'swap' ? { verdicts: { code: { basis: 'predicted', breaksOld: false, needsNew: false } } } : {}),
      why: 'The primary key changes columns in this transaction. The way back builds its index anew, and checks the foreign keys on it, under ACCESS EXCLUSIVE.',
    },
    {
      kind: 'statement',
      stage,
      table: on,
      sql: `ALTER TABLE ${tableSql(on)} ADD ${constraintDefinition({ ...key, name, usingIndex: index })}`,
      why: 'The index is there and valid, and its columns are NOT NULL: no row is read.',
    },
  ];
}
