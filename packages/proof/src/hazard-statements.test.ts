import { afterAll, describe, expect, it } from 'vitest';
import { startEngine } from './engine-for-test.js';
import { differenceText } from './hazard-bench/compare-prediction.js';
import { missedIn } from './hazard-bench/hazard-report.js';
import { judgeOwnSet } from './hazard-bench/own-set.js';
import { dangersIn } from './hazard-bench/predict.js';

const started = await startEngine({ extensions: ['btree_gist'] });

if ('reason' in started) {
  console.warn(`No statement is measured: ${started.reason}`);
  it.skip('predicts what PostgreSQL does', () => {});
} else {
  const { engine } = started;
  const all = await judgeOwnSet(engine);
  const each = all.map((judged) => [`${judged.schema}:${judged.statement.line} ${judged.statement.sql.split('\n')[0]}`, judged] as const);
  afterAll(async () => {
    await engine.close();
  });

  describe('the set', () => {
    it('has statements of every nature', () => {
      const count = (nature: 'slow' | 'fails' | 'harmless' | 'breaks' | 'refused') => all.filter((judged) => judged.nature[nature]).length;
      expect(all.length).toBeGreaterThanOrEqual(220);
      for (const [nature, least] of [
        ['slow', 76],
        ['fails', 38],
        ['harmless', 91],
        ['breaks', 50],
        ['refused', 10],
      ] as const)
        expect(count(nature), nature).toBeGreaterThanOrEqual(least);
    });

    it('has rows that break what they are meant to break, and is refused where it says so', () => {
      expect(each.filter(([, { statement, nature }]) => nature.fails !== (statement.dirty !== undefined)).map(([name]) => name)).toEqual([]);
      expect(each.filter(([, { statement, nature }]) => nature.refused !== (statement.refused !== undefined)).map(([name]) => name)).toEqual([]);
    });
  });

  it('locks, writes anew and reads what PostgreSQL does, for every statement', () => {
    const wrong = each.flatMap(([name, { differences }]) => {
      if (differences === undefined || differences.length === 0) return [];
      return [`${name}: ${typeof differences === 'string' ? differences : differences.map(differenceText).join('; ')}`];
    });
    expect(wrong).toEqual([]);
  });

  it('finds everything that is slow and blocking, fails on rows that break it, or is refused', () => {
    expect(each.flatMap(([name, judged]) => missedIn(judged).map((what) => `${what}: ${name}`))).toEqual([]);
  });

  it('says of everything that fails on rows that it may', () => {
    expect(each.filter(([, { nature, predicted }]) => nature.fails && predicted.verdicts?.data?.outcome === 'safe').map(([name]) => name)).toEqual([]);
  });

  it('calls nothing dangerous that is harmless', () => {
    const flagged = each.flatMap(([name, { nature, predicted }]) => {
      const rules = dangersIn(predicted).map(({ rule }) => rule);
      return nature.harmless && rules.length > 0 ? [`${name}: ${rules.join(', ')}`] : [];
    });
    expect(flagged).toEqual([]);
  });
}
