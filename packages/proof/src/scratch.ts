import type { Engine } from '@planwright/rehearsal';

/** Asks the database how it would spell something, by making it and taking it back. */
export interface Scratch {
  /**
   * Runs the statements, reads the one value `text` that the query gives, and rolls back. Nothing when the database refuses them. Answers are
   * kept under the statements and `context`, which names what they depend on.
   */
  spell(statements: readonly string[], query: string, context: string): Promise<string | undefined>;
}

/** Opens a scratch on an engine whose session is idle. What is read is spelt as seen from the schema `public`. */
export function openScratch(engine: Engine): Scratch {
  const answers = new Map<string, string | undefined>();

  const ask = async (statements: readonly string[], query: string): Promise<string | undefined> => {
    await engine.query('BEGIN');
    try {
      for (const statement of ['SET LOCAL search_path = public', 'SET LOCAL check_function_bodies = off', ...statements]) {
        if (await engine.run(statement)) return undefined;
      }
      const [row] = await engine.query<{ readonly text: string }>(query);
      return row?.text;
    } finally {
      await engine.query('ROLLBACK');
    }
  };

  return {
    async spell(statements, query, context) {
      const key = JSON.stringify([statements, context]);
      if (!answers.has(key)) answers.set(key, await ask(statements, query));
      return answers.get(key);
    },
  };
}
