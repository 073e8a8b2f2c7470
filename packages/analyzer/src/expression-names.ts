/** Tokens of an expression that matter for names: strings whole, quoted and plain identifiers, everything else by character. */
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\s+|[\s\S]/g;

interface Token {
  readonly text: string;
  /** The identifier that it names, or nothing. */
  readonly name?: string;
}

function tokensOf(expression: string): readonly Token[] {
  return [...expression.matchAll(tokens)].map(([text]) => (/^["A-Za-z_\u0080-\uffff]/.test(text) ? { text, name: nameWritten(text) } : { text }));
}

/** An identifier, quoted or plain, as a part of a regular expression. */
export const identifier = String.raw`"(?:[^"]|"")+"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*`;

/** The name that an identifier writes. */
export function nameWritten(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

/** Whether an identifier, where one was found, writes this very name. */
export function writesName(found: string | undefined, name: string): boolean {
  return found !== undefined && nameWritten(found) === name;
}

/** Whether an expression names this column (or anything else of this name that is no function). */
export function mentions(expression: string, name: string): boolean {
  if (!expression.toLowerCase().includes(name.toLowerCase())) return false;
  const all = tokensOf(expression);
  return all.some((token, index) => token.name === name && !isCall(all, index));
}

/**
 * Whether a statement may name a column (`orders.id`). What stands behind another table's name, or behind an alias of one, is of that table; what stands alone
 * may be of any that the statement names.
 */
export function mentionsColumn(statement: string, column: string): boolean {
  const [table, name] = [lastPart(column.slice(0, column.lastIndexOf('.'))), lastPart(column)];
  if (!mentions(statement, name) || !(mentions(statement, table) || calls(statement, table))) return false;
  const all = tokensOf(statement).filter(({ text }) => !/^\s+$/.test(text));
  const tables = tablesIn(all);
  return all.some((token, index) => {
    if (token.name !== name || isCall(all, index)) return false;
    const qualifier = all[index - 1]?.text === '.' ? all[index - 2]?.name : undefined;
    const of = qualifier === undefined ? undefined : tables.get(qualifier);
    return of === undefined || of === table;
  });
}

/** The tables that a statement names where tables stand, by the names that they have in it. */
function tablesIn(all: readonly Token[]): ReadonlyMap<string, string> {
  const tables = new Map<string, string>();
  for (const [index, { text, name }] of all.entries()) {
    if (text !== ',' && (name === undefined || !beforeTable.has(name))) continue;
    let at = index + 1;
    while (all[at + 1]?.text === '.') at += 2;
    const table = all[at]?.name;
    if (table === undefined || behindTable.has(table)) continue;
    const alias = all[all[at + 1]?.name === 'as' ? at + 2 : at + 1]?.name;
    tables.set(alias === undefined || behindTable.has(alias) ? table : alias, table);
  }
  return tables;
}

const beforeTable: ReadonlySet<string> = new Set(['from', 'into', 'join', 'only', 'table', 'update', 'using']);
const behindTable: ReadonlySet<string> = new Set(
  (
    'as cross default for full group having inner join lateral left limit natural on only order outer returning right select set tablesample union using values ' +
    'where window'
  ).split(' '),
);

/** The name alone: `orders` of `billing.orders`, `note` of `orders.note`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Whether a text names a table, whatever stands before its name. */
export function mentionsTable(text: string, table: string): boolean {
  return mentions(text, lastPart(table));
}

/** Whether an expression calls a function of this name. */
export function calls(expression: string, name: string): boolean {
  if (!expression.toLowerCase().includes(name.toLowerCase())) return false;
  const all = tokensOf(expression);
  return all.some((token, index) => token.name === name && isCall(all, index));
}

/** An expression with one identifier replaced: a column or table that has been renamed, and no type of its name. `written` is the new name, quoted where it must be. */
export function renameIn(expression: string, name: string, written: string): string {
  if (!mentions(expression, name)) return expression;
  const all = tokensOf(expression);
  return all.map((token, index) => (token.name === name && !isCall(all, index) && !isType(all, index) ? written : token.text)).join('');
}

/** An expression over the columns of one table, without the table's name before them: `upper(note)` for `upper(orders.note)`. */
export function withoutQualifier(expression: string, name: string): string {
  if (!mentions(expression, name)) return expression;
  const all = tokensOf(expression);
  const qualifies = (index: number): boolean => all[index]?.name === name && all[index + 1]?.text === '.';
  return all.map((token, index) => (qualifies(index) || (token.text === '.' && qualifies(index - 1)) ? '' : token.text)).join('');
}

/** As `renameIn`, of a type. */
export function renameTypeIn(expression: string, name: string, written: string): string {
  if (!mentions(expression, name)) return expression;
  const all = tokensOf(expression);
  return all.map((token, index) => (token.name === name && isType(all, index) ? written : token.text)).join('');
}

/** Whether what stands before it says that it is a type: `status::text::status`, `CAST(status AS status)`. */
function isType(all: readonly Token[], index: number): boolean {
  let before = index - 1;
  while (/^\s+$/.test(all[before]?.text ?? '') || all[before]?.text === '.' || all[before + 1]?.text === '.') before--;
  if (all[before]?.text === ':' && all[before - 1]?.text === ':') return true;
  return all[before]?.name === 'as' && all.some((token, place) => token.name === 'cast' && isCall(all, place));
}

function isCall(all: readonly Token[], index: number): boolean {
  const token = all[index];
  return token !== undefined && !token.text.startsWith('"') && all[index + 1]?.text === '(';
}
