/** Where a framework keeps the way back of a migration file; nothing where both stand in one file. Frameworks without one get it beside the migration. */
export function downPath(up: string, framework: string | undefined): string | undefined {
  if (framework === 'dbmate' || framework === 'goose') return undefined;
  if (/(^|\/)(up|migration)\.sql$/.test(up)) return up.replace(/(up|migration)\.sql$/, 'down.sql');
  if (framework === 'flyway') return up.replace(/(^|\/)V([^/]*)$/, '$1U$2');
  return up.replace(/(\.up)?\.sql$/, '.down.sql');
}
