import { readSnapshot } from '../catalogue.js';
import type { Engine } from '../engine.js';
import { fillRows } from '../rows/fill-rows.js';
import { tableKey } from '../rows/table-order.js';
import { createExpected, lacks } from './expected-extensions.js';
import { keyOf } from './key.js';
import { makeBefore } from './made-before.js';
import { extensionIn, unavailable } from './missing.js';
import type { Recorded } from './recorded.js';
import type { Rehearsal } from './rehearsal.js';
import { replay } from './replay.js';
import { givesTo, rolesFor, rolesIn, rolesTold } from './roles.js';
import { rowsToSatisfy } from './rows-to-satisfy.js';
import { spoken } from './run-migration.js';

/** Makes the schema before the change on scratch databases, and its rows. */
export class Preparation {
  /** Roles that no migration makes and that an engine does not have. */
  missingRoles: readonly string[] = [];

  constructor(
    private readonly rehearsal: Rehearsal,
    private readonly record: Recorded,
  ) {}

  /** Under this name a database with the history may have been kept. */
  async keptName(): Promise<string | undefined> {
    const { history, extensions, texts } = this.rehearsal;
    return history.length > 0 ? keyOf({ history, extensions, roles: rolesIn(texts) }) : undefined;
  }

  async prepare(engine: Engine, kept: string | undefined): Promise<void> {
    const { history, context, texts, extensions, rows } = this.rehearsal;
    const lacking = await this.#lacking(engine);
    if (!engine.kept) {
      const roles = await rolesFor(engine, texts);
      this.missingRoles = roles.missing;
      this.record.note(...rolesTold(roles, engine));
      const whole = await this.#replayHistory(engine, lacking);
      const { before } = context.change;
      if (history.length === 0 && before) this.record.note(...(await makeBefore(engine, before, extensions)));
      if (whole && kept !== undefined) await engine.keep?.(kept);
    }
    if (rows > 0 && !engine.ended) await this.#fill(engine);
  }

  /** Extensions that are not there; those that nobody creates are, where they can be. */
  async #lacking(engine: Engine): Promise<ReadonlySet<string>> {
    const { extensions, expected } = this.rehearsal;
    const missing = await unavailable(engine, extensions);
    const made = await createExpected(engine, expected, missing);
    this.record.note(...made.notes);
    const lacking = new Set([...missing, ...made.lacking]);
    for (const name of lacking)
      if (!expected.has(name))
        this.record.note(
          `The extension \`${name}\` is not there on ${engine.name} ${engine.version}: its statements were left out, and what needs it does not run.`,
        );
    return lacking;
  }

  /** Returns whether all of it ran. */
  async #replayHistory(engine: Engine, lacking: ReadonlySet<string>): Promise<boolean> {
    let whole = lacking.size === 0;
    for (const { id, transaction, statements } of this.rehearsal.history) {
      if (engine.ended) return false;
      this.rehearsal.tell(`replaying ${id}`);
      const there = statements.filter((sql) => !lacking.has(extensionIn(sql) ?? '') && givesTo(sql, this.missingRoles) === undefined);
      const error = await replay(engine, transaction, there);
      if (!error) continue;
      lacks(error, this.rehearsal.extensions, 'history');
      this.record.note(`The earlier migration ${id} did not run: ${spoken(error)}.`);
      whole = false;
    }
    return whole;
  }

  async #fill(engine: Engine): Promise<void> {
    const { context, schema, rows, seed, tell } = this.rehearsal;
    const { before } = context.change;
    const satisfying = rowsToSatisfy(context.change);
    const snapshot = await readSnapshot(engine, { defaultSchema: schema });
    tell('making rows');
    const filled = await fillRows(engine, snapshot, {
      rows,
      seed,
      ...(before && { tables: before.tables.map(tableKey) }),
      ...(satisfying && { satisfying }),
    });
    this.record.rows = filled.rows;
    this.record.note(...filled.notes);
  }
}
