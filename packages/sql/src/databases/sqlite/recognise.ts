const name = String.raw`(?:"(?:[^"]|"")*"|\[[^\]]*\]|\x60[^\x60]*\x60|'(?:[^']|'')*'|[\w$\u0080-\uffff]+)`;
const qualified = String.raw`${name}(?:\s*\.\s*${name})?`;

/** Valid statements that the grammar does not know. Comments are blanked before. */
const statements: readonly RegExp[] = [
  new RegExp(String.raw`^reindex(?:\s+${qualified})?$`, 'i'),
  new RegExp(String.raw`^pragma\s+${qualified}(?:\s*=\s*[-+]?(?:${name}|[\d.]+)|\s*\(\s*[-+]?(?:${name}|[\d.]+)\s*\))?$`, 'i'),
  new RegExp(String.raw`^create\s+virtual\s+table\s+(?:if\s+not\s+exists\s+)?${qualified}\s+using\s+${name}(?:\s*\([\s\S]*\))?$`, 'i'),
  new RegExp(String.raw`^detach\s+(?:database\s+)?${name}$`, 'i'),
];

/** Whether a statement, without its semicolon and comments, is valid SQLite that the grammar is known to miss. */
export function recognise(sql: string): boolean {
  return statements.some((statement) => statement.test(sql));
}
