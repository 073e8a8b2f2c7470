import { quoteIdentifier } from '../databases/postgresql/quote.js';
import type { Catalogue, Definition } from './definition.js';
import type { Matched } from './match.js';

/**
 * The statements that give objects their names and schemas back, and make the schemas that must be there for it. Parts come first, so that each statement can name what it is a part of as
 * it is called then; two objects that exchanged their names go by a third.
 */
export function renamesBetween(
  after: Catalogue,
  { target, source }: Matched,
  dropped: ReadonlySet<string>,
  to: ReadonlyMap<string, Definition>,
): readonly string[] {
  const kept = after.definitions.flatMap((one) => {
    const other = target.get(one.id);
    return other &&
      !dropped.has(one.id) &&
      one.kind !== 'default' &&
      one.kind !== 'partition' &&
      one.kind !== 'cast' &&
      one.kind !== 'user mapping' &&
      one.kind !== 'operator'
      ? [{ one, other }]
      : [];
  });
  // A parent's column or check takes those of its heirs with it.
  const renamed = kept.filter(
    ({ one, other }) =>
      one.name !== other.name && one.kind !== 'default privileges' && !one.column?.inherited && !(one.inherited && /\bCHECK \(/.test(one.inline ?? '')),
  );
  const parts = renamed.filter(({ one }) => one.on !== undefined && one.kind !== 'index' && one.kind !== 'statistics');
  const wholes = renamed.filter(({ one }) => (one.on === undefined || one.kind === 'index' || one.kind === 'statistics') && one.kind !== 'schema');
  const schemas = renamed.filter(({ one }) => one.kind === 'schema');
  const moved = kept.filter(({ one, other }) => {
    if (one.schema === undefined || one.kind === 'index') return false;
    const schema = after.definitions.find(({ kind, name }) => kind === 'schema' && name === one.schema);
    const wanted = schema === undefined ? one.schema : (target.get(schema.id)?.name ?? one.schema);
    if (wanted === other.schema) return false;
    // A sequence goes with the table whose column owns it.
    return !(one.kind === 'sequence' && one.points !== undefined);
  });
  const needed = new Set(moved.map(({ other }) => other.schema));
  const made = [...to.values()].filter(({ kind, id, name }) => kind === 'schema' && !source.has(id) && needed.has(name));
  const swaps = (pairs: typeof renamed): readonly string[] => {
    const waiting: string[] = [];
    const first: string[] = [];
    const names = new Set(
      pairs.map(({ one }) =>
        JSON.stringify([one.kind === 'index' || one.kind === 'view' || one.kind === 'sequence' ? 'table' : one.kind, one.on, one.schema, one.name]),
      ),
    );
    for (const { one, other } of pairs) {
      const occupied = names.has(
        JSON.stringify([one.kind === 'index' || one.kind === 'view' || one.kind === 'sequence' ? 'table' : one.kind, one.on, one.schema, other.name]),
      );
      if (occupied) {
        const between = `${other.name.slice(0, 55)}_renamed`;
        first.push(rename(one, one.ref, one.name, between));
        waiting.push(rename(one, refAs(one, between), between, other.name));
      } else first.push(rename(one, one.ref, one.name, other.name));
    }
    return [...first, ...waiting];
  };
  return [
    ...swaps(parts),
    ...swaps(wholes),
    ...schemas.map(({ one, other }) => `ALTER SCHEMA ${one.ref} RENAME TO ${other.ref}`),
    ...made.flatMap(({ create }) => create),
    ...moved.map(({ one, other }) => {
      const schema = after.definitions.find(({ kind, name }) => kind === 'schema' && name === one.schema);
      const now = schema === undefined ? (one.schema ?? 'public') : (target.get(schema.id)?.name ?? one.schema ?? 'public');
      return `ALTER ${one.word} ${quoteIdentifier(now)}.${quoteIdentifier(other.name)}${one.suffix ?? ''} SET SCHEMA ${quoteIdentifier(other.schema ?? 'public')}`;
    }),
  ];
}

function refAs(one: Definition, name: string): string {
  if (one.on !== undefined && one.kind !== 'index' && one.kind !== 'statistics')
    return one.column ? one.ref : one.ref.replace(/^(?:"(?:[^"]|"")*"|[^\s"]+)/, () => quoteIdentifier(name));
  return `${one.schema === undefined ? '' : `${quoteIdentifier(one.schema)}.`}${quoteIdentifier(name)}${one.suffix ?? ''}`;
}

function rename(one: Definition, ref: string, from: string, to: string): string {
  const name = quoteIdentifier(to);
  switch (one.kind) {
    case 'column':
      return `ALTER TABLE ${ref} RENAME COLUMN ${quoteIdentifier(from)} TO ${name}`;
    case 'attribute':
      return `ALTER TYPE ${ref} RENAME ATTRIBUTE ${quoteIdentifier(from)} TO ${name}`;
    case 'constraint':
    case 'foreign key':
      return `ALTER TABLE ${ref.slice(ref.indexOf(' ON ') + 4)} RENAME CONSTRAINT ${quoteIdentifier(from)} TO ${name}`;
    case 'domain constraint':
      return `ALTER DOMAIN ${ref.slice(ref.indexOf(' ON DOMAIN ') + 11)} RENAME CONSTRAINT ${quoteIdentifier(from)} TO ${name}`;
    default:
      return `ALTER ${one.word} ${ref} RENAME TO ${name}`;
  }
}
