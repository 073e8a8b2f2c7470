/** The bare WebAssembly module inside libpg-query. Its own entry instantiates on import and cannot be told where the wasm file is. */
declare module 'libpg-query/wasm/libpg-query.js' {
  export interface LibpgQuery {
    readonly HEAPU8: Uint8Array;
    getValue(pointer: number, type: 'i32'): number;
    _malloc(size: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(sql: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_parse_plpgsql(sql: number): number;
    _wasm_free_string(text: number): void;
  }
  type Create = (options?: { readonly locateFile?: (file: string) => string }) => Promise<LibpgQuery>;
  /** A CommonJS module: bundlers differ in whether its function is the default export or one level below. */
  const create: Create & { readonly default: Create };
  export default create;
}
