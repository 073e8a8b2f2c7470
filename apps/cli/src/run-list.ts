import { type ExitCode, exitCode } from './exit-code.js';
import { InvalidInput } from './invalid-input.js';
import { printIssues } from './print-issues.js';
import { readProjectFiles } from './project-files.js';
import type { Terminal } from './terminal.js';

/** `planwright list`: the official templates; with a folder, the migrations that were found there. */
export async function runList(terminal: Terminal, folder: string | undefined, { format }: { readonly format: 'text' | 'json' }): Promise<ExitCode> {
  const { templates } = await import('@planwright/templates');
  const list = templates.map(({ manifest, version, outputs }) => ({
    name: manifest.name,
    version,
    title: manifest.title,
    description: manifest.description ?? '',
    files: outputs.map(({ file }) => file),
  }));
  const project = folder === undefined ? undefined : await projectIn(folder);
  if (format === 'json') {
    terminal.out(
      `${JSON.stringify({ templates: list, ...(project && { target: project.target, folder: project.folder, migrations: project.migrations.map(({ id, up, down }) => ({ id, up: up.path, ...(down && { down: down.path }) })) }) }, null, 2)}\n`,
    );
    return exitCode.done;
  }
  const { colors } = terminal;
  if (!project) {
    const width = Math.max(...list.map(({ name }) => name.length));
    for (const { name, description, files } of list)
      terminal.out(`${colors.bold(name.padEnd(width))}  ${description}\n${' '.repeat(width)}  ${colors.dim(files.join(', '))}\n`);
    return exitCode.done;
  }
  printIssues(terminal, project.issues);
  terminal.err(
    `${project.target.framework} · ${project.target.database} · ${project.migrations.length} ${project.migrations.length === 1 ? 'migration' : 'migrations'} in ${project.folder || '.'}\n`,
  );
  for (const { id, up, down } of project.migrations) terminal.out(`${id}  ${colors.dim(down ? `${up.path}, ${down.path}` : up.path)}\n`);
  return exitCode.done;
}

async function projectIn(folder: string) {
  const { files } = await readProjectFiles(folder);
  const { readProject } = await import('@planwright/analyzer');
  const project = readProject(files);
  if (!('migrations' in project)) throw new InvalidInput(project.issues.map((issue) => ({ file: folder, ...issue })));
  return project;
}
