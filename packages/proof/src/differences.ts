import type { Constraint, Index, Snapshot, Table } from '@planwright/spec';
import { factsOf } from './facts.js';

/** What two snapshots disagree on. */
export interface Differences {
  /** One sentence each; none when the schemas are the same. */
  readonly differences: readonly string[];
  /** Constraints and indexes that are the same but for a name that the database may have chosen. */
  readonly names: readonly string[];
  /** Expressions that differ in spelling only: casts of constants that the database writes out. */
  readonly spellings: readonly string[];
}

/** Tells whether two expressions mean the same although their texts differ. */
export type SameExpression = (one: string, other: string) => boolean;

/**
 * Compares a predicted snapshot with the observed one. Order counts where it shows: columns, keys, enum labels. Give the prediction as
 * `readBack` returns it, or expressions are compared as somebody wrote them; and as it was written too, for what is spelt by a type that the column had once.
 */
export function differences(
  predicted: Snapshot,
  observed: Snapshot,
  sameExpression: SameExpression = () => false,
  asWritten: Snapshot = predicted,
): Differences {
  const names: string[] = [];
  const written = factsOf(asWritten);
  const aligned = factsOf({ ...predicted, tables: predicted.tables.map((table) => alignNames(table, counterpart(observed, table), names)) });
  const there = factsOf(withPrimaryKeysResolved(observed, aligned));
  const found: string[] = [];
  const spellings: string[] = [];
  const missing = new Set<string>();
  const within = (path: string): boolean => [...missing].some((parent) => path.startsWith(`${parent}, `));

  for (const path of [...new Set([...aligned.keys(), ...there.keys()])].sort(byPath)) {
    const one = aligned.get(path);
    const other = there.get(path);
    // What is missing is said once, and not again for each of its parts.
    if (one === other || within(path)) continue;
    if (one === 'there' || other === 'there') {
      missing.add(path);
      found.push(one === undefined ? `${path}: in the catalogue, not predicted` : `${path}: predicted, not in the catalogue`);
    } else {
      const line = `${path}: predicted ${shown(one)}, observed ${shown(other)}`;
      const alike = other !== undefined && [one, written.get(path)].some((text) => text !== undefined && sameExpression(text, other));
      (alike ? spellings : found).push(line);
    }
  }
  return { differences: found, names, spellings };
}

const shown = (value: string | undefined) => (value === undefined ? 'nothing' : `\`${value}\``);
// A path before its parts.
const byPath = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function counterpart(observed: Snapshot, table: Table): Table | undefined {
  return observed.tables.find(({ schema, name }) => schema === table.schema && name === table.name);
}

/** The predicted table with the names that the database chose, where all but the name is the same. */
function alignNames(table: Table, observed: Table | undefined, names: string[]): Table {
  if (!observed) return table;
  const align = <Item extends Constraint | Index>(kind: string, mine: readonly Item[] = [], theirs: readonly Item[] = []): Item[] => {
    const known = new Set(mine.map(({ name }) => name));
    const free = theirs.filter(({ name }) => !known.has(name));
    const taken = new Set(theirs.map(({ name }) => name));
    return mine.map((item) => {
      if (item.name !== undefined && taken.has(item.name)) return item;
      const at = free.findIndex((candidate) => sameButForName(item, candidate));
      const [same] = at < 0 ? [] : free.splice(at, 1);
      if (!same) return item;
      names.push(`table ${table.name}, ${kind}: predicted ${item.name ?? 'no name'}, observed ${same.name ?? 'no name'}`);
      return { ...item, name: same.name };
    });
  };
  return { ...table, constraints: align('constraint', table.constraints, observed.constraints), indexes: align('index', table.indexes, observed.indexes) };
}

function sameButForName(one: Constraint | Index, other: Constraint | Index): boolean {
  const facts = (item: Constraint | Index) => {
    const named = { ...item, name: 'same' };
    const table: Table = { name: 'same', columns: [], ...('keys' in named ? { indexes: [named] } : { constraints: [named] }) };
    return JSON.stringify([...factsOf({ tables: [table] })].sort());
  };
  return facts(one) === facts(other);
}

/** Where the prediction leaves it at "the primary key", so does the observation, if it is the primary key. */
function withPrimaryKeysResolved(observed: Snapshot, predicted: ReadonlyMap<string, string>): Snapshot {
  const keyOf = (schema: string | undefined, name: string) =>
    observed.tables.find((table) => table.schema === schema && table.name === name)?.constraints?.find(({ type }) => type === 'primaryKey');
  return {
    ...observed,
    tables: observed.tables.map((table) => ({
      ...table,
      constraints: table.constraints?.map((constraint) => {
        if (constraint.type !== 'foreignKey') return constraint;
        const path = `table ${table.schema === undefined ? '' : `${table.schema}.`}${table.name}, constraint ${constraint.name}, references`;
        const { columns, ...references } = constraint.references;
        const key = keyOf(references.schema, references.table);
        const isKey = key?.type === 'primaryKey' && columns?.join() === key.columns.join();
        return isKey && predicted.get(path)?.endsWith('(primary key)') ? { ...constraint, references } : constraint;
      }),
    })),
  };
}
