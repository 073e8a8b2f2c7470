import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { issueCodes } from '@planwright/spec/schema';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Every code that sources and template sections give an issue, with a file that does. */
function codesInUse(): Map<string, string> {
  const found = new Map<string, string>();
  for (const room of ['packages', 'apps']) {
    for (const path of readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' })) {
      if (!/(^|\/)(src|sections)\//.test(path) || /node_modules|generated|\.test\.ts$|fixtures|^proof\//.test(path) || !/\.(ts|eta)$/.test(path)) continue;
      const text = readFileSync(`${root}${room}/${path}`, 'utf8');
      for (const [, code = ''] of text.matchAll(/\bcode: '([a-z][a-z-]+[a-z8])'/g)) found.set(code, path);
      for (const [, code = ''] of text.matchAll(/\binvalid\('([a-z][a-z-]+[a-z8])'/g)) found.set(code, path);
    }
  }
  return found;
}

describe('codes of issues', () => {
  it('are all explained', () => {
    const unexplained = [...codesInUse()].filter(([code]) => !(code in issueCodes)).map(([code, path]) => `${code} (${path})`);
    expect(unexplained).toEqual([]);
  });
});
