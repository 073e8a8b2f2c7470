/** Other spellings of the built-in types, for operations that a person has written. */
const short: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  decimal: 'numeric',
  character: 'char',
  'character varying': 'varchar',
  'bit varying': 'varbit',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
};

/** A type in the spelling of the model, whatever its case and spelling. A quoted name is left alone. */
export function writtenType(type: string): string {
  if (plain.has(type) || type.includes('"') || type.includes('.')) return type;
  const parts = /^([a-z0-9_ ]+?)\s*(\([^)]*\))?((?: with(?:out)? time zone)?)\s*((?:\[\d*\])*)$/i.exec(type.trim());
  if (!parts) return type;
  const [, base = '', modifiers = '', zone = '', array = ''] = parts;
  const name = `${base}${zone}`.toLowerCase();
  const canonical = short[name] ?? (builtInCase.test(name) ? name : `${base}${zone}`);
  const bare = canonical === 'char' && modifiers === '' ? '(1)' : modifiers.replaceAll(/\s+/g, '');
  return `${canonical}${bare}${array === '' ? '' : '[]'}`;
}

/** Types that most columns have, as the model spells them. */
const plain: ReadonlySet<string> = new Set([
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'text',
  'varchar',
  'boolean',
  'timestamp',
  'timestamptz',
  'date',
  'uuid',
  'jsonb',
]);

const builtInCase =
  /^(?:smallint|integer|bigint|(?:small|big)?serial[248]?|numeric|real|double precision|money|char|varchar|text|bytea|date|time|timetz|timestamp|timestamptz|interval.*|boolean|uuid|xml|jsonb?|inet|cidr|macaddr8?|bit|varbit|tsvector|tsquery|oid)$/;

/** The integer type behind a serial type; nothing for all others. */
export function serialType(type: string): string | undefined {
  switch (type.toLowerCase()) {
    case 'serial':
    case 'serial4':
      return 'integer';
    case 'bigserial':
    case 'serial8':
      return 'bigint';
    case 'smallserial':
    case 'serial2':
      return 'smallint';
    default:
      return undefined;
  }
}
