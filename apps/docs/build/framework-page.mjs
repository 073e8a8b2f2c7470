// The table of frameworks, from the registry of the analyzer.
import { frameworks } from '@planwright/analyzer';
import { blocks, code, text } from './markdown.mjs';

export function frameworkPage() {
  const read = frameworks.filter((entry) => entry.read);
  const known = frameworks.filter((entry) => !entry.read);
  return {
    path: 'reference/frameworks.md',
    title: 'Frameworks',
    text: blocks(
      '# Frameworks',
      'The tools whose migration files are read. Which one a project uses is found in its files; `target.framework` in `planwright.config.yaml` says it where that fails.',
      ...read.map(part),
      known.length > 0 ? '## Not read yet' : undefined,
      known.length > 0
        ? `The files of ${known.map(({ conventions: { framework } }) => framework.name).join(' and ')} are not read yet. A context written by hand may name them as \`target.framework\`: their commands, file names and ways back are known.`
        : undefined,
    ),
  };
}

function part({ id, conventions: { framework } }) {
  const facts = [
    framework.naming && `- Files: ${code(framework.naming)}`,
    framework.transaction && `- Transaction: ${text(framework.transaction)}`,
    framework.goingBack && `- Going back: ${text(framework.goingBack)}`,
    framework.documentation?.url && `- Manual: [${text(framework.documentation.title)}](${framework.documentation.url})`,
  ].filter(Boolean);
  return `## ${framework.name}\n\n${code(id)}\n\n${facts.join('\n')}`;
}
