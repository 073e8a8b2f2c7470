import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { issueCodes } from '@planwright/spec/schema';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Every code that sources and template sections give an issue, with a file that does. */
function codesInUse(): Map<string, string> {
  const found = new Map<string, string>();
  for (const room of ['packages', 'apps']) {
    for (const name of readdirSync(`${root}${room}`)) {
      if (name === 'proof') continue;
      for (const folder of ['src', 'sections']) collect(`${room}/${name}/${folder}`, found);
    }
  }
  return found;
}

function collect(folder: string, found: Map<string, string>): void {
  if (!existsSync(root + folder)) return;
  for (const path of readdirSync(root + folder, { recursive: true, encoding: 'utf8' })) {
    if (/(^|\/)(generated|fixtures)\/|\.test\.ts$/.test(path) || !/\.(ts|eta)$/.test(path)) continue;
    const text = readFileSync(`${root}${folder}/${path}`, 'utf8');
    for (const [, code = ''] of text.matchAll(/\b(?:code: |invalid\()'([a-z][a-z-]+[a-z8])'/g)) found.set(code, `${folder}/${path}`);
  }
}

describe('codes of issues', () => {
  it('are all explained', () => {
    const unexplained = [...codesInUse()].filter(([code]) => !(code in issueCodes)).map(([code, path]) => `${code} (${path})`);
    expect(unexplained).toEqual([]);
  });
});
