// Each safe way meets PostgreSQL: it ends as the author's SQL does, no rows wait for a scan or rewrite, and every way back leads back.
import { createPglite, emptyDatabase, type PgliteEngine } from '@planwright/rehearsal';
import type { Sequence } from '@planwright/spec';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipes } from './safe-recipes.js';
import { planOf, walk } from './safe-walk.js';

let engine: PgliteEngine;
let dialect: PostgresqlDialect;
beforeAll(async () => {
  dialect = await loadPostgresql();
  engine = await createPglite({ from: await emptyDatabase() });
}, 60_000);
afterAll(async () => {
  await engine.close();
});

function shown(sequence: Sequence): string {
  return sequence.migrations
    .map(
      ({ id, name, phase, gateBefore, transaction }) => `${id} ${name}: ${phase ?? 'as written'}, ${transaction}${gateBefore ? `, behind ${gateBefore}` : ''}`,
    )
    .join('\n');
}

describe.each(recipes.map((recipe) => [recipe.name, recipe] as const))('%s', (_, recipe) => {
  it('has a sequence of its own', async () => {
    const { sequence, change } = await planOf(recipe, dialect);
    const kept = change.migrations.flatMap(({ statements }) => statements.flatMap(({ findings = [] }) => findings.flatMap((one) => one.kept ?? [])));
    expect(kept).toEqual(recipe.kept ?? []);
    expect(change.migrations[0]?.replacedBy ?? false).toBe(recipe.gateOnly !== true);
    expect(shown(sequence)).toMatchSnapshot();
  });

  it('ends as the author’s SQL does, holds nobody up for long, and leads back', async () => {
    expect(await walk(recipe, await planOf(recipe, dialect), engine, dialect)).toEqual({
      waited: [],
      back: [],
      withoutDown: recipe.withoutDown ?? [],
      end: recipe.differences ?? [],
    });
  });
});
