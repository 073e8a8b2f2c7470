import type { Constraint, Index } from '@planwright/spec';
import { constraintDefinition } from '@planwright/sql';
import { type On, onOf as onOfTable } from '../../lock-facts/postgresql/surroundings.js';
import { type Answer, type Asked, besideSql, columnIn, madeConstraint, madeIndex, nameSql, onOf, tableIn, tableSql, written } from '../asked.js';
import type { Need, Stage, Step } from '../step.js';
import { concurrentWhy } from './constraint.js';
import { presence } from './not-null.js';

/** More partitions than this are gone through by a script, and not each by a statement of a migration. */
export const mostPartitions = 50;

/** The table or one of its partitions, with the name of its index. */
interface Member {
  readonly on: On;
  readonly parent?: On;
  readonly name: string;
  readonly partitioned: boolean;
}

/** The SQL of one index of a partitioned table: for the table and its partitioned partitions, and for those that hold rows. */
interface Parts {
  /** The index of a partitioned member, without those of its partitions. */
  readonly only: (member: Member) => string;
  /** The index of a partition. */
  readonly build: (member: Member, concurrently: boolean) => string;
  /** What makes the index of a partition the one of a constraint. */
  readonly use?: (member: Member) => string;
  /** Takes all of it away. */
  readonly drop: (root: Member) => string;
}

/** An index of a partitioned table: built for each partition beside running code, and attached to one that stands for all of them. */
export function indexOfPartitions(asked: Asked<'createIndex'>): Answer {
  const { operation, before, breaks } = asked;
  const indexes = new Map<string, Index>();
  const members = membersOf(asked, onOf(operation), (on) => {
    const index = madeIndex(asked, on, operation.index);
    if (index?.name !== undefined) indexes.set(index.name, index);
    return index?.name;
  });
  if ('kept' in members) return members;
  const create = ({ on, name }: Member, how: { readonly only?: true; readonly concurrently?: boolean }): string =>
    written({ type: 'createIndex', ...on, index: { ...(indexes.get(name) ?? operation.index), name }, ...how }, before)?.[0] ?? '';
  const need = breaks ? { release: `satisfies \`${members.root.name}\` of \`${operation.table}\`` } : undefined;
  return {
    steps: stepsOf(
      members,
      {
        only: (member) => create(member, { only: true }),
        build: (member, concurrently) => create(member, concurrently ? { concurrently } : {}),
        drop: (root) => `DROP INDEX ${besideSql(root.on, root.name)}`,
      },
      need,
      false,
    ),
  };
}

/** A primary or unique key of a partitioned table: each partition gets its own over an index that was built beside running code, and hands it to the one of the table. */
export function keyOfPartitions(
  asked: Pick<Asked, 'before' | 'after' | 'around'>,
  on: On,
  key: Extract<Constraint, { readonly type: 'primaryKey' | 'unique' }>,
  need: Need | undefined,
): { readonly steps: readonly Step[] } | { readonly kept: string } {
  const members = membersOf(asked, on, (each) => madeConstraint(asked, each, key)?.name);
  if ('kept' in members) return members;
  const nullable = key.type === 'primaryKey' ? key.columns.filter((name) => columnIn(asked.before, on, name)?.notNull !== true) : [];
  const columns = key.columns.map((name) => nameSql(name)).join(', ');
  const include = key.include ? ` INCLUDE (${key.include.map((name) => nameSql(name)).join(', ')})` : '';
  const distinct = key.type === 'unique' && key.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '';
  const add = ({ name }: Member, using: boolean): string => constraintDefinition({ ...key, name, ...(using ? { usingIndex: name } : {}) });
  return {
    steps: [
      ...nullable.flatMap((name) => presence(on, name, need)),
      ...stepsOf(
        members,
        {
          only: (member) => `ALTER TABLE ONLY ${tableSql(member.on)} ADD ${add(member, false)}`,
          build: (member, concurrently) =>
            `CREATE UNIQUE INDEX ${concurrently ? 'CONCURRENTLY ' : ''}${nameSql(member.name)} ON ${tableSql(member.on)} (${columns})${include}${distinct}`,
          use: (member) => `ALTER TABLE ${tableSql(member.on)} ADD ${add(member, true)}`,
          drop: (root) => `ALTER TABLE ${tableSql(root.on)} DROP CONSTRAINT ${nameSql(root.name)}`,
        },
        need,
        nullable.length > 0,
      ),
    ],
  };
}

/** The table first, and each partition after the one that it is a part of. */
interface Members {
  readonly root: Member;
  readonly all: readonly Member[];
}

function membersOf({ before, around }: Pick<Asked, 'before' | 'around'>, on: On, nameOf: (on: On) => string | undefined): Members | { readonly kept: string } {
  const all: Member[] = [];
  for (const each of around.family(on, false)) {
    const table = tableIn(before, each);
    const name = nameOf(each);
    if (!table || name === undefined) return { kept: 'the names that PostgreSQL gives the indexes of the partitions are not known' };
    const { partitionOf } = table;
    const parent = partitionOf && onOfTable({ ...(partitionOf.schema === undefined ? {} : { schema: partitionOf.schema }), name: partitionOf.table });
    all.push({ on: each, ...(parent ? { parent } : {}), name, partitioned: table.partitionBy !== undefined });
  }
  const [root] = all;
  if (!root) return { kept: 'the partitioned table is not known from the migrations before' };
  if (all.length > mostPartitions)
    return {
      kept: `\`${on.table}\` has ${all.length - 1} partitions: the index on ONLY it, CREATE INDEX CONCURRENTLY on each by a script, then ALTER INDEX ATTACH PARTITION`,
    };
  return { root, all };
}

/** `late`: the index of the table can be made only when its columns are NOT NULL. Where a release must be ready, all of it comes behind the gate, and so together. */
function stepsOf({ root, all }: Members, { only, build, use, drop }: Parts, need: Need | undefined, late: boolean): readonly Step[] {
  const gate = need ? { need } : {};
  const useStage: Stage = need ? 'use index for release' : 'use index';
  const together = late || need !== undefined;
  const partitioned = all.filter((member) => member.partitioned);
  const leaves = all.filter((member) => !member.partitioned);
  const standing = partitioned.map(
    (member): Step => ({
      kind: 'statement',
      stage: together ? useStage : 'constraints not valid',
      table: root.on,
      sql: only(member),
      why: together
        ? 'ONLY: no row is read. A partition that was made since the indexes were built needs one of its own first.'
        : 'ONLY: no row is read, and the index is not valid yet. Partitions made from here on get theirs at once.',
      ...(together ? { down: '' } : {}),
      ...gate,
    }),
  );
  const attached = all.slice(1).toReversed();
  return [
    ...standing,
    ...leaves.map(
      (member): Step => ({
        kind: 'statement',
        stage: need ? 'build index for release' : 'build index',
        table: member.on,
        sql: build(member, true),
        alone: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
        why: concurrentWhy,
        ...gate,
      }),
    ),
    ...(use ? leaves : []).map(
      (member): Step => ({
        kind: 'statement',
        stage: useStage,
        table: root.on,
        sql: use?.(member) ?? '',
        why: 'The index is there and valid: no row is read.',
        down: '',
      }),
    ),
    ...attached.map((part, place): Step => {
      const over = all.find(({ on }) => on.table === part.parent?.table && on.schema === part.parent.schema) ?? root;
      return {
        kind: 'statement',
        stage: useStage,
        table: root.on,
        sql: `ALTER INDEX ${besideSql(over.on, over.name)} ATTACH PARTITION ${besideSql(part.on, part.name)}`,
        ...(place === 0 ? { why: `No row is read. With the last one the index of \`${root.on.table}\` is valid.` } : {}),
        // An index cannot be detached: they go together, and those of the partitions are built anew.
        down: place === 0 ? [drop(root), ...(together ? [] : partitioned.map(only)), ...leaves.map((member) => build(member, true))].join(';\n') : '',
      };
    }),
  ];
}
