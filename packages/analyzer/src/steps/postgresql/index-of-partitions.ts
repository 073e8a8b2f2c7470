import type { Index } from '@planwright/spec';
import { type On, onOf as onOfTable } from '../../lock-facts/postgresql/surroundings.js';
import { type Answer, type Asked, besideSql, madeIndex, onOf, tableIn, written } from '../asked.js';
import type { Step } from '../step.js';
import { concurrentWhy } from './constraint.js';

/** More partitions than this have their indexes built by a script, and not each by a migration. */
const most = 50;

interface Member {
  readonly on: On;
  readonly parent?: On;
  readonly index: Index & { readonly name: string };
  readonly partitioned: boolean;
}

/** An index of a partitioned table: built for each partition beside running code, and attached to one that stands for all of them. */
export function indexOfPartitions(asked: Asked<'createIndex'>): Answer {
  const { operation, before, around } = asked;
  const members: Member[] = [];
  for (const on of around.family(onOf(operation), false)) {
    const table = tableIn(before, on);
    const made = madeIndex(asked, on, operation.index);
    if (!table || made?.name === undefined) return { kept: 'the names that PostgreSQL gives the indexes of the partitions are not known' };
    const { partitionOf } = table;
    const parent = partitionOf && onOfTable({ ...(partitionOf.schema === undefined ? {} : { schema: partitionOf.schema }), name: partitionOf.table });
    members.push({ on, ...(parent ? { parent } : {}), index: { ...made, name: made.name }, partitioned: table.partitionBy !== undefined });
  }
  const [root, ...parts] = members;
  if (!root || asked.breaks) return { kept: 'running code must keep it, and it covers several tables' };
  if (members.length > most)
    return {
      kept: `\`${operation.table}\` has ${parts.length} partitions: CREATE INDEX ON ONLY it, CREATE INDEX CONCURRENTLY on each by a script, then ALTER INDEX ATTACH PARTITION`,
    };
  const create = ({ on, index, partitioned }: Member, concurrently: boolean): string =>
    (written({ type: 'createIndex', ...on, index, ...(partitioned ? { only: true } : concurrently ? { concurrently } : {}) }, before) ?? [''])[0] ?? '';
  const attached = parts.toReversed().map((part): readonly [Member, string] => {
    const over = members.find(({ on }) => on.table === part.parent?.table && on.schema === part.parent.schema) ?? root;
    return [part, `ALTER INDEX ${besideSql(over.on, over.index.name)} ATTACH PARTITION ${besideSql(part.on, part.index.name)}`];
  });
  return {
    steps: [
      ...members
        .filter(({ partitioned }) => partitioned)
        .map(
          (member): Step => ({
            kind: 'statement',
            stage: 'constraints not valid',
            table: root.on,
            sql: create(member, false),
            why: `ONLY: no row is read, and the index is not valid yet. Partitions made from here on get theirs at once.`,
          }),
        ),
      ...members
        .filter(({ partitioned }) => !partitioned)
        .map(
          (member): Step => ({
            kind: 'statement',
            stage: 'build index',
            table: member.on,
            sql: create(member, true),
            alone: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
            why: concurrentWhy,
          }),
        ),
      ...attached.map(
        ([, sql], place): Step => ({
          kind: 'statement',
          stage: 'use index',
          table: root.on,
          sql,
          ...(place === 0 ? { why: `No row is read. With the last one the index of \`${operation.table}\` is valid.` } : {}),
          // An index cannot be detached: they go together, and those of the partitions are built anew.
          down: place === 0 ? [`DROP INDEX ${besideSql(root.on, root.index.name)}`, ...members.map((member) => create(member, false))].join(';\n') : '',
        }),
      ),
    ],
  };
}
