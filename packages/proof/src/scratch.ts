import type { Engine } from '@planwright/rehearsal';

/** Asks the database how it would spell something, by making it and taking it back. */
export interface Scratch {
  /**
   * Runs the statements, reads the one value `text` that the query gives, and rolls back. Answers are kept under what was asked and `context`,
   * which names what it depends on.
   */
  spell(statements: readonly string[], query: string, context: string): Promise<Spelling>;
}

/** What the database made of it: its text, nothing at all, or a refusal. */
export type Spelling = { readonly text: string } | 'nothing' | 'refused';

/** Opens a scratch on an engine whose session is idle. What is read is spelt as seen from the schema `public`. */
export function openScratch(engine: Engine): Scratch {
  const answers = new Map<string, Spelling>();

  const ask = async (statements: readonly string[], query: string): Promise<Spelling> => {
    await engine.query('BEGIN');
    try {
      for (const statement of ['SET LOCAL search_path = public', 'SET LOCAL check_function_bodies = off', ...statements]) {
        if ((await engine.run(statement)).error) return 'refused';
      }
      const [row] = await engine.query<{ readonly text: string | null }>(query);
      return row === undefined || row.text === null ? 'nothing' : { text: row.text };
    } finally {
      await engine.query('ROLLBACK');
    }
  };

  return {
    async spell(statements, query, context) {
      const key = JSON.stringify([statements, query, context]);
      const known = answers.get(key);
      if (known) return known;
      const answer = await ask(statements, query);
      answers.set(key, answer);
      return answer;
    },
  };
}
