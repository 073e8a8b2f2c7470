/** Functions whose value differs from row to row: with one of them as its default, a new column is written into every row. */
const volatile =
  /\b(?:random|clock_timestamp|timeofday|gen_random_uuid|gen_random_bytes|uuidv[47]|uuid_generate_v(?:1|1mc|4)|nextval|setval|random_normal)\s*\(/i;

/** Functions of PostgreSQL that give one value for the whole statement. */
const stable = new Set(
  (
    'now statement_timestamp transaction_timestamp current_setting current_schema current_database lower upper trim btrim md5 encode decode concat concat_ws replace left right substr substring ' +
    'repeat length abs ceil floor round greatest least coalesce nullif to_json to_jsonb json_build_object jsonb_build_object json_build_array jsonb_build_array ' +
    'make_interval make_date make_timestamp make_timestamptz date_trunc date_part extract age array interval cast timezone int4 int8 text to_timestamp'
  ).split(' '),
);

/** Whether a default must be worked out for each row; `unknown` when it calls a function that is not known here. */
export function defaultVolatility(expression: string): 'constant' | 'volatile' | 'unknown' {
  const bare = expression.replace(/'(?:[^']|'')*'/g, "''");
  if (volatile.test(bare)) return 'volatile';
  const calls = [...bare.matchAll(/([A-Za-z_][\w$]*|"[^"]+")\s*\(/g)].map(([, name = '']) => name.toLowerCase());
  // `timestamptz(3)` and the like after a cast are types, not calls.
  const types = new Set(['varchar', 'char', 'numeric', 'timestamp', 'timestamptz', 'time', 'timetz', 'bit', 'varbit', 'decimal']);
  return calls.every((name) => stable.has(name) || types.has(name)) ? 'constant' : 'unknown';
}
