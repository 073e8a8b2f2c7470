import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One statement of the project's own set. */
export interface OwnStatement {
  /** What it shows: `A nullable column`. */
  readonly title: string;
  readonly sql: string;
  readonly line: number;
  /** Makes rows that break it, for one that rows can break. */
  readonly dirty?: string;
  /** Makes rows that do not, where those of the schema do. */
  readonly clean?: string;
  /** Takes back what it did, for one that cannot run in a transaction. */
  readonly undo?: string;
  /** What it breaks of running code or loses of data: such a statement is not harmless, whatever it locks. */
  readonly breaks?: string;
  /** The schema, or any row, stands in its way: PostgreSQL refuses it with clean rows too. */
  readonly refused?: string;
}

/** A schema with rows, and statements on it. */
export interface OwnSchema {
  readonly name: string;
  readonly before: string;
  readonly rows: string;
  readonly statements: readonly OwnStatement[];
}

const folder = fileURLToPath(new URL('../../hazard-statements', import.meta.url));

/** The project's own set, as it is written in `hazard-statements/<schema>/`. */
export function readOwnStatements(): readonly OwnSchema[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const text = (file: string) => readFileSync(join(folder, name, file), 'utf8');
      return { name, before: text('before.sql'), rows: text('rows.sql'), statements: statementsIn(text('statements.sql')) };
    });
}

/** Statements stand apart by an empty line, each below its title and what else is to be known of it: `-- dirty: DELETE FROM …`. */
function statementsIn(text: string): readonly OwnStatement[] {
  let line = 1;
  return text.split('\n\n').flatMap((block) => {
    const at = line;
    line += block.split('\n').length + 1;
    const lines = block.trim().split('\n');
    const comments = lines.filter((each) => each.startsWith('-- ')).map((each) => each.slice(3));
    const sql = lines.filter((each) => !each.startsWith('-- ')).join('\n');
    if (sql === '') return [];
    const facts = comments.slice(1).map((comment) => {
      const [, key = '', value = ''] = /^(dirty|clean|undo|breaks|refused): (.*)$/.exec(comment) ?? [];
      if (key === '') throw new Error(`hazard-statements, line ${at}: a statement has a title, and lines "dirty", "clean", "undo", "breaks", "refused".`);
      return [key, value];
    });
    return [{ title: comments[0] ?? '', sql: sql.replace(/;\s*$/, ''), line: at, ...Object.fromEntries(facts) } as OwnStatement];
  });
}
