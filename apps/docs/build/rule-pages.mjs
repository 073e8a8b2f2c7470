// A page for each hazard rule, made from the rule itself, and the list of them.
import { ruleDocs, rulePage, rules } from '@planwright/analyzer';
import { blocks, text } from './markdown.mjs';

const verdicts = [
  ['lock', 'Locks', 'Somebody waits: a strong lock is held for as long as rows are read or written.'],
  ['data', 'Data', 'Rows that exist make it fail, or are lost.'],
  ['code', 'Code', 'A release that runs today breaks.'],
  ['advice', 'House style', 'No danger; reported only with `--advice`.'],
];

/** The index first, then by id. */
export function rulePages() {
  const pages = rules.map((rule) => ({ path: `rules/${rule.database}/${rule.id}.md`, title: rule.id, text: rulePage(rule) }));
  return [{ path: 'rules/index.md', title: 'Hazards', text: index() }, ...pages];
}

function index() {
  return blocks(
    '# Hazards',
    `${rules.length} rules find what is dangerous of a statement for PostgreSQL. Each looks at the statement, the schema before it, the transaction around it, the version of the database and, where they are known, the sizes of tables. \`planwright analyze\` reports them, the plan answers them with safe steps, and \`planwright explain <rule>\` prints these pages.`,
    ...verdicts.map(([verdict, title, about]) => {
      const own = rules.filter((rule) => rule.verdict === verdict);
      return own.length === 0
        ? ''
        : `## ${title}\n\n${about}\n\n| rule | what it finds |\n| --- | --- |\n${own.map((rule) => `| [${rule.id}](${new URL(ruleDocs(rule)).pathname}) | ${text(rule.title)} |`).join('\n')}`;
    }),
  );
}
