import { fileName } from '../layouts/paths.js';
import type { SourceFile } from '../project.js';
import type { ProjectFiles } from '../project-files.js';
import type { DatabaseName } from './framework.js';

/** What a database is called in configuration files. */
const databaseNames: Readonly<Record<string, DatabaseName>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  pg: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  turso: 'sqlite',
};

/** The database that a word of a configuration file means. */
export function databaseOf(word: string | undefined): DatabaseName | undefined {
  return word === undefined ? undefined : databaseNames[word.toLowerCase()];
}

/** The database that a folder is named after: `migrations/postgres`, `migrations_postgres`, `drizzle-pg`. */
export function databaseOfPath(path: string): DatabaseName | undefined {
  const words = path.split(/[/_.-]/).reverse();
  return words.flatMap((word) => databaseOf(word) ?? [])[0];
}

/** The first file of this name, no SQL, whose text matches; the nearest to the folder first. */
export function clue(files: ProjectFiles, name: RegExp, text: RegExp, folder = ''): { readonly file: SourceFile; readonly match: RegExpExecArray } | undefined {
  for (const file of nearestFirst(
    files.others.filter((candidate) => name.test(fileName(candidate.path))),
    folder,
  )) {
    const match = text.exec(file.text);
    if (match) return { file, match };
  }
  return undefined;
}

/** Files ordered by how much of their path they share with a folder; shorter paths first among equals. */
function nearestFirst(files: readonly SourceFile[], folder: string): readonly SourceFile[] {
  return [...files].sort((one, other) => shared(other.path, folder) - shared(one.path, folder) || one.path.length - other.path.length);
}

function shared(path: string, folder: string): number {
  const parts = path.split('/');
  const wanted = folder.split('/');
  let count = 0;
  while (count < wanted.length && parts[count] === wanted[count]) count++;
  return count;
}

/** The major version of a package in the nearest package.json that lists it. */
export function packageVersion(files: ProjectFiles, name: string, folder: string): string | undefined {
  const found = clue(files, /^package\.json$/, new RegExp(`"${name}"\\s*:\\s*"[^"\\d]*(\\d+)`), folder);
  return found?.match[1];
}

/** Words that only one of the databases knows. Backticks count where a column's type follows. */
const dialects: readonly (readonly [DatabaseName, RegExp])[] = [
  ['mysql', /`\w+`\s+(?:\w+)|\bAUTO_INCREMENT\b|\bENGINE\s*=/gi],
  ['sqlite', /\bAUTOINCREMENT\b|^\s*PRAGMA\b|\bWITHOUT\s+ROWID\b/gim],
  [
    'postgresql',
    /\b(?:BIG|SMALL)?SERIAL\b|\bjsonb\b|\btimestamptz\b|\bwith(?:out)?\s+time\s+zone\b|\buuid\b|\$\$|::\w|\bALTER\s+COLUMN\b|\bTEXT\[\]|\bCREATE\s+EXTENSION\b/gi,
  ],
];

/** By so many words more than any other a database is told, whatever the files say that follow. */
const clearly = 20;

/** The database whose words the SQL uses most, and the first file that uses one. */
export function databaseOfSql(files: readonly SourceFile[]): { readonly name: DatabaseName; readonly from: string } | undefined {
  const counted = dialects.map(([name, words]) => ({ name, words, count: 0, from: '' }));
  // The first files make the tables, and types are named there.
  for (const { path, text } of files.slice(0, 50)) {
    const code = withoutRemarks(text.slice(0, 10_000));
    for (const one of counted) {
      const uses = code.match(one.words)?.length ?? 0;
      if (one.count === 0 && uses > 0) one.from = path;
      one.count += uses;
    }
    counted.sort((one, other) => other.count - one.count);
    const [most, next] = counted;
    if (most && next && most.count - next.count >= clearly) break;
  }
  const [most] = counted;
  return most && most.count > 0 ? { name: most.name, from: most.from } : undefined;
}

/** Comments and strings hold words of any kind. */
function withoutRemarks(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ');
}
