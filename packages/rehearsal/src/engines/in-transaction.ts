import type { Engine } from '../engine.js';

/** Work between BEGIN and COMMIT; what throws is rolled back, and thrown on. */
export async function inTransaction<Result>(session: Pick<Engine, 'query'>, work: () => Promise<Result>): Promise<Result> {
  await session.query('BEGIN');
  try {
    const result = await work();
    await session.query('COMMIT');
    return result;
  } catch (thrown) {
    // A session that is lost has nothing to take back, and why it was lost is what the caller must hear.
    await session.query('ROLLBACK').catch(() => {});
    throw thrown;
  }
}
