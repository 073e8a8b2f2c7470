import { createPglite, type Engine, emptyDatabase } from '@planwright/rehearsal';
import type { Statement } from '@planwright/spec';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { type Difference, differencesOf } from './compare-prediction.js';
import { clearAway, layOut, type Measured, measure } from './measure.js';
import { type OwnStatement, readOwnStatements } from './own-statements.js';
import { predict } from './predict.js';

/** What a statement is by what PostgreSQL did with it. One can be slow and fail on rows, too; harmless is one that is nothing else. */
export interface Nature {
  readonly slow: boolean;
  readonly fails: boolean;
  readonly refused: boolean;
  readonly breaks: boolean;
  readonly harmless: boolean;
}

/** A statement of the own set with what was predicted of it and what PostgreSQL did. */
export interface Judged {
  readonly schema: string;
  readonly statement: OwnStatement;
  readonly predicted: Statement;
  readonly measured: Measured;
  readonly nature: Nature;
  /** Where the two differ; absent where nothing can be compared: PostgreSQL refused it. */
  readonly differences?: readonly Difference[] | 'no verdict';
}

/** Measures and predicts the whole set on an engine that is empty and can create `btree_gist`, for the engine's version; it is left with the last schema. */
export async function judgeOwnSet(engine: Engine): Promise<readonly Judged[]> {
  const dialect = await loadPostgresql();
  const version = String(Number.parseInt(engine.version, 10));
  const judged: Judged[] = [];
  for (const schema of readOwnStatements()) {
    await clearAway(engine);
    const laid = await layOut(engine, schema);
    const known = new Set(laid.relations.values());
    for (const statement of schema.statements) {
      const measured = await measure(engine, laid, statement);
      const predicted = await predict(dialect, schema, statement, version);
      const verdict = predicted.verdicts?.lock;
      const differences = verdict
        ? measured.seen && differencesOf({ verdict, operations: predicted.operations, seen: measured.seen, known, old: known })
        : 'no verdict';
      judged.push({
        schema: schema.name,
        statement,
        predicted,
        measured,
        nature: natureOf(statement, measured),
        ...(differences && measured.seen ? { differences } : {}),
      });
    }
  }
  return judged;
}

function natureOf({ breaks }: OwnStatement, { slowAndBlocking, failed, refused, changedColumns }: Measured): Nature {
  const nature = {
    slow: slowAndBlocking,
    fails: failed !== undefined,
    refused: refused !== undefined,
    breaks: breaks !== undefined || changedColumns.length > 0,
  };
  return { ...nature, harmless: !Object.values(nature).includes(true) };
}

/** As `judgeOwnSet`, on an engine of its own. */
export async function judgedOwnSet(): Promise<readonly Judged[]> {
  const engine = await createPglite({ extensions: ['btree_gist'], from: await emptyDatabase() });
  try {
    return await judgeOwnSet(engine);
  } finally {
    await engine.close();
  }
}
