/** A statement as both tools are scored by it. */
export interface Scored {
  readonly slow: boolean;
  readonly fails: boolean;
  readonly harmless: boolean;
  /** planwright's verdict on data says that it can fail on rows, whether or not that is called dangerous. */
  readonly toldToFail: boolean;
  /** Rules that each tool calls the statement dangerous by. */
  readonly planwright: readonly string[];
  readonly squawk: readonly string[] | undefined;
}

/** How many of how many. */
export interface Count {
  readonly found: number;
  readonly of: number;
}

/** What one tool says of the statements. */
export interface Score {
  readonly slow: Count;
  readonly fails: Count;
  /** Harmless statements that it calls dangerous. */
  readonly flagged: Count;
}

/** Scores a tool by what PostgreSQL did. */
export function scoreOf(statements: readonly Scored[], flags: (statement: Scored) => readonly string[]): Score {
  const count = (kind: 'slow' | 'fails' | 'harmless'): Count => {
    const all = statements.filter((statement) => statement[kind]);
    return { found: all.filter((statement) => flags(statement).length > 0).length, of: all.length };
  };
  return { slow: count('slow'), fails: count('fails'), flagged: count('harmless') };
}
