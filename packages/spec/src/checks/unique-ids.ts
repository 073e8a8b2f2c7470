import type { Context, Issue } from '../generated/types.js';
import { shownValue } from '../shown-value.js';
import { type EntityKind, entities } from './entities.js';

/** Ids are unique among their kind; paths of files too, compared without case, because not every file system tells them apart. */
export function checkUniqueIds(context: Context): readonly Issue[] {
  const kinds: readonly EntityKind[] = Object.values(entities);
  const duplicates = kinds.flatMap(({ word, of }) =>
    repeated(of(context) ?? [], (id) => id).map(({ id, pointer, first }) => duplicate(word, id, pointer, first)),
  );
  const files =
    context.sequence?.migrations.flatMap(({ file }, index) => (file === undefined ? [] : [{ id: file, pointer: `/sequence/migrations/${index}/file` }])) ?? [];
  return [...duplicates, ...repeated(files, (file) => file.toLowerCase()).map(({ id, pointer, first }) => duplicate('file', id, pointer, first))];
}

interface Repeated {
  readonly id: string;
  readonly pointer: string;
  readonly first: string;
}

function repeated(entities: readonly { readonly id: string; readonly pointer: string }[], sameAs: (id: string) => string): readonly Repeated[] {
  const seen = new Map<string, string>();
  return entities.flatMap(({ id, pointer }) => {
    const first = seen.get(sameAs(id));
    if (first !== undefined) return [{ id, pointer, first }];
    seen.set(sameAs(id), pointer);
    return [];
  });
}

function duplicate(word: string, id: string, pointer: string, first: string): Issue {
  return {
    code: 'duplicate-id',
    message: `found ${word} ${shownValue(id)} at ${pointer} and at ${first}: expected each once`,
    pointer,
    hint: 'Give one of them another name, and correct what refers to it.',
  };
}
