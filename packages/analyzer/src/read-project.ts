import type { Issue, Provenance, Target } from '@planwright/spec';
import type { DatabaseName, Evidence, FrameworkEntry } from './frameworks/framework.js';
import { databaseOfPath, databaseOfSql } from './frameworks/project-clues.js';
import { frameworks } from './generated/frameworks.js';
import type { MigrationFolder, Project, SourceFile } from './project.js';
import { ProjectFiles } from './project-files.js';

/** What a person has said of the project; it goes before what is found. */
export interface ProjectWishes {
  /** Framework id. */
  readonly framework?: string;
  readonly database?: DatabaseName;
  /** Folder of the migrations. */
  readonly folder?: string;
}

interface Claim {
  readonly entry: FrameworkEntry;
  readonly folder: MigrationFolder;
  readonly evidence: Evidence;
}

interface Candidate extends Claim {
  readonly database: { readonly name: DatabaseName; readonly provenance: Provenance } | undefined;
}

/** Finds a project's migrations. Several folders of them are no error: one is taken, and an issue names the others. Without any, an issue says what was looked for. */
export function readProject(files: readonly SourceFile[], wishes: ProjectWishes = {}): Project | { readonly issues: readonly Issue[] } {
  const wanted = wishes.folder?.replace(/\/+$/, '').replace(/^\.\//, '');
  const candidates = candidatesIn(files, wishes).filter(({ folder }) => wanted === undefined || folder.folder === wanted);
  const [chosen, ...others] = candidates.sort(better);
  if (!chosen) return { issues: [noMigrations(files, wishes)] };
  const rivals = others.filter(({ folder }) => folder.folder !== chosen.folder.folder);
  const issues: Issue[] = [...chosen.folder.issues];
  if (rivals.length > 0) {
    issues.push({
      code: 'several-migration-folders',
      message: `Migrations were found in ${rivals.length + 1} folders; those of ${shown(chosen)} were taken, not ${rivals.map(shown).join(', ')}.`,
      severity: 'warning',
      hint: 'Name the folder to choose another.',
    });
  }
  if (!chosen.database) {
    issues.push({
      code: 'database-assumed',
      message: `Nothing says which database the migrations in ${shown(chosen)} are for; PostgreSQL was assumed.`,
      severity: 'warning',
      hint: 'Name the database in the configuration.',
    });
  }
  const variable = chosen.evidence.databaseUrlVariable;
  const { folder, migrations } = chosen.folder;
  return { folder, migrations, issues, target: targetOf(chosen, wishes), ...(variable === undefined ? {} : { databaseUrlVariable: variable }) };
}

function candidatesIn(given: readonly SourceFile[], wishes: ProjectWishes): Candidate[] {
  const files = new ProjectFiles(given);
  const best = new Map<string, Claim>();
  for (const entry of frameworks) {
    if (!entry.read || !entry.detect || (wishes.framework !== undefined && entry.id !== wishes.framework)) continue;
    for (const folder of entry.read(files)) {
      const evidence = entry.detect(files, folder) ?? (wishes.framework === undefined ? undefined : { strength: 1 as const });
      const rival = best.get(folder.folder);
      if (!evidence || (rival && rival.evidence.strength >= evidence.strength) || folder.migrations.length === 0) continue;
      best.set(folder.folder, { entry, folder, evidence });
    }
  }
  // SQL is searched for words of a database only where a claim has prevailed.
  return [...best.values()].map((claim) => ({ ...claim, database: databaseFor(claim.folder, claim.evidence, wishes) }));
}

function databaseFor(folder: MigrationFolder, evidence: Evidence, wishes: ProjectWishes): Candidate['database'] {
  if (wishes.database) return { name: wishes.database, provenance: { how: 'given' } };
  if (evidence.database) return { name: evidence.database.name, provenance: { how: 'detected', from: evidence.database.from } };
  const named = databaseOfPath(folder.folder);
  if (named) return { name: named, provenance: { how: 'detected', from: folder.folder } };
  const written = databaseOfSql(folder.migrations.map(({ up }) => up));
  return written && { name: written.name, provenance: { how: 'detected', from: written.from } };
}

/** The clearer evidence goes first, then PostgreSQL, which is analysed best, then the longer history. */
function better(one: Candidate, other: Candidate): number {
  const postgresql = (candidate: Candidate): number => ((candidate.database?.name ?? 'postgresql') === 'postgresql' ? 1 : 0);
  return (
    other.evidence.strength - one.evidence.strength ||
    postgresql(other) - postgresql(one) ||
    other.folder.migrations.length - one.folder.migrations.length ||
    (one.folder.folder < other.folder.folder ? -1 : 1)
  );
}

function targetOf({ entry, evidence, database, folder }: Candidate, wishes: ProjectWishes): Target {
  const from = evidence.from ?? folder.migrations[0]?.up.path;
  return {
    database: database?.name ?? 'postgresql',
    framework: entry.id,
    ...(evidence.frameworkVersion ? { frameworkVersion: evidence.frameworkVersion } : {}),
    detection: {
      framework: wishes.framework === undefined ? { how: 'detected', ...(from === undefined ? {} : { from }) } : { how: 'given' },
      ...(database ? { database: database.provenance } : {}),
    },
  };
}

function shown({ folder }: Candidate): string {
  return folder.folder === '' ? "the project's own folder" : folder.folder;
}

function noMigrations(files: readonly SourceFile[], wishes: ProjectWishes): Issue {
  const where = wishes.folder === undefined ? '' : ` in ${wishes.folder}`;
  const sql = files.filter(({ path }) => path.endsWith('.sql')).length;
  return {
    code: 'no-migrations',
    message: `No migrations were found${where} among ${files.length} files, ${sql} of them SQL.`,
    hint: 'Expected is `migrations/<id>/migration.sql`, `<id>/up.sql`, `<id>.up.sql`, or numbered SQL files.',
  };
}
