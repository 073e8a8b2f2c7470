import type { Evidence, ValidationQuery } from '@planwright/spec';

/** What a rehearsal has shown, as a checklist asks it. Everything is `false` where nothing was rehearsed: no box is ticked by what was not tried. */
export interface Shown {
  /** The migrations of the sequence ran to their end. */
  up(ids: readonly string[]): boolean;
  /** The ways back of the migrations restored the schema before them, but for the order of columns and generated names. */
  back(ids: readonly string[]): boolean;
  /** Up, back, and a second way up that gave the same schema. */
  cycle(ids: readonly string[]): boolean;
  /** No row was lost, and untouched columns kept their values. */
  readonly rows: boolean;
  /** The queries answered what is expected. */
  answers(queries: readonly Pick<ValidationQuery, 'expected' | 'observed'>[]): boolean;
  /** " (rehearsed on PGlite 18.6)" behind what was shown; nothing behind what was not. */
  ref(done: boolean): string;
}

/** Reads an evidence for checklists. */
export function shown(evidence: Evidence | undefined): Shown {
  const migrations = evidence?.migrations ?? [];
  const comparisons = evidence?.comparisons ?? [];
  const ups = migrations.filter(({ subject = 'sequence', direction = 'up' }) => subject === 'sequence' && direction === 'up');
  const clean = new Set(ups.filter(({ statements }) => statements.every(({ error }) => error === undefined)).map(({ migration }) => migration));
  const restored = new Set(comparisons.flatMap(({ kind, equal, migration }) => (kind === 'down' && equal && migration !== undefined ? [migration] : [])));
  const all = (ids: readonly string[], known: ReadonlySet<string>) => ids.length > 0 && ids.every((id) => known.has(id));
  const holds = (kind: (typeof comparisons)[number]['kind']) => {
    const own = comparisons.filter((one) => one.kind === kind);
    return own.length > 0 && own.every(({ equal }) => equal);
  };
  const again = holds('up again');
  return {
    up: (ids) => all(ids, clean),
    back: (ids) => all(ids, restored),
    cycle: (ids) => all(ids, clean) && all(ids, restored) && again,
    rows: holds('rows'),
    answers: (queries) =>
      evidence !== undefined &&
      queries.length > 0 &&
      queries.every(({ expected, observed }) => observed !== undefined && (expected === observed || expected === 'recorded')),
    ref: (done) => (done && evidence ? ` (rehearsed on ${evidence.engine.name} ${evidence.engine.version})` : ''),
  };
}
