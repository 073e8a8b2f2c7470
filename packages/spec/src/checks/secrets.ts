import type { Issue } from '../generated/types.js';
import { pointerTo } from '../pointer.js';
import { findSecrets, redactSecrets } from '../secret.js';

/**
 * No secret stands anywhere in a value, keys included: a plan is read by many and kept in a repository. Works on any value, so that a file that is no
 * context does not show its secrets either.
 */
export function checkSecrets(value: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  visit(value, '', issues);
  return issues;
}

function visit(value: unknown, pointer: string, issues: Issue[]): void {
  if (typeof value === 'string') issues.push(...secretsIn(value, pointer));
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, `${pointer}/${index}`, issues);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      issues.push(...secretsIn(key, pointer));
      visit(item, redactSecrets(pointer + pointerTo(key)), issues);
    }
  }
}

function secretsIn(text: string, pointer: string): readonly Issue[] {
  // Every shape has one of these; most strings of a plan have none.
  if (!/:\/\/|=|-----|_|-|eyJ|AKIA|ASIA|AIza|SG\./.test(text)) return [];
  return findSecrets(text).map(({ kind, redacted }) => ({
    code: 'secret',
    message: `found a ${kind} at ${pointer === '' ? 'the top' : pointer}: ${shorten(redacted)}`,
    pointer,
    hint: 'Remove it, and name the environment variable that holds it instead (`project.databaseUrlVariable`). Change the secret if this file was shared.',
  }));
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 97)}…` : line;
}
