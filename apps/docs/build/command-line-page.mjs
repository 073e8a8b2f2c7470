// The reference of the command line, from the commands themselves.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { build } from 'esbuild';
import { blocks, code, fence, text } from './markdown.mjs';

const sources = fileURLToPath(new URL('../../cli/src/', import.meta.url));

export async function commandLinePage() {
  const program = await createProgram();
  return {
    path: 'reference/command-line.md',
    title: 'Command line',
    text: blocks(
      '# Command line',
      text(program.description()),
      after(program),
      ...program.commands.flatMap((command) => (command.commands.length > 0 ? [...command.commands] : [command])).map(commandPart),
      exitCodes,
    ),
  };
}

const exitCodes = `## Exit codes

| code | meaning |
| --- | --- |
| 0 | done |
| 1 | findings: with \`--check\`, a document would change |
| 2 | wrong usage or invalid input; nothing was written |
| 70 | a bug of planwright; nothing was written |

Results go to standard output: the paths of the documents, or JSON with \`--format json\`. Everything that is meant for people goes to standard error.`;

function commandPart(command) {
  const name = nameOf(command);
  const help = command.createHelp();
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  return blocks(
    `## ${name}`,
    text(command.description()),
    fence('sh', `planwright ${name}${command.usage() === '[options]' ? '' : ` ${command.usage()}`}`),
    [
      ...help.visibleArguments(command).map((argument) => `- ${code(help.argumentTerm(argument))}  \n  ${text(sentence(help.argumentDescription(argument)))}`),
      ...options.map((option) => `- ${code(option.flags)}  \n  ${text(optionDescription(option))}`),
    ].join('\n'),
    after(command),
  ).trimEnd();
}

function nameOf(command) {
  return command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();
}

function optionDescription({ description, argChoices, defaultValue }) {
  const more = [...(argChoices ? [`one of ${argChoices.join(', ')}`] : []), ...(typeof defaultValue === 'string' ? [`default: ${defaultValue}`] : [])];
  return sentence(`${description}${more.length > 0 ? ` (${more.join('; ')})` : ''}`);
}

// Help lines begin small and end without a full stop; on a page they are sentences.
function sentence(words) {
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;
}

/** What the command adds after its help: examples, mostly. */
function after(command) {
  const written = [];
  command.configureOutput({ writeOut: (part) => written.push(part) });
  command.outputHelp();
  const own = written.join('').slice(command.helpInformation().length).trim();
  const [, examples, rest] = /^Examples?:\n([\s\S]*?)(?:\n\n([\s\S]*))?$/.exec(own) ?? [];
  if (examples === undefined) return own === '' ? undefined : text(own);
  const lines = examples.split('\n').map((line) =>
    line
      .trim()
      .replace(/^\$ /, '')
      .replace(/ {2,}(\S.*)$/, '  # $1'),
  );
  return [fence('sh', lines.join('\n')), ...(rest ? [text(rest)] : [])].join('\n\n');
}

// The commands are bundled from their sources, because the command line is no export of the package; what they load when they run stays outside.
async function createProgram() {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { createProgram } from './commands/index.js'; export { createTerminal } from './terminal.js';",
      resolveDir: sources,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
    plugins: [
      {
        name: 'lazy',
        setup: ({ onResolve }) => onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
      },
    ],
  });
  const module = { exports: {} };
  vm.runInThisContext(`(function (module, exports, require) {${outputFiles[0].text}\n})`)(module, module.exports, createRequire(sources));
  const silent = { write: () => undefined, columns: 200 };
  return module.exports.createProgram(module.exports.createTerminal(silent, silent, {}), () => undefined);
}
