import { describe, expect, it } from 'vitest';
import { checkSecrets } from './checks/secrets.js';
import { findSecrets, redactSecrets } from './secret.js';

// Built at run time, so that no scanner takes this file for a leak.
const join = (...parts: readonly string[]) => parts.join('');

describe('secrets', () => {
  it.each([
    ['postgres://user:hunter2@host/db', 'postgres://user:***@host/db'],
    ['postgresql+psycopg://shop:p%40ss@db:5432/shop?sslmode=require', 'postgresql+psycopg://shop:***@db:5432/shop?sslmode=require'],
    ['mysql://root:password@localhost', 'mysql://root:***@localhost'],
    ['jdbc:postgresql://db/shop?user=a&password=b1', 'jdbc:postgresql://db/shop?user=a&password=***'],
    ['host=db user=shop password=hunter2 dbname=shop', 'host=db user=shop password=*** dbname=shop'],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=*** psql'],
    [join('gh', 'p_', 'a'.repeat(36)), 'ghp_***'],
    [join('AK', 'IA', 'ABCDEFGHIJKLMNOP'), 'AKIA***'],
    [join('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.', 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'), 'eyJh***'],
    [join('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----'), '-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----'],
    ['set it to `redis://:hunter2@cache:6379`.', 'set it to `redis://:***@cache:6379`.'],
  ])('%s is shown as %s', (text, redacted) => {
    expect(redactSecrets(text)).toBe(redacted);
    expect(findSecrets(text)).toHaveLength(1);
  });

  it.each([
    'postgres://user:***@host/db',
    'postgres://user:$DB_PASSWORD@host/db',
    join('postgres://user:$', '{DB_PASSWORD}@host/db'),
    'postgres://user:<password>@host/db',
    'postgres://user@host/db',
    'https://www.postgresql.org/docs/15/explicit-locking.html',
    'DATABASE_URL',
    'ALTER TABLE users ADD COLUMN password text',
    'UPDATE users SET password = NULL WHERE password = old_password',
    'SELECT 1 -- see http://example.org:8080/a@b',
    'a time 10:30:00 and mail to dba@example.org',
  ])('%s is none', (text) => {
    expect(findSecrets(text)).toEqual([]);
    expect(redactSecrets(text)).toBe(text);
  });

  it('are found in any value and in keys, with their pointer', () => {
    const issues = checkSecrets({ notes: ['fine', 'postgres://a:b1@c'], options: { x: { 'mysql://a:b1@c': 1 } } });
    expect(issues.map(({ pointer }) => pointer)).toEqual(['/notes/1', '/options/x']);
    expect(JSON.stringify(issues)).not.toContain('b1');
  });

  it('are looked for in linear time', () => {
    const started = performance.now();
    findSecrets(`${'a:b='.repeat(50_000)}`);
    findSecrets(`${'x://'.repeat(50_000)}`);
    findSecrets(`eyJ${'aaaaaaaa.eyJ'.repeat(20_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
