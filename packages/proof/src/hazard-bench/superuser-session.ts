import type { Engine, Ran } from '@planwright/rehearsal';
import pg from 'pg';

/** A superuser's session on a server that is there to be measured. Nothing is contained: for statements of our own only. */
export async function superuserSession(url: string): Promise<Engine> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  // In UTC a timestamp becomes a timestamptz without being written anew.
  await client.query(`SET timezone = 'America/New_York'`);
  const { rows } = await client.query<{ readonly server_version: string }>('SHOW server_version');
  return {
    name: 'PostgreSQL',
    version: rows[0]?.server_version.split(' ')[0] ?? '',
    async run(statement): Promise<Ran> {
      try {
        await client.query(statement);
        return {};
      } catch (thrown) {
        const { code = '', message } = thrown as pg.DatabaseError;
        return { error: { code, message } };
      }
    },
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
      // The cast: the caller knows what the question gives.
      return (await client.query(sql, [...parameters])).rows as readonly Row[];
    },
    transaction: () => Promise.reject(new Error('Statements are measured one by one.')),
    close: () => client.end(),
  };
}
