/** The rows of a query as a client prints them: a row a line, values parted by ` | `. */
export function printed(rows: readonly unknown[]): string {
  if (rows.length === 0) return 'empty result';
  return rows.map((row) => (typeof row === 'object' && row !== null ? Object.values(row).map(value).join(' | ') : value(row))).join('\n');
}

function value(one: unknown): string {
  if (one === null || one === undefined) return '';
  if (one === true) return 't';
  if (one === false) return 'f';
  if (one instanceof Date) return one.toISOString();
  return typeof one === 'object' ? JSON.stringify(one) : String(one);
}
