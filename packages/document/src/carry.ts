import type { CompanionItem, Issue } from '@planwright/spec';
import type { ReaderState } from './reader-state.js';

/** What of a state has a place in a new document, and an issue for each thing that has none. */
export interface Carried {
  readonly state: ReaderState;
  readonly issues: readonly Issue[];
}

/**
 * Carries what readers wrote into a new document, whose slots are `items`. A tick, a cell, a note or log entries whose place is gone are reported
 * with what was written there, so that nothing is lost silently. `before` are the slots of the old document; they tell how a box was called.
 */
export function carry(state: ReaderState, items: readonly CompanionItem[], before: readonly CompanionItem[] = []): Carried {
  const places = new Map(items.map((item) => [item.id, item.kind]));
  const names = new Map(before.map((item) => [item.id, item]));
  const issues: Issue[] = [];
  const kept = <Value>(values: Readonly<Record<string, Value>>, kind: CompanionItem['kind'], lost: (id: string, value: Value) => Issue | undefined) =>
    Object.fromEntries(
      Object.entries(values).filter(([id, value]) => {
        if (places.get(id) === kind) return true;
        const issue = lost(id, value);
        if (issue) issues.push(issue);
        return false;
      }),
    );
  const ticks = kept(state.ticks, 'tick', (id, ticked) =>
    ticked ? gone('tick', `the ticked box '${names.get(id)?.text ?? id}'`, id, 'Tick what replaces it.') : undefined,
  );
  const cells = kept(state.cells, 'cell', (id, value) =>
    gone('cell', `the cell '${cellName(names.get(id), id)}' with '${value}'`, id, 'Write the value where it belongs now.'),
  );
  const notes = kept(state.notes, 'note', (id, text) => (text === '' ? undefined : gone('note', 'a note', id, `It said: ${text}`)));
  const { log } = state;
  const hasLog = [...places.values()].includes('log');
  if (log !== undefined && log !== '' && !hasLog) issues.push(gone('log', 'the log', 'log', `It said: ${log}`));
  return { state: { ticks, cells, notes, ...(log !== undefined && hasLog && { log }) }, issues };
}

function cellName(item: CompanionItem | undefined, id: string): string {
  return item?.row === undefined ? id : `${item.row}${item.column === undefined ? '' : `, ${item.column}`}`;
}

function gone(kind: CompanionItem['kind'], what: string, id: string, hint: string): Issue {
  return { code: `${kind}-lost`, severity: 'warning', message: `found ${what} (${id}) in the existing document, but the new one has no such place`, hint };
}
