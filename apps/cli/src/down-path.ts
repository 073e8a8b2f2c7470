/** Where a framework keeps the way back of a migration file; nothing where it has no file for it. Frameworks without one get it beside the migration. */
export function downPath(up: string, framework: string | undefined): string | undefined {
  if (framework === 'dbmate' || framework === 'goose') return undefined;
  // sqlx takes a lone file for one that can't be taken back, and does not mix both kinds.
  if (framework === 'sqlx' && !up.endsWith('.up.sql')) return undefined;
  if (/(^|\/)(up|migration)\.sql$/.test(up)) return up.replace(/(up|migration)\.sql$/, 'down.sql');
  if (framework === 'flyway') return up.replace(/(^|\/)V([^/]*)$/, '$1U$2');
  return up.replace(/(\.up)?\.sql$/, '.down.sql');
}
