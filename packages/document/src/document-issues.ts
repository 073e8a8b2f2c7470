import type { Companion, CompanionItem, Issue } from '@planwright/spec';

// A document of which nothing is left would fill the screen.
const listed = 10;

/** It is not known what was rendered. */
export function noCompanion(companion: Companion | undefined): Issue {
  return {
    code: 'no-companion',
    message:
      companion === undefined
        ? 'found a document without its companion (the JSON of the same name beside it): it is not known what planwright wrote of it'
        : 'found a companion that does not describe the lines of its document: expected one that planwright wrote',
    hint: 'Move the document away, or let it be overwritten with --force, which keeps a copy.',
  };
}

/** The file belongs to another template's document. */
export function otherTemplate(found: string, expected: string): Issue {
  return {
    code: 'other-template',
    message: `found a document of the template '${found}': expected one of '${expected}'`,
    hint: 'Write to another folder, or move the document away.',
  };
}

/** The first line, from 0, that is not as it was rendered. */
export function edited(lines: readonly string[], line: number): Issue {
  const found = lines[line];
  const shown =
    found === undefined ? 'the end of the document' : found.trim() === '' ? 'a blank line' : `'${found.length > 60 ? `${found.slice(0, 57)}…` : found}'`;
  return {
    code: 'edited-document',
    message: `found ${shown} where planwright wrote something else: expected changes only in ticks, cells, notes and log`,
    line: line + 1,
    column: 1,
    hint: 'Move the change into the context, a note or a section of your own; or use --force, which keeps a copy of the document.',
  };
}

/** Slots that an edited document no longer has; the first few by name. */
export function notFound(items: readonly CompanionItem[]): readonly Issue[] {
  const words = { tick: 'box', cell: 'cell', note: 'note', log: 'log' } as const;
  const issues = items.slice(0, listed).map((item): Issue => {
    const label = item.kind === 'cell' ? `${item.row ?? ''}, ${item.column ?? ''}` : item.kind === 'tick' ? (item.text ?? '') : (item.place?.at(-1) ?? '');
    return {
      code: 'slot-not-found',
      severity: 'warning',
      message: `found no ${words[item.kind]} '${label}' (${item.id}) in the edited document: what was written there is not carried over`,
      hint: 'Look it up in the copy of the document.',
    };
  });
  if (items.length <= listed) return issues;
  const more: Issue = {
    code: 'slot-not-found',
    severity: 'warning',
    message: `found ${items.length - listed} more boxes, cells or notes gone from the edited document`,
    hint: 'Look them up in the copy of the document.',
  };
  return [...issues, more];
}
