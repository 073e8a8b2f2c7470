import { writerOf } from '@planwright/sql';

/** The query that counts pairs of rows which an exclusion constraint refuses; nothing where its elements are more than columns with operators. */
export function excludedPairs({ schema, table }: { readonly schema?: string; readonly table: string }, definition: string): string | undefined {
  const written = /^exclude\s*(?:using\s+\w+\s*)?\(([^()]*)\)\s*(?:with\s*\([^)]*\)\s*)?$/i.exec(definition.trim());
  const elements = written?.[1]?.split(',').map((element) => /^\s*(\w+|"[^"]+")(?:\s+\w+)?\s+with\s+([^\s\w]+)\s*$/i.exec(element));
  if (!elements || elements.length === 0) return undefined;
  const conditions: string[] = [];
  for (const element of elements) {
    if (!element?.[1] || !element[2]) return undefined;
    conditions.push(`a.${element[1]} ${element[2]} b.${element[1]}`);
  }
  const name = writerOf('postgresql').quoteName(schema === undefined ? [table] : [schema, table]);
  return `SELECT count(*) FROM ${name} AS a JOIN ${name} AS b ON a.ctid < b.ctid AND ${conditions.join(' AND ')}`;
}
