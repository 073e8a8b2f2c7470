import { quoteLiteral, quoteName } from '@planwright/sql/postgresql';
import type { Scratch } from './scratch.js';

/** Name of everything that is made to be read and taken back. */
export const made = 'planwright_scratch';

/** What reading back goes by. */
export interface Reader {
  readonly scratch: Scratch;
  /** Every text that the observed snapshot holds: a predicted text among them needs no asking. */
  readonly seen: ReadonlySet<string>;
}

/** Every text in a value. */
export function textsOf(value: unknown, texts = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') texts.add(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) textsOf(part, texts);
  return texts;
}

/** A predicted text as the database spells it; as it is where the database refuses it. */
export async function spell(reader: Reader, text: string, context: string, statements: readonly string[], query: string): Promise<string> {
  return (await spellOrDrop(reader, text, context, statements, query)) ?? text;
}

/** As `spell`; nothing where the database keeps nothing of it, as of `DEFAULT NULL`. */
export async function spellOrDrop(reader: Reader, text: string, context: string, statements: readonly string[], query: string): Promise<string | undefined> {
  const spelling = reader.seen.has(text) ? 'refused' : await reader.scratch.spell(statements, query, context);
  if (spelling === 'nothing') return undefined;
  return spelling === 'refused' ? text : spelling.text;
}

export const nameOf = ({ schema, name }: { readonly schema?: string; readonly name: string }) => quoteName([schema ?? 'public', name]);
export const oidOf = (kind: 'regclass' | 'regtype', name: string) => `${quoteLiteral(name)}::${kind}`;
