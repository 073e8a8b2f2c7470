import { writable } from './characters.js';

/** A fenced block that holds exactly `content`: the fence is longer than the longest run of backticks inside, at least three. `indent` stands before both fences. */
export function fence(language: string, content: string, indent = ''): string {
  const body = writable(content).replace(/\n+$/, '');
  let longest = 2;
  if (body.includes('```')) for (const run of body.match(/`{3,}/g) ?? []) longest = Math.max(longest, run.length);
  const mark = '`'.repeat(longest + 1);
  const info = language.replace(/[^\w+#.-]/g, '');
  return `${indent}${mark}${info}\n${body}${body === '' ? '' : '\n'}${indent}${mark}`;
}
