import type { BreakingRows, Comparison, Evidence, MigrationEvidence, QueryEvidence } from '@planwright/spec';
import type { SchemaComparison } from '../compare-schemas.js';
import type { Engine } from '../engine.js';
import type { Rehearsal } from './rehearsal.js';

/** What is compared with what. */
export type Compared = Pick<Comparison, 'kind' | 'migration' | 'what'>;

/** What was recorded of a rehearsal so far. */
export class Recorded {
  readonly #migrations: MigrationEvidence[] = [];
  readonly #queries: QueryEvidence[] = [];
  readonly #breaking: BreakingRows[] = [];
  readonly #comparisons: Comparison[] = [];
  readonly #notes = new Set<string>();
  /** Rows that tables were given, by their names. */
  rows: Readonly<Record<string, number>> = {};

  /** Each sentence once. */
  note(...sentences: readonly string[]): void {
    for (const sentence of sentences) this.#notes.add(sentence);
  }

  migration(ran: MigrationEvidence): void {
    this.#migrations.push(ran);
  }

  get lastMigration(): MigrationEvidence | undefined {
    return this.#migrations.at(-1);
  }

  /** The failure of the last migration is not its own: it counts as not run. */
  excuseLast(why: string): void {
    const last = this.#migrations.pop();
    if (last) this.#migrations.push(withoutFailure(last, why));
  }

  query(asked: QueryEvidence): void {
    this.#queries.push(asked);
  }

  breaking(tried: readonly BreakingRows[]): void {
    this.#breaking.push(...tried);
  }

  /** Of what differs, or of why nothing could be compared: a sentence each. */
  comparison(about: Compared, differences: readonly string[]): void {
    this.#comparisons.push({ ...about, equal: differences.length === 0, ...told(differences) });
  }

  schemas(about: Compared, { equal, strict, differences }: SchemaComparison): void {
    this.#comparisons.push({ ...about, equal, strict, ...told(differences) });
  }

  evidence({ name, version }: Pick<Engine, 'name' | 'version'>, { seed, refused }: Rehearsal): Evidence {
    const filled = Object.keys(this.rows).length > 0;
    return {
      engine: { name, version },
      ...(filled && { seed, rows: { ...this.rows } }),
      migrations: this.#migrations,
      ...(this.#queries.length > 0 && { queries: this.#queries }),
      ...(this.#breaking.length > 0 && { breaking: this.#breaking }),
      ...(this.#comparisons.length > 0 && { comparisons: this.#comparisons }),
      ...(refused.length > 0 && { refused: [...refused] }),
      ...(this.#notes.size > 0 && { notes: [...this.#notes] }),
    };
  }
}

function told(differences: readonly string[]): Pick<Comparison, 'differences'> {
  return differences.length > 0 ? { differences: [...differences] } : {};
}

/** A migration whose error is not its own: it counts as not run, with the reason. */
export function withoutFailure(evidence: MigrationEvidence, why: string): MigrationEvidence {
  return {
    ...evidence,
    statements: evidence.statements.map((statement) => (statement.error === undefined ? statement : { ...statement, error: `not run: ${why}` })),
  };
}
