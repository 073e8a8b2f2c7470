import type { Node } from '@pgsql/types';
import type { NodeOf } from '@planwright/sql/postgresql';
import type { Draft } from '../../draft/draft.js';
import { visit } from './columns-read.js';
import { existing, shown } from './relation-name.js';

/** Tables and views that queries read, in order, and which of them each alias stands for. Their common table expressions are none. */
export function queryRelations(draft: Draft, queries: readonly Node[]): { readonly names: ReadonlySet<string>; readonly aliases: ReadonlyMap<string, string> } {
  const own = new Set<string>();
  visit(queries, (kind, value) => {
    // The kind says which fields the value has.
    if (kind === 'CommonTableExpr') own.add((value as NodeOf<'CommonTableExpr'>).ctename ?? '');
  });
  const names = new Set<string>();
  const aliases = new Map<string, string>();
  visit(queries, (kind, value) => {
    if (kind !== 'RangeVar') return;
    const range = value as NodeOf<'RangeVar'>;
    if (range.schemaname === undefined && own.has(range.relname ?? '')) return;
    const name = shown(existing(draft, range));
    names.add(name);
    aliases.set(range.alias?.aliasname ?? range.relname ?? '', name);
  });
  return { names, aliases };
}
