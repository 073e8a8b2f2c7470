/// <reference path="./libpg-query.d.ts" />
import type { RawStmt } from '@pgsql/types';
import type { LibpgQuery } from 'libpg-query/wasm/libpg-query.js';
import type { LoadOptions } from '../../dialect.js';

/** What the grammar said about a text. Locations in the trees are byte offsets into `source`. */
export type GrammarResult =
  | { readonly statements: readonly RawStmt[]; readonly bytes: number }
  /** `position` counts characters (code points) from 0. */
  | { readonly error: string; readonly position: number };

/** PostgreSQL's own grammar, compiled to WebAssembly. */
export interface Grammar {
  parse(sql: string): GrammarResult;
  /** The trees of a routine's or DO block's body, or the error's message. */
  parsePlpgsql(statement: string): { readonly functions: readonly unknown[] } | { readonly error: string };
}

/** Instantiates the grammar. In Node it finds its file by itself; a browser needs `locateFile`. */
export async function loadGrammar(options: LoadOptions = {}): Promise<Grammar> {
  const { default: imported } = await import('libpg-query/wasm/libpg-query.js');
  const create = typeof imported === 'function' ? imported : (imported as { readonly default: typeof imported }).default;
  const library = await create(options.locateFile ? { locateFile: options.locateFile } : {});
  const encoder = new TextEncoder();

  // The grammar reads a C string: UTF-8 that ends with NUL. A code unit takes three bytes at most.
  const withText = <T>(text: string, use: (pointer: number, bytes: number) => T): T => {
    const pointer = library._malloc(text.length * 3 + 1);
    try {
      const { written } = encoder.encodeInto(text, library.HEAPU8.subarray(pointer, pointer + text.length * 3));
      library.HEAPU8[pointer + written] = 0;
      return use(pointer, written);
    } finally {
      library._free(pointer);
    }
  };

  return {
    parse: (sql) =>
      withText(sql, (pointer, bytes) => {
        let result = 0;
        try {
          result = library._wasm_parse_query_raw(pointer);
          return readResult(library, result, bytes);
        } catch (error) {
          // The engine's stack ended before the grammar's own limit.
          if (error instanceof RangeError) return { error: 'stack depth limit exceeded', position: 0 };
          throw error;
        } finally {
          if (result) library._wasm_free_parse_result(result);
        }
      }),
    parsePlpgsql: (statement) =>
      withText(statement, (pointer) => {
        const result = library._wasm_parse_plpgsql(pointer);
        try {
          const text = textAt(library, result);
          // Success is a JSON object; anything else is the error's message.
          if (!text.startsWith('{')) return { error: text };
          return { functions: (JSON.parse(text) as { readonly plpgsql_funcs: readonly unknown[] }).plpgsql_funcs };
        } finally {
          library._wasm_free_string(result);
        }
      }),
  };
}

const decoder = new TextDecoder();

/** The C string at a pointer: where it ends is looked up at once, not byte by byte. */
function textAt({ HEAPU8 }: LibpgQuery, pointer: number): string {
  return decoder.decode(HEAPU8.subarray(pointer, HEAPU8.indexOf(0, pointer)));
}

/** Reads `PgQueryParseResult {char *tree; char *stderr; PgQueryError *error}` and, in it, `PgQueryError {message, function, file, int line, int position…}`. */
function readResult(library: LibpgQuery, result: number, bytes: number): GrammarResult {
  const error = library.getValue(result + 8, 'i32');
  if (error) return { error: textAt(library, library.getValue(error, 'i32')), position: Math.max(library.getValue(error + 16, 'i32') - 1, 0) };
  const tree = JSON.parse(textAt(library, library.getValue(result, 'i32'))) as { readonly stmts?: readonly RawStmt[] };
  return { statements: tree.stmts ?? [], bytes };
}
