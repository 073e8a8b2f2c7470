import type { History, SourceFile } from '@planwright/analyzer';
import type { Project, Snapshot } from '@planwright/spec';

// More names than these would bury the number.
const fewTables = 12;

/** What the files and the schema before the change say of the project: its name, the variable of its connection, how many tables there are. */
export function projectFacts({ project }: History, files: readonly SourceFile[], before: Snapshot): Project {
  const name = nameOf(files);
  const tables = before.tables.filter(({ partitionOf }) => partitionOf === undefined);
  const document = files.find(({ path }) => path.endsWith('schema.prisma'))?.path;
  return {
    ...(name !== undefined && { name }),
    ...(project.databaseUrlVariable !== undefined && { databaseUrlVariable: project.databaseUrlVariable }),
    existingSchema: {
      tables: tables.length,
      ...(document !== undefined && { document }),
      ...(tables.length > 0 &&
        tables.length <= fewTables && { names: tables.map(({ schema, name: table }) => (schema === undefined ? table : `${schema}.${table}`)) }),
    },
  };
}

/** The name in the project's own manifest: that of its folder, not of a folder below. */
function nameOf(files: readonly SourceFile[]): string | undefined {
  for (const { path, text } of files) {
    if (path === 'package.json') {
      const found = /"name"\s*:\s*"([^"\\]+)"/.exec(text)?.[1];
      if (found !== undefined) return found;
    } else if (path === 'pyproject.toml' || path === 'Cargo.toml') {
      const found = /^\s*name\s*=\s*["']([^"'\n]+)["']/m.exec(text)?.[1];
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
