import type { Change, Issue } from '@planwright/spec';
import { reachesOutside } from '../refusals.js';
import type { RunMigration, RunStatement } from './run-migration.js';
import type { Rehearsed } from './subject.js';

interface Earlier {
  readonly id: string;
  readonly file?: string;
  readonly statements: readonly string[];
}

/** What is not run because it plainly reaches outside, each once, with its place. */
export class Refusals {
  readonly issues: Issue[] = [];
  readonly #known = new Set<string>();

  /** An earlier migration without such statements. */
  earlier<Migration extends Earlier>(migration: Migration): Migration {
    const statements = migration.statements.filter((sql) => {
      const reason = reachesOutside(sql);
      if (reason !== undefined) this.#tell(sql, reason, { ...(migration.file && { file: migration.file }) });
      return reason === undefined;
    });
    return { ...migration, statements };
  }

  /** A migration whose statements say why they must not run. */
  rehearsed(migration: Rehearsed, change: Change): Rehearsed {
    const places = change.migrations.flatMap(({ statements, down }) => [...statements, ...(down?.statements ?? [])]);
    const judged = <Statement extends RunStatement>(statement: Statement): Statement => {
      const reason = reachesOutside(statement.sql);
      if (reason === undefined) return statement;
      const place = places.find(({ id, sql }) => sql === statement.sql || (id !== undefined && id === statement.id));
      this.#tell(statement.sql, reason, place ?? {});
      return { ...statement, refused: reason };
    };
    const down: RunMigration | undefined = migration.down && { ...migration.down, statements: migration.down.statements.map(judged) };
    return { ...migration, statements: migration.statements.map(judged), ...(down && { down }) };
  }

  #tell(sql: string, reason: string, { file, line, column }: Pick<Issue, 'file' | 'line' | 'column'>): void {
    if (this.#known.has(sql)) return;
    this.#known.add(sql);
    const start = sql.replace(/\s+/g, ' ');
    this.issues.push({
      code: 'reaches-outside',
      message: `\`${start.length > 80 ? `${start.slice(0, 79)}…` : start}\` was not run: ${reason}.`,
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      hint: 'Move it out of the migration, or see for yourself what it does.',
    });
  }
}
