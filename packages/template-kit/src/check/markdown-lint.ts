import type { Issue } from '@planwright/spec';
import type { Configuration } from 'markdownlint';
import type { RenderedExample } from './checks.js';

/**
 * Rules about what a reader or parser could stumble on. Left out are those that literal headings and labels of the templates break on
 * purpose (bold labels, lists right after a label, repeated headings), and those that judge the values and not the template.
 */
const config: Configuration = {
  default: false,
  MD003: { style: 'atx' },
  MD004: { style: 'dash' },
  MD005: true,
  MD009: { br_spaces: 2 },
  MD010: { code_blocks: false },
  MD012: true,
  MD018: true,
  MD019: true,
  MD022: { lines_below: 0 },
  MD023: true,
  MD033: { allowed_elements: ['br', 'code', 'artifact'] },
  MD035: { style: '---' },
  MD039: true,
  MD042: true,
  MD047: true,
  MD048: { style: 'backtick' },
  MD051: true,
  MD055: { style: 'leading_and_trailing' },
  MD056: true,
  MD058: true,
};

/** What markdownlint finds in the documents. */
export async function markdownLint({ rendered }: RenderedExample): Promise<readonly Issue[]> {
  const { lint } = await import('markdownlint/sync');
  const strings = Object.fromEntries(rendered.files.filter(({ path }) => path.endsWith('.md')).map(({ path, text }) => [path, text]));
  return Object.entries(lint({ strings, config })).flatMap(([file, errors]) =>
    errors.map(({ ruleNames, ruleDescription, errorDetail, errorContext, lineNumber }) => ({
      code: ruleNames[0] ?? 'markdown',
      message: [ruleDescription, errorDetail, errorContext].filter((part) => part).join(': '),
      file,
      line: lineNumber,
    })),
  );
}
