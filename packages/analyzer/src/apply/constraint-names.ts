import type { Constraint, Index, IndexKey, Table } from '@planwright/spec';
import { chooseConstraintName, chooseRelationName, joinColumns } from '../draft/choose-name.js';
import type { Draft } from '../draft/draft.js';

/** The name that PostgreSQL gives a constraint that has none. `taken` are names given in the same statement. */
export function constraintName(draft: Draft, table: Pick<Table, 'schema' | 'name'>, constraint: Constraint, taken: ReadonlySet<string> = new Set()): string {
  if (constraint.name !== undefined) return constraint.name;
  const first = table.name;
  switch (constraint.type) {
    case 'primaryKey':
      return chooseRelationName(draft, table.schema, { first, label: 'pkey' }, true);
    case 'unique':
      return chooseRelationName(
        draft,
        table.schema,
        { first, second: joinColumns(uniqueNames([...constraint.columns, ...(constraint.include ?? [])])), label: 'key' },
        true,
      );
    case 'exclusion':
      return chooseRelationName(draft, table.schema, { first, second: joinColumns(uniqueNames(constraint.columns ?? ['expr'])), label: 'excl' }, true);
    case 'foreignKey':
      return chooseConstraintName(draft, table.schema, { first, second: joinColumns(constraint.columns), label: 'fkey' }, taken);
    case 'check': {
      // Only a check of a single column carries its name.
      const [only, second] = constraint.columns ?? [];
      return chooseConstraintName(
        draft,
        table.schema,
        { first, ...(only !== undefined && second === undefined ? { second: only } : {}), label: 'check' },
        taken,
      );
    }
  }
}

/** The name that PostgreSQL gives an index that has none. */
export function indexName(draft: Draft, owner: { readonly schema?: string; readonly name: string }, index: Index): string {
  if (index.name !== undefined) return index.name;
  const names = uniqueNames([...index.keys.map(keyName), ...(index.include ?? [])]);
  return chooseRelationName(draft, owner.schema, { first: owner.name, second: joinColumns(names), label: 'idx' });
}

/** Index columns must differ: a name that comes again gets a number. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const name of names) {
    let unique = name;
    for (let number = 1; found.includes(unique); number++) unique = `${name}${number}`;
    found.push(unique);
  }
  return found;
}

/** What an index calls a key: the column, the function of a call, the type of a cast of nothing named, or `expr`. */
function keyName({ column, expression = '' }: IndexKey): string {
  if (column !== undefined) return column;
  const bare = withoutParentheses(expression.trim());
  const call = /^(?:\w+\.)?"?(\w+)"?\s*\(/.exec(bare);
  if (call && closesAtEnd(bare, call[0].length - 1)) return (call[1] ?? 'expr').toLowerCase();
  const cast = /^(.*)::\s*[\w ]+(?:\([\d, ]*\))?$/.exec(bare);
  if (cast?.[1] !== undefined && (closesAtEnd(withoutParentheses(cast[1]), 0) || /^"?\w+"?$/.test(cast[1]))) return keyName({ expression: cast[1] });
  if (/^case\b[\s\S]*\bend$/i.test(bare)) return 'case';
  return /^\w+$/.test(bare) ? bare.toLowerCase() : 'expr';
}

function withoutParentheses(text: string): string {
  return text.startsWith('(') && closesAtEnd(text, 0) ? withoutParentheses(text.slice(1, -1).trim()) : text;
}

/** Whether the parenthesis at this index is closed by the last character. */
function closesAtEnd(text: string, open: number): boolean {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === '(') depth++;
    else if (text[index] === ')' && --depth === 0) return index === text.length - 1;
  }
  return false;
}
