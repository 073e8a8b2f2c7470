import type { Engine } from '../engine.js';
import { fromFirstWord } from './statement-mode.js';

const created = /^create\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|([\w-]+))/i;
const aboutExtension = /^(?:comment\s+on|alter|drop)\s+extension\s+(?:if\s+exists\s+)?(?:"([^"]+)"|([\w-]+))/i;

/** Extensions that statements create, by their SQL names. */
export function extensionsOf(texts: Iterable<string>): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    if (!/extension/i.test(text)) continue;
    const name = nameIn(created, text);
    if (name !== undefined) found.add(name);
  }
  return [...found].sort();
}

/** The extension that a statement creates or is about. */
export function extensionIn(sql: string): string | undefined {
  return /extension/i.test(sql) ? (nameIn(created, sql) ?? nameIn(aboutExtension, sql)) : undefined;
}

function nameIn(form: RegExp, sql: string): string | undefined {
  const [, quoted, plain] = form.exec(fromFirstWord(sql)) ?? [];
  return quoted ?? plain?.toLowerCase();
}

/** Those of the extensions that the engine does not have. */
export async function unavailable(engine: Engine, extensions: readonly string[]): Promise<readonly string[]> {
  if (extensions.length === 0) return [];
  const rows = await engine.query<{ readonly name: string }>(
    'SELECT name::text AS name FROM pg_available_extensions UNION SELECT extname::text FROM pg_extension',
  );
  const there = new Set(rows.map(({ name }) => name));
  return extensions.filter((name) => !there.has(name));
}
