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

/** Roles that statements grant to, make owners or write policies for, and that migrations do not make: roles belong to the server. */
export function rolesIn(texts: Iterable<string>): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    if (!/^(grant|revoke|alter|create\s+policy|create\s+schema|drop\s+policy)\b/i.test(fromFirstWord(text)) || text.length > 20_000) continue;
    const lists = text.matchAll(/\b(?:to|from|owner\s+to|for\s+role|authorization)\s+((?:"[^"]+"|[a-z_][\w$]*)(?:\s*,\s*(?:"[^"]+"|[a-z_][\w$]*))*)/gi);
    const asked = /^(grant|revoke)\b|\bowner\s+to\b|^create\s+policy\b|\bdefault\s+privileges\b|\bauthorization\b/i.test(fromFirstWord(text));
    if (!asked) continue;
    for (const [, list = ''] of lists)
      for (const name of list.split(',')) found.add(name.trim().startsWith('"') ? name.trim().slice(1, -1) : name.trim().toLowerCase());
  }
  for (const own of ['public', 'current_user', 'current_role', 'session_user', 'select', 'group']) found.delete(own);
  return [...found].sort();
}

/** Makes roles without any right where the session may, so that what is granted to them can be. Returns those that it made. */
export async function makeRoles(engine: Engine, roles: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  for (const role of roles) if (!(await engine.run(`CREATE ROLE "${role.replaceAll('"', '""')}" NOLOGIN`)).error) made.push(role);
  return made;
}
