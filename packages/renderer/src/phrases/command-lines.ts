import type { Command, Project } from '@planwright/spec';

/** "uv run alembic current": a command as it is typed, after the project's runner where it needs one. */
export function commandLine(command: Pick<Command, 'command' | 'bare'>, project: Pick<Project, 'runner'> | undefined): string {
  return project?.runner === undefined || command.bare ? command.command : `${project.runner} ${command.command}`;
}

/** The lines of a shell block: first into the project's working directory, then what is run there. */
export function shell(project: Pick<Project, 'workingDirectory'> | undefined, ...lines: readonly string[]): string {
  return [...(project?.workingDirectory === undefined ? [] : [`cd ${project.workingDirectory}`]), ...lines].join('\n');
}
