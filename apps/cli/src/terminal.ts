import { createColors } from 'picocolors';

/** Where a command speaks: results on `out`, talk on `err`. Colours only where `err` is a terminal that wants them. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Tells a watching person what is being done, until the next word is printed. */
  readonly progress: (text: string) => void;
  readonly colors: ReturnType<typeof createColors>;
  /** Whether `out` and `err` are one screen: what was told on one need not be told on the other. */
  readonly oneScreen: boolean;
  /** Width in characters. */
  readonly width: number;
}

export interface TerminalStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const eraseLine = '\r\u001b[2K';

export function createTerminal(out: TerminalStream, err: TerminalStream, env: Readonly<Record<string, string | undefined>>): Terminal {
  const screen = err.isTTY === true && env.TERM !== 'dumb';
  // https://no-color.org: any non-empty value; FORCE_COLOR is for people who pipe into a pager.
  const colors = createColors(!env.NO_COLOR && (Boolean(env.FORCE_COLOR) || screen));
  let passing = false;
  const clear = () => {
    if (passing) err.write(eraseLine);
    passing = false;
  };
  return {
    out: (text) => {
      clear();
      out.write(text);
    },
    err: (text) => {
      clear();
      err.write(text);
    },
    progress: (text) => {
      if (!screen || env.CI || env.NO_COLOR) return;
      clear();
      err.write(colors.dim(text));
      passing = true;
    },
    colors,
    oneScreen: err.isTTY === true && out.isTTY === true,
    // A terminal may not know its width and say 0.
    width: Math.min(err.columns || 100, 120),
  };
}
