import type { ForeignKey, Table } from '@planwright/spec';
import { constraintDefinition } from '@planwright/sql';
import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { isNotValid } from '../../not-valid.js';
import { attachedKey } from '../../verdicts/postgresql/attached-key.js';
import { type Asked, nameSql, tableIn, tableSql } from '../asked.js';
import type { Need, Step } from '../step.js';
import { mostPartitions } from './index-of-partitions.js';

/** A partition with rows, and the key that it has already. */
interface Leaf {
  readonly member: On;
  readonly table: Table;
  readonly known: ForeignKey | undefined;
}

/**
 * A foreign key of a partitioned table, for a PostgreSQL that takes none NOT VALID there: each partition gets the same one, which is checked beside running code, and the one of
 * the table takes them over without reading a row. `late`: it names columns that are filled first.
 */
export function foreignKeyOfPartitions(
  { before, around, left }: Pick<Asked, 'before' | 'around' | 'left'>,
  on: On,
  key: ForeignKey & { readonly name: string },
  need: Need | undefined,
  late: boolean,
): { readonly steps: readonly Step[] } | { readonly kept: string } {
  if (isNotValid(key)) return { kept: 'PostgreSQL takes no NOT VALID foreign key on a partitioned table before version 18' };
  if (left.some(({ kind }) => kind === 'constraint')) return { kept: 'it takes the place of another one of a partitioned table' };
  const leaves = around.family(on, false).flatMap((member): readonly Leaf[] => {
    const table = tableIn(before, member);
    return table && table.partitionBy === undefined ? [{ member, table, known: attachedKey(table, key) }] : [];
  });
  if (leaves.length > mostPartitions)
    return {
      kept: `\`${on.table}\` has ${leaves.length} partitions: by a script, the same key NOT VALID on each and VALIDATE CONSTRAINT, then the one of the table, which takes them over`,
    };
  const wanting = leaves.filter(({ known }) => !known);
  const taken = wanting.find(({ table }) => table.constraints?.some(({ name }) => name === key.name));
  if (taken) return { kept: `the partition \`${taken.table.name}\` has another constraint \`${key.name}\`` };
  const gate = need ? { need } : {};
  const adds = ({ member, known = key }: Leaf): string => `ALTER TABLE ${tableSql(member)} ADD ${constraintDefinition({ ...known, notValid: true })}`;
  const validates = ({ member, known = key }: Leaf): string => `ALTER TABLE ${tableSql(member)} VALIDATE CONSTRAINT ${nameSql(known.name ?? key.name)}`;
  return {
    steps: [
      ...wanting.map(
        (leaf, place): Step => ({
          kind: 'statement',
          stage: need ? 'constraints for release' : late ? 'constraints after backfill' : 'constraints not valid',
          table: on,
          sql: adds(leaf),
          ...(place === 0 ? { why: `NOT VALID looks at new rows only: a brief SHARE ROW EXCLUSIVE on each partition and \`${key.references.table}\`.` } : {}),
          ...gate,
        }),
      ),
      ...wanting.map(
        (leaf, place): Step => ({
          kind: 'statement',
          stage: need ? 'validate for release' : 'validate',
          table: on,
          sql: validates(leaf),
          ...(place === 0 ? { why: 'Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on.' } : {}),
        }),
      ),
      {
        kind: 'statement',
        stage: need ? 'use index for release' : 'use index',
        table: on,
        sql: `ALTER TABLE ${tableSql(on)} ADD ${constraintDefinition(key)}`,
        why: `Each partition has the same one, and it is valid: this one takes them over under a brief ACCESS EXCLUSIVE on \`${key.references.table}\`, and no row is read. A partition that was made since needs one of its own first.`,
        // None can be let go: they go together, and those of the partitions are checked anew.
        down: [`ALTER TABLE ${tableSql(on)} DROP CONSTRAINT ${nameSql(key.name)}`, ...leaves.flatMap((leaf) => [adds(leaf), validates(leaf)])].join(';\n'),
        ...gate,
      },
    ],
  };
}
