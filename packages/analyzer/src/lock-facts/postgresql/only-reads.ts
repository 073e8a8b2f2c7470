const locksRows = /\bfor\s+(?:no\s+key\s+update|update|share|key\s+share)\b|\binto\b/i;

/** Functions of PostgreSQL that change no table, and words of SQL that may stand before a bracket. */
const harmless = new Set(
  (
    'coalesce count max min sum avg greatest least nullif nextval setval currval pg_get_serial_sequence set_config current_setting now lower upper length round ' +
    'exists in values any all select from where and or not as on join with over filter when then else using'
  ).split(' '),
);

/** Whether a query locks no row and calls no function that may do more than read. An empty text tells nothing. */
export function onlyReads(sql: string): boolean {
  if (sql === '' || locksRows.test(sql)) return false;
  const bare = sql.replace(/'(?:[^']|'')*'/g, "''").replace(/--.*$/gm, '');
  return [...bare.matchAll(/([A-Za-z_]\w*|"[^"]+")\s*\(/g)].every(([, name = '']) => harmless.has(name.toLowerCase()));
}
