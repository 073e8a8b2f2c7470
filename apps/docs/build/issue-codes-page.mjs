// The reference of issue codes. Their groups are the comments between them in the source.
import { readFileSync } from 'node:fs';
import { issueCodes } from '@planwright/spec/schema';
import { blocks, text } from './markdown.mjs';

const source = new URL('../../../packages/spec/src/issue-codes.ts', import.meta.url);

export function issueCodesPage() {
  const groups = [];
  for (const line of readFileSync(source, 'utf8').split('\n')) {
    const group = /^ {2}\/\/ (.*)/.exec(line)?.[1];
    const code = /^ {2}'?([a-z][a-z0-9-]*)'?: \{/.exec(line)?.[1];
    if (group !== undefined) groups.push({ title: group, codes: [] });
    else if (code !== undefined) groups.at(-1)?.codes.push(code);
  }
  const placed = groups.flatMap(({ codes }) => codes);
  const unknown = placed.filter((code) => !(code in issueCodes));
  const forgotten = Object.keys(issueCodes).filter((code) => !placed.includes(code));
  if (unknown.length + forgotten.length > 0)
    throw new Error(`${[...unknown, ...forgotten].join(', ')}: source and build of packages/spec differ in these codes. Build it first; npm run docs does.`);
  return {
    path: 'reference/issue-codes.md',
    title: 'Codes of issues',
    text: blocks(
      '---\noutline: 2\n---',
      '# Codes of issues',
      'A problem in a file, a context or a document is an issue with a code. The message names what was found and where; here is what a code means and what to do. `planwright explain <code>` prints the same.',
      ...groups.map(({ title, codes }) =>
        blocks(`## ${title}`, ...codes.map((code) => `### ${code}\n\n${text(issueCodes[code].means)}\n\n→ ${text(issueCodes[code].todo)}`)).trimEnd(),
      ),
    ),
  };
}
