import type { History, HistoryMigration } from '@planwright/analyzer';
import { type Issue, nearest } from '@planwright/spec';

/** Which migrations of a history a plan covers. */
export interface Choice {
  /** Ids, or the ends or beginnings of ids where only one migration has them. */
  readonly migrations?: readonly string[];
  /** Paths of files that were added or changed: the migrations that they belong to. */
  readonly changed?: readonly string[];
}

/** The chosen migrations in the history's order; the newest one when nothing is chosen. */
export function chooseMigrations(
  { migrations: all }: History,
  { migrations, changed }: Choice,
): { readonly chosen: readonly HistoryMigration[]; readonly issues: readonly Issue[] } {
  if (migrations) return byName(all, migrations);
  if (changed) {
    const paths = new Set(changed);
    const chosen = all.filter(({ source }) => paths.has(source.up.path) || (source.down !== undefined && paths.has(source.down.path)));
    return chosen.length > 0
      ? { chosen, issues: [] }
      : {
          chosen,
          issues: [
            {
              code: 'no-changed-migration',
              message: `None of the ${changed.length} changed files is a migration of this project.`,
              hint: 'Name the migrations to plan.',
            },
          ],
        };
  }
  const newest = all.at(-1);
  return newest
    ? { chosen: [newest], issues: [] }
    : {
        chosen: [],
        issues: [{ code: 'no-migrations', message: 'The history holds no migration.', hint: 'Add a migration, or name the folder that has them.' }],
      };
}

function byName(all: readonly HistoryMigration[], names: readonly string[]): ReturnType<typeof chooseMigrations> {
  const issues: Issue[] = [];
  const found = new Set<HistoryMigration>();
  for (const name of names) {
    const exact = all.filter(({ source }) => source.id === name || source.name === name);
    const matches = exact.length > 0 ? exact : all.filter(({ source }) => source.id.endsWith(name) || source.id.startsWith(name));
    const [match] = matches;
    if (matches.length === 1 && match) found.add(match);
    else if (matches.length > 1)
      issues.push({
        code: 'ambiguous-migration',
        message: `'${name}' is the name of ${matches.length} migrations: ${matches
          .slice(0, 5)
          .map(({ source }) => source.id)
          .join(', ')}.`,
        hint: 'Give the whole id.',
      });
    else {
      const near = nearest(
        name,
        all.map(({ source }) => source.id),
      );
      issues.push({
        code: 'unknown-migration',
        message: `No migration is called '${name}'${near ? `: did you mean '${near}'?` : '.'}`,
        hint: 'Give the id of a migration as the framework has it.',
      });
    }
  }
  return { chosen: all.filter((migration) => found.has(migration)), issues };
}
