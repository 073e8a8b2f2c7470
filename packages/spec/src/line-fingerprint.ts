/** Letters of a fingerprint. */
export const fingerprintLength = 4;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A fingerprint of one line of a document (24 bits): enough to see that a line has changed and to find where lines have gone, not to protect against
 * somebody who wants to deceive. What editors change by themselves does not count: spaces at the end, and the padding of table cells.
 */
export function fingerprintOfLine(line: string): string {
  const plain = plainLine(line);
  // FNV-1a, 32 bits, over UTF-16 units.
  let hash = 0x811c9dc5;
  for (let index = 0; index < plain.length; index++) hash = Math.imul(hash ^ plain.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 24;
  return [18, 12, 6, 0].map((shift) => letters[(hash >>> shift) & 63]).join('');
}

/** The cells of a table row, trimmed; a `|` after a backslash does not separate. */
export function cellsOfRow(row: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  for (let index = 0; index < row.length; index++) {
    const sign = row[index];
    if (sign === '\\') cell += sign + (row[++index] ?? '');
    else if (sign === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  if (cell.trim() !== '') cells.push(cell.trim());
  return cells[0] === '' ? cells.slice(1) : cells;
}

function plainLine(line: string): string {
  const trimmed = line.trimEnd();
  if (!/^\s*\|.*\|$/.test(trimmed)) return trimmed;
  return `| ${cellsOfRow(trimmed.trimStart())
    .map((cell) => cell.replace(/^(:?)-+(:?)$/, '$1---$2'))
    .join(' | ')} |`;
}
