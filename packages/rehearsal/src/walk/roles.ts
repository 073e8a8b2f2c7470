import type { Engine } from '../engine.js';
import type { RunStatement } from './run-migration.js';
import { fromFirstWord } from './statement-mode.js';

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

/** Makes roles without any right where nobody else has the server, so that what is granted to them can be. Returns those that it made. */
export async function makeRoles(engine: Engine, roles: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  if (engine.shared) return made;
  for (const role of roles) if (!(await engine.run(`CREATE ROLE "${role.replaceAll('"', '""')}" NOLOGIN`)).error) made.push(role);
  return made;
}

/** The roles of migrations on an engine: those that were made for them, and those that are not there and cannot be made. */
export interface Roles {
  readonly made: readonly string[];
  readonly missing: readonly string[];
}

/** Roles belong to the server: what a rehearsal may not make stays missing there. */
export async function rolesFor(engine: Engine, texts: Iterable<string>): Promise<Roles> {
  const wanted = rolesIn(texts);
  if (wanted.length === 0) return { made: [], missing: [] };
  const made = await makeRoles(engine, wanted);
  if (engine.ended) return { made, missing: [] };
  const there = new Set((await engine.query<{ readonly name: string }>('SELECT rolname::text AS name FROM pg_roles')).map(({ name }) => name));
  return { made, missing: wanted.filter((name) => !there.has(name)) };
}

/** What is to be said of them, a sentence each. */
export function rolesTold({ made, missing }: Roles, { name, version }: Engine): readonly string[] {
  const listed = (roles: readonly string[]): string => roles.map((role) => `\`${role}\``).join(', ');
  return [
    ...(made.length > 0 ? [`Roles that no migration makes were made for the rehearsal, without rights: ${listed(made)}.`] : []),
    ...(missing.length > 0
      ? [
          `Roles that no migration makes are not there on ${name} ${version}, and a rehearsal makes none on a server: ${listed(missing)}. What is granted to them, or becomes theirs, was not run.`,
        ]
      : []),
  ];
}

/** The missing role that a statement gives something to, where it does nothing else. */
export function givesTo(sql: string, missing: readonly string[]): string | undefined {
  if (missing.length === 0 || !/^(grant|revoke|alter)\b/i.test(fromFirstWord(sql))) return undefined;
  return rolesIn([sql]).find((role) => missing.includes(role));
}

/** Statements of which those that give something to a missing role are not run. */
export function withoutMissing<Statement extends RunStatement>(statements: readonly Statement[], missing: readonly string[]): readonly Statement[] {
  return statements.map((statement) => {
    const role = statement.refused === undefined ? givesTo(statement.sql, missing) : undefined;
    return role === undefined ? statement : { ...statement, refused: `the role \`${role}\` is not there` };
  });
}
