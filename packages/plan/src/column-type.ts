import type { Target } from '@planwright/spec';

/** A type taken apart: `varchar(40)[]` is `{ base: 'varchar', arguments: [40], suffix: '[]' }`. */
interface TypeParts {
  readonly base: string;
  readonly modifiers: readonly number[];
  readonly suffix: string;
}

const spellings: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  int2: 'smallint',
  'character varying': 'varchar',
  character: 'char',
  bpchar: 'char',
  decimal: 'numeric',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
};

const integers = ['tinyint', 'smallint', 'mediumint', 'integer', 'bigint'];

/** What a change of type does to the values that are there and to code that runs. */
export type TypeChange =
  /** Every value fits, and the kind of type is the same: a longer varchar, a wider numeric. */
  | 'wider'
  /** Every value fits, but results have another type: integer to bigint. */
  | 'wider kind'
  /** Values may not fit or are converted. */
  | 'other';

/** Judges a change of type by its names. `other` where nothing is known of the types. */
export function typeChange(from: string | undefined, to: string): TypeChange {
  if (!from) return 'other';
  const [before, after] = [typeParts(from), typeParts(to)];
  if (before.suffix !== after.suffix) return 'other';
  const ranks = [integers.indexOf(before.base), integers.indexOf(after.base)] as const;
  if (ranks[0] >= 0 && ranks[1] >= 0) return ranks[1] > ranks[0] ? 'wider kind' : ranks[1] === ranks[0] ? 'wider' : 'other';
  if (before.base === 'real' && after.base === 'double precision') return 'wider kind';
  if (before.base === 'varchar' && after.base === 'text') return 'wider kind';
  if (before.base !== after.base) return 'other';
  const [length, scale = 0] = before.modifiers;
  const [newLength, newScale = 0] = after.modifiers;
  if (after.base === 'varchar' || after.base === 'varbit') return newLength === undefined || (length !== undefined && newLength >= length) ? 'wider' : 'other';
  if (after.base === 'numeric') return newLength === undefined || (length !== undefined && newScale === scale && newLength >= length) ? 'wider' : 'other';
  return before.modifiers.join() === after.modifiers.join() ? 'wider' : 'other';
}

/** Whether the database fills the column by itself because of its type. */
export function fillsItself(type: string): boolean {
  return /^(small|big)?serial[248]?$/i.test(type.trim());
}

/** The type as the catalogue prints it: what `format_type` returns on PostgreSQL. Absent where that is not known. */
export function catalogueType(database: Target['database'], type: string): string | undefined {
  if (database !== 'postgresql') return undefined;
  const { base, modifiers, suffix } = typeParts(type);
  const long: Readonly<Record<string, string>> = {
    varchar: 'character varying',
    char: 'character',
    timestamptz: 'timestamp with time zone',
    timestamp: 'timestamp without time zone',
  };
  const plain = ['smallint', 'integer', 'bigint', 'text', 'boolean', 'uuid', 'date', 'real', 'double precision', 'numeric', 'jsonb', 'json', 'bytea'];
  if (base === 'char' && modifiers.length === 0) return undefined;
  if (/^timestamp/.test(base) && modifiers.length > 0) return undefined;
  const name = long[base] ?? (plain.includes(base) ? base : undefined);
  return name === undefined ? undefined : `${name}${modifiers.length > 0 ? `(${modifiers.join(',')})` : ''}${suffix}`;
}

function typeParts(type: string): TypeParts {
  const match = /^\s*"?([a-z_][a-z0-9_ ]*?)"?\s*(?:\(([^)]*)\))?\s*((?:with(?:out)? time zone)?)\s*((?:\[\d*\])*)\s*$/i.exec(type);
  if (!match) return { base: type.trim().toLowerCase(), modifiers: [], suffix: '' };
  const [, name = '', modifiers, zone = '', suffix = ''] = match;
  const base = `${name.trim()}${zone ? ` ${zone}` : ''}`.toLowerCase();
  return {
    base: spellings[base] ?? base,
    modifiers: modifiers ? modifiers.split(',').map((value) => Number(value.trim())) : [],
    suffix: suffix.replace(/\d/g, ''),
  };
}
