import { Connection } from './connection.js';
import { ServerRefused } from './refused.js';

/** What can be asked of a database that is only looked at. */
export type Asked = Pick<Connection, 'query'>;

/**
 * Asks somebody's database in one transaction that may write nothing, and waits for no lock longer than two seconds. Throws `ServerRefused` where it does not let us in; what it is told
 * never holds the password.
 */
export async function askOnly<Result>(url: string, ask: (database: Asked) => Promise<Result>): Promise<Result> {
  const connection = await reach(url);
  try {
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await ask(connection);
  } catch (thrown) {
    // Without `cause` nothing else is shown than what the server said.
    throw new ServerRefused({ code: 'server-refused', message: `the database did not answer: ${thrown instanceof Error ? thrown.message : String(thrown)}` });
  } finally {
    await connection.close();
  }
}

async function reach(url: string): Promise<Connection> {
  try {
    return await Connection.open({ connectionString: url }, { default_transaction_read_only: 'on', statement_timeout: '60s', lock_timeout: '2s' });
  } catch (thrown) {
    throw new ServerRefused({
      code: 'server-unreachable',
      message: `the database does not let us in: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      hint: 'Check the connection string: host, port, login, password, database.',
    });
  }
}
