import { ruleExamples } from '../generated/rule-examples.js';
import type { KnownRule } from './rule.js';

const danger: Readonly<Record<KnownRule['verdict'], string>> = {
  lock: 'a danger of **locks**: it holds up those who read or write while it runs',
  data: 'a danger of **data**: rows that exist can make it fail, or are lost',
  code: 'a danger of **code**: a release that runs today breaks',
  advice: '**house style**: no danger, and reported only with `--advice`',
};

/** What there is to say of a rule, as Markdown: its page on the site, and what `planwright explain` prints. */
export function rulePage(rule: KnownRule): string {
  const { before = '', unsafe = '', safe } = ruleExamples[rule.id] ?? {};
  const parts = [
    `# ${rule.id}`,
    `${rule.title}.`,
    `It is ${danger[rule.verdict]}.`,
    rule.why,
    before.trim() === '' ? '' : `With this schema before it:\n\n${sql(before)}`,
    `This is reported:\n\n${sql(unsafe)}`,
    '## What to do',
    rule.instead,
    safe === undefined ? '' : `The plan makes of it:\n\n${sql(safe)}`,
    rule.verdict === 'advice'
      ? ''
      : `## Accepting it\n\nWhere the danger is known and wanted, say so beside the statement, with the reason. The plan shows who accepted what:\n\n${sql(`-- planwright: accept ${rule.id} because …`)}`,
    rule.sources.length === 0 ? '' : `## Sources\n\n${rule.sources.map((source) => `- <${source}>`).join('\n')}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sql(text: string): string {
  return `\`\`\`sql\n${text.trim()}\n\`\`\``;
}
