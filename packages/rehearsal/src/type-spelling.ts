const short: readonly (readonly [RegExp, string])[] = [
  [/^character varying\b/, 'varchar'],
  [/^character\b/, 'char'],
  [/^bit varying\b/, 'varbit'],
  [/^timestamp(\(\d\))? with time zone/, 'timestamptz$1'],
  [/^timestamp(\(\d\))? without time zone/, 'timestamp$1'],
  [/^time(\(\d\))? with time zone/, 'timetz$1'],
  [/^time(\(\d\))? without time zone/, 'time$1'],
];

/** A type as plans spell it, given what `format_type` says: `character varying(40)` is `varchar(40)`, `timestamp with time zone` is `timestamptz`. */
export function typeSpelling(formatted: string): string {
  const found = short.find(([long]) => long.test(formatted));
  return found ? formatted.replace(found[0], found[1]) : formatted;
}
