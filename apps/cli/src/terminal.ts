import { createColors } from 'picocolors';

/** Where a command speaks: results on `out`, talk on `err`. Colours only where `err` is a terminal that wants them. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colors: ReturnType<typeof createColors>;
  /** Whether a person is watching: progress and summaries are shown. */
  readonly interactive: boolean;
  /** Width in characters. */
  readonly width: number;
}

export interface TerminalStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function createTerminal(out: TerminalStream, err: TerminalStream, env: Readonly<Record<string, string | undefined>>): Terminal {
  const interactive = err.isTTY === true && env.TERM !== 'dumb' && !env.CI;
  // https://no-color.org: any non-empty value; FORCE_COLOR is for people who pipe into a pager.
  const colored = !env.NO_COLOR && (Boolean(env.FORCE_COLOR) || (err.isTTY === true && env.TERM !== 'dumb'));
  return {
    out: (text) => void out.write(text),
    err: (text) => void err.write(text),
    colors: createColors(colored),
    interactive,
    width: Math.min(err.columns ?? 100, 120),
  };
}
