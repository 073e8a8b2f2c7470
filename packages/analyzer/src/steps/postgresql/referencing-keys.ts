import type { ForeignKey, Snapshot, Table } from '@planwright/spec';
import { constraintDefinition } from '@planwright/sql';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { type Asked, joined, nameSql, onOf, tableSql } from '../asked.js';
import type { Step } from '../step.js';
import { validation } from './not-null.js';
import type { ReplacedColumn } from './replaced-column.js';

/** A foreign key with the table that has it. */
interface Referencing {
  readonly table: Table;
  readonly key: ForeignKey;
}

/** Foreign keys that reference a column, those of its own table included. */
export function referencesTo({ tables }: Snapshot, on: On, column: string): readonly Referencing[] {
  return tables.flatMap((table) =>
    (table.constraints ?? []).flatMap((key) =>
      key.type === 'foreignKey' && key.references.table === on.table && key.references.schema === on.schema && key.references.columns?.includes(column)
        ? [{ table, key }]
        : [],
    ),
  );
}

/** A foreign key whose referenced columns are replaced by the same change, as it references what stands beside them. */
export function referringToReplacement<Key extends { readonly type: string }>(
  { replacement }: Pick<Asked, 'replacement'>,
  constraint: Key | ForeignKey,
): Key | ForeignKey {
  // The cast: `type` tells the foreign key among constraints.
  if (constraint.type !== 'foreignKey') return constraint;
  const { references } = constraint as ForeignKey;
  const columns = references.columns?.map((name) => replacement(onOf(references), name) ?? name);
  return { ...(constraint as ForeignKey), references: { ...references, ...(columns ? { columns } : {}) } };
}

/** Foreign keys on a column that is replaced, pointed at the new one before the swap: the old primary key can go only once nothing references it. */
export function repointed(asked: Pick<Asked, 'before' | 'replacement'>, on: On, { column }: ReplacedColumn, interim: string): readonly Step[] {
  return referencesTo(asked.before, on, column.name).flatMap(({ table, key }): readonly Step[] => {
    const from: On = onOf({ ...(table.schema === undefined ? {} : { schema: table.schema }), table: table.name });
    // A referencing column that is replaced itself brings its own key along.
    if (key.name === undefined || key.columns.some((name) => asked.replacement(from, name) !== undefined)) return [];
    const temporary = joined(key.name, undefined, 'new');
    const columns = key.references.columns?.map((name) => (name === column.name ? interim : name)) ?? [interim];
    const moved: ForeignKey = { ...key, name: temporary, references: { ...key.references, columns }, notValid: true };
    return [
      {
        kind: 'alter',
        stage: 'constraints after backfill',
        table: from,
        action: `ADD ${constraintDefinition(moved)}`,
        why: `The same foreign key on \`${interim}\`, whose unique index is there. NOT VALID looks at new rows only: a brief SHARE ROW EXCLUSIVE on \`${table.name}\` and \`${on.table}\`.`,
      },
      ...(key.notValid ? [] : [validation(from, nameSql(temporary), false)]),
      ...takenOver(from, temporary, key.name),
    ];
  });
}

/** A foreign key that stands for another from here on, under its name. */
export function takenOver(on: On, temporary: string, name: string): readonly Step[] {
  return [
    {
      kind: 'statement',
      stage: 'drop helpers',
      table: on,
      sql: `ALTER TABLE ${tableSql(on)} DROP CONSTRAINT ${nameSql(name)}`,
      why: 'Its twin holds for every row. ACCESS EXCLUSIVE on both tables, briefly, and apart from the swap, which so locks one table only.',
    },
    {
      kind: 'statement',
      stage: 'drop helpers',
      table: on,
      sql: `ALTER TABLE ${tableSql(on)} RENAME CONSTRAINT ${nameSql(temporary)} TO ${nameSql(name)}`,
    },
  ];
}
