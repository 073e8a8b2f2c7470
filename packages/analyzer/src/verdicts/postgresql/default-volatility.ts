import type { Routine } from '@planwright/spec';
import { nameWritten } from '../../expression-names.js';

/** Functions whose value differs from row to row: with one of them as its default, a new column is written into every row. */
const volatile = namesIn(
  'array_sample array_shuffle clock_timestamp currval gen_random_bytes gen_random_uuid gen_salt lastval nextval random random_normal set_config setseed setval ' +
    'timeofday uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuidv4 uuidv7',
);

/** Functions of PostgreSQL that give one value for the whole statement, and words of the grammar that stand before a parenthesis. */
const stable = namesIn(
  'now statement_timestamp transaction_timestamp current_setting current_schema current_schemas current_database current_user session_user system_user ' +
    'current_timestamp current_time localtime localtimestamp version txid_current inet_client_addr inet_server_addr ' +
    'abs acos age array_append array_cat array_dims array_fill array_length array_ndims array_position array_positions array_prepend array_remove array_replace ' +
    'array_reverse array_sort array_to_json array_to_string array_to_tsvector ascii asin atan atan2 bit_count bit_length bool box bpchar btrim cardinality cbrt ceil ceiling ' +
    'char char_length character_length chr circle concat concat_ws convert convert_from convert_to cos cot date date_add date_bin date_part date_subtract date_trunc ' +
    'datemultirange daterange decode degrees div encode enum_first enum_last enum_range exp extract factorial float4 float8 floor format gcd get_bit get_byte greatest ' +
    'host hostmask inet_merge initcap int2 int4 int4multirange int4range int8 int8multirange int8range interval isempty isfinite json_array json_array_length ' +
    'json_build_array json_build_object json_object json_scalar json_strip_nulls json_typeof jsonb_array_length jsonb_build_array jsonb_build_object jsonb_insert ' +
    'jsonb_object jsonb_path_exists jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof justify_days ' +
    'justify_hours justify_interval lcm least left length line ln log log10 lower lower_inc lower_inf lpad lseg ltrim macaddr make_date make_interval make_time ' +
    'make_timestamp make_timestamptz masklen md5 min_scale mod money multirange name netmask network normalize nullif num_nonnulls num_nulls numeric nummultirange numrange ' +
    'octet_length oid overlay parse_ident path pi point polygon position pow power quote_ident quote_literal quote_nullable radians range_merge regclass regexp_count ' +
    'regexp_instr regexp_like regexp_match regexp_replace regexp_split_to_array regexp_substr repeat replace reverse right round row row_to_json rpad rtrim scale ' +
    'set_bit set_byte set_masklen setweight sha224 sha256 sha384 sha512 sign sin split_part sqrt string_to_array strip strpos substr substring tan text time ' +
    'timestamp timestamptz timetz timezone to_ascii to_char to_date to_hex to_json to_jsonb to_number to_regclass to_timestamp to_tsquery to_tsvector translate ' +
    'trim trim_array trim_scale trunc tsmultirange tsrange tstzmultirange tstzrange unistr upper upper_inc upper_inf varbit varchar width_bucket coalesce cast ' +
    'array and any all as at bit case cidr collate decimal else end false from in inet is jsonb json like not null or over then true tsvector uuid when xml',
);

const calls = /(?:("(?:[^"]|"")+"|[A-Za-z_][\w$]*)\s*\.\s*)?("(?:[^"]|"")+"|[A-Za-z_][\w$]*)\s*\(/g;

/** Functions that an expression calls, by schema where one is written, in order; `timestamptz(3)` after a cast is no call, and is listed all the same. */
export function calledFunctions(expression: string): readonly { readonly schema?: string; readonly name: string }[] {
  const bare = expression.replace(/'(?:[^']|'')*'/g, "''");
  return [...bare.matchAll(calls)].map(([, schema, name = '']) =>
    schema === undefined ? { name: nameWritten(name) } : { schema: nameWritten(schema), name: nameWritten(name) },
  );
}

/**
 * Whether a default must be worked out for each row; `unknown` when it calls a function that neither PostgreSQL nor an earlier migration makes. `routines` are
 * those of the migrations that it calls.
 */
export function defaultVolatility(expression: string, routines: readonly Routine[] = []): 'constant' | 'volatile' | 'unknown' {
  let known: 'constant' | 'unknown' = 'constant';
  for (const { schema, name } of calledFunctions(expression)) {
    const own =
      schema === 'pg_catalog' ? [] : routines.filter((routine) => routine.name === name && (schema === undefined || (routine.schema ?? 'public') === schema));
    // Of several of one name, any may be meant.
    if (own.length > 0) {
      if (own.some(({ volatility }) => volatility === undefined || volatility === 'volatile')) return 'volatile';
      continue;
    }
    if (volatile.has(name)) return 'volatile';
    if (!stable.has(name)) known = 'unknown';
  }
  return known;
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
