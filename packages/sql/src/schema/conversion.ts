import { quoteIdentifier } from '../databases/postgresql/quote.js';

const families: readonly RegExp[] = [
  /^(?:smallint|integer|bigint|numeric|real|double precision|decimal|int[248]?|float[48]?)$/,
  /^(?:text|varchar|char|bpchar|name|citext|character varying|character)$/,
  /^(?:jsonb?)$/,
  /^(?:bit|varbit|bit varying)$/,
];

/** Conversions that PostgreSQL makes by itself between types of different names, when it assigns. */
const assigned: ReadonlySet<string> = new Set([
  'timestamptz timestamp',
  'timestamp timestamptz',
  'timestamptz date',
  'timestamp date',
  'date timestamp',
  'date timestamptz',
  'timestamptz time',
  'timestamp time',
  'timestamptz timetz',
  'time interval',
  'time timetz',
  'timetz time',
  'inet cidr',
  'cidr inet',
  'money numeric',
  'numeric money',
]);

/** Casts that exist but must be written. */
const explicit: ReadonlySet<string> = new Set([
  'integer boolean',
  'boolean integer',
  'jsonb boolean',
  'jsonb numeric',
  'jsonb integer',
  'jsonb bigint',
  'interval time',
]);

/** The USING expression that a change of type needs on PostgreSQL, or nothing where the database converts by itself. */
export function conversion(from: string, to: string, column: string): string | undefined {
  const [source, target] = [base(from), base(to)];
  const array = target.endsWith('[]');
  const name = quoteIdentifier(column);
  if (source === target) return undefined;
  if (!array && families[1]?.test(target)) return undefined;
  if (families.some((family) => family.test(source) && family.test(target)) || assigned.has(`${source} ${target}`)) return undefined;
  if (families[1]?.test(source) || explicit.has(`${source} ${target}`)) return `${name}::${to}`;
  if (source === 'boolean' && families[0]?.test(target)) return `${name}::integer::${to}`;
  // A flat JSON array differs from an array's text in its brackets only; USING takes no subquery that could do more.
  if (array && families[2]?.test(source)) return `translate(${name}::text, '[]', '{}')::${to}`;
  // Through text, which every type can be written to and read from.
  return array && source.endsWith('[]') ? `${name}::text[]::${to}` : `${name}::text::${to}`;
}

/** The type without its length, precision or dimensions. */
function base(type: string): string {
  return type
    .trim()
    .toLowerCase()
    .replace(/\([^)]*\)/, '');
}
