import type { Wait } from '@planwright/spec';
import type { LoadSession } from './load-engine.js';

/** Milliseconds between the beginnings of two operations at least. */
const pace = 5;
/** Slower than this, in milliseconds, is a wait that somebody feels. */
const felt = 50;

interface Operation {
  readonly milliseconds: number;
  readonly error?: string;
}

/** One connection of the application: an operation after the other, as long as it is not told to stop. */
export class Worker {
  #before: Operation[] = [];
  #now: Operation[] = [];
  #stopped = false;
  readonly #working: Promise<void>;

  constructor(
    private readonly session: LoadSession,
    /** The application's next statement; another release of it has others. */
    public statement: () => string,
  ) {
    this.#working = this.#work();
  }

  /** What was measured until now is how things usually are. */
  begin(): void {
    this.#before = this.#now;
    this.#now = [];
  }

  /** Waits for the operation that runs, and tells what was felt since `begin`. */
  async stop(about: Pick<Wait, 'subject' | 'table' | 'who'>): Promise<Wait> {
    this.#stopped = true;
    await this.#working;
    await this.session.close();
    const usual = median(this.#before.map(({ milliseconds }) => milliseconds));
    const times = this.#now.map(({ milliseconds }) => milliseconds);
    const errors: Record<string, number> = {};
    for (const { error } of this.#now) if (error !== undefined) errors[error] = (errors[error] ?? 0) + 1;
    return {
      ...about,
      operations: times.length,
      longest: rounded(Math.max(0, ...times)),
      total: rounded(times.filter((time) => time > felt).reduce((sum, time) => sum + time - usual, 0)),
      usual: rounded(usual),
      ...(Object.keys(errors).length > 0 && { errors }),
    };
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      const start = performance.now();
      const { error } = await this.session.run(this.statement());
      const milliseconds = performance.now() - start;
      this.#now.push({ milliseconds, ...(error && { error: error.code }) });
      // A lost session answers at once and for ever.
      if (error?.code.startsWith('08') || error?.code === '57P01') return;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, pace - milliseconds)));
    }
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
