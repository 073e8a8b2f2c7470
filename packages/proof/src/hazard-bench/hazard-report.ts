import type { Statement } from '@planwright/spec';
import { differenceText } from './compare-prediction.js';
import type { SeenHistory, SeenStatement } from './corpora.js';
import { explain } from './explanations.js';
import { grouped } from './grouped.js';
import type { Judged } from './own-set.js';
import { dangersIn } from './predict.js';
import { type Count, type Score, type Scored, scoreOf } from './scores.js';
import { askSquawk } from './squawk.js';

/** What the bench measured, as `--format json` prints it. */
export interface HazardReport {
  readonly predictions: {
    readonly folder: string;
    readonly histories: readonly {
      readonly name: string;
      readonly statements: number;
      readonly equal: number;
      readonly locksNotSeen: number;
      readonly refusal?: string;
    }[];
    readonly statements: number;
    readonly equal: number;
    readonly locksNotSeen: number;
    readonly differences: readonly {
      readonly history: string;
      readonly migration: string;
      readonly sql: string;
      readonly differences: readonly string[];
      readonly cause: string;
      readonly why: string;
    }[];
  };
  readonly ownSet: {
    readonly statements: number;
    readonly equal: number;
    readonly differences: readonly { readonly place: string; readonly sql: string; readonly differences: readonly string[] }[];
  };
  readonly squawk?: string;
  /** `told`: statements that fail on dirty rows and of which planwright's verdict on data says so, found as a danger or not. */
  readonly scores: readonly { readonly set: string; readonly planwright: Score; readonly told: Count; readonly squawk?: Score }[];
  readonly missed: readonly string[];
  readonly flagged: readonly string[];
}

function isEqual({ differences }: SeenStatement): boolean {
  return differences !== 'no verdict' && differences.length === 0;
}

/** Puts together what was measured. */
export function reportOf(folder: string, histories: readonly SeenHistory[], own: readonly Judged[]): HazardReport {
  const all = histories.flatMap(({ statements }) => statements);
  const comparable = own.filter(({ differences }) => differences !== undefined);
  const ofHistories = scoredHistories(histories);
  const ofOwn = scoredOwn(own);
  const squawk = ofOwn.version;
  const both = (set: string, statements: readonly Scored[]) => ({
    set,
    planwright: scoreOf(statements, ({ planwright }) => planwright),
    told: { found: statements.filter(({ fails, toldToFail }) => fails && toldToFail).length, of: statements.filter(({ fails }) => fails).length },
    ...(squawk === undefined ? {} : { squawk: scoreOf(statements, (statement) => statement.squawk ?? []) }),
  });
  return {
    predictions: {
      folder,
      histories: histories.map(({ name, statements, refusal }) => ({
        name,
        statements: statements.length,
        equal: statements.filter(isEqual).length,
        locksNotSeen: statements.filter(({ seen }) => !seen.locks).length,
        ...(refusal === undefined ? {} : { refusal }),
      })),
      statements: all.length,
      equal: all.filter(isEqual).length,
      locksNotSeen: all.filter(({ seen }) => !seen.locks).length,
      differences: histories.flatMap(({ name, statements }) =>
        statements
          .filter((statement) => !isEqual(statement))
          .map((statement) => ({
            history: name,
            migration: statement.migration,
            sql: oneLine(statement.statement.sql ?? ''),
            differences: statement.differences === 'no verdict' ? ['no verdict'] : statement.differences.map(differenceText),
            cause: explain(statement)?.cause ?? 'not explained',
            why: explain(statement)?.why ?? 'Nobody has looked into this yet.',
          })),
      ),
    },
    ownSet: {
      statements: comparable.length,
      equal: comparable.filter(({ differences }) => differences?.length === 0).length,
      differences: comparable
        .filter(({ differences }) => differences?.length !== 0)
        .map((judged) => ({
          place: placeOf(judged),
          sql: oneLine(judged.statement.sql),
          differences: typeof judged.differences === 'string' ? [judged.differences] : (judged.differences ?? []).map(differenceText),
        })),
    },
    ...(squawk === undefined ? {} : { squawk }),
    scores: [...(all.length === 0 ? [] : [both('statements of the histories', ofHistories)]), both('our own statements', ofOwn.statements)],
    missed: own.flatMap((judged) => missedIn(judged).map((what) => `${what}: ${placeOf(judged)} ${oneLine(judged.statement.sql)}`)),
    flagged: own.flatMap((judged) => {
      const rules = dangersIn(judged.predicted).map(({ rule }) => rule);
      return judged.nature.harmless && rules.length > 0 ? [`${placeOf(judged)} ${oneLine(judged.statement.sql)}: ${rules.join(', ')}`] : [];
    }),
  };
}

/** Dangers of a statement of the own set that no finding names. */
export function missedIn({ nature, predicted }: Pick<Judged, 'nature' | 'predicted'>): readonly string[] {
  const dangers = dangersIn(predicted);
  return [
    ...(nature.slow && !dangers.some(({ verdict }) => verdict === 'lock') ? ['slow and blocking'] : []),
    // VALIDATE CONSTRAINT is the safe way itself: no danger, but the verdict says that rows can make it fail.
    ...(nature.fails && dangers.length === 0 && !mayFail(predicted) ? ['fails on dirty rows'] : []),
    ...(nature.refused && dangers.length === 0 ? ['is refused'] : []),
  ];
}

function mayFail({ verdicts }: Pick<Statement, 'verdicts'>): boolean {
  return verdicts?.data !== undefined && verdicts.data.outcome !== 'safe';
}

function placeOf({ schema, statement }: Judged): string {
  return `${schema}/statements.sql:${statement.line}`;
}

/** Each migration is a script, so that squawk too knows what the migration itself has made. */
function scoredHistories(histories: readonly SeenHistory[]): readonly Scored[] {
  const scripts = histories.flatMap(({ statements }) => [...grouped(statements, ({ written }) => written).values()]);
  const squawk = askSquawk(scripts.map((script) => script.map(({ statement }) => statement.sql ?? '')));
  return scripts.flatMap((script, index) =>
    script.map(({ statement, slow, harmless }, at) => ({
      slow,
      fails: false,
      harmless,
      toldToFail: mayFail(statement),
      planwright: dangersIn(statement).map(({ rule }) => rule),
      squawk: squawk?.found[index]?.[at],
    })),
  );
}

function scoredOwn(own: readonly Judged[]): { readonly version: string | undefined; readonly statements: readonly Scored[] } {
  const squawk = askSquawk(own.map(({ statement }) => [statement.sql]));
  return {
    version: squawk?.version,
    statements: own.map(({ nature, predicted }, index) => ({
      ...nature,
      toldToFail: mayFail(predicted),
      planwright: dangersIn(predicted).map(({ rule }) => rule),
      squawk: squawk?.found[index]?.[0],
    })),
  };
}

function oneLine(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
