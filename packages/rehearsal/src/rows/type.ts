import type { Column, Domain, Snapshot } from '@planwright/spec';

/** What a column's type comes down to. */
export interface Type {
  /** Spelling for a cast. */
  readonly spelt: string;
  /** Lower case, without modifiers and array marks: `varchar`, `numeric`, `order_status`. */
  readonly base: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
  readonly labels?: readonly string[];
  readonly attributes?: readonly Column[];
  /** The domains that it is made of, the outermost first. */
  readonly domains: readonly Domain[];
}

/** Resolves a type's spelling: domains to what they are made of, enums to their labels, composite types to their attributes. */
export function typeOf(spelling: string, snapshot: Snapshot): Type {
  const [, name = spelling, modifiers, rest = '', dimensions = ''] = /^([^([]+)(?:\(([^)]*)\))?\s*([^[]*)((?:\[\d*\])*)$/.exec(spelling.trim()) ?? [];
  const array = dimensions !== '';
  const numbers = modifiers === undefined ? [] : modifiers.split(',').map(Number);
  const domain = named(snapshot.domains, name, snapshot);
  if (domain) {
    const under = typeOf(domain.type, snapshot);
    return { ...under, spelt: spelling, array: array || under.array, domains: [domain, ...under.domains] };
  }
  const labels = named(snapshot.enums, name, snapshot)?.labels;
  const attributes = named(snapshot.compositeTypes, name, snapshot)?.attributes;
  const base = `${name}${rest === '' ? '' : ` ${rest.trim()}`}`;
  return {
    spelt: spelling,
    base: labels || attributes ? name : (synonyms[base.toLowerCase()] ?? base.toLowerCase()),
    modifiers: numbers,
    array,
    domains: [],
    ...(labels && { labels }),
    ...(attributes && { attributes }),
  };
}

const synonyms: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  serial: 'integer',
  bigserial: 'bigint',
  smallserial: 'smallint',
  'character varying': 'varchar',
  character: 'char',
  bpchar: 'char',
  decimal: 'numeric',
  float8: 'double precision',
  float4: 'real',
  bool: 'boolean',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
  'bit varying': 'varbit',
};

function named<Kind extends { readonly schema?: string; readonly name: string }>(
  all: readonly Kind[] | undefined,
  spelt: string,
  snapshot: Snapshot,
): Kind | undefined {
  const plain = spelt.replaceAll('"', '');
  return all?.find(({ schema, name }) => (plain === name ? schema === undefined : plain === `${schema ?? snapshot.defaultSchema ?? 'public'}.${name}`));
}
