const literal = /[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g;
const name = /"(?:[^"]|"")*"/g;

/** A statement without its strings, bodies and comments, so that a word found in it is one that PostgreSQL reads. Quoted names go too unless they are kept. */
export function bareSql(sql: string, { keepNames = false }: { readonly keepNames?: boolean } = {}): string {
  const bare = sql.replace(literal, (found) => (found.startsWith('-') || found.startsWith('/') ? ' ' : "''"));
  return keepNames ? bare : bare.replace(name, '""');
}
