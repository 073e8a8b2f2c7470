import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompiledTemplate } from '@planwright/spec';
import { loadTemplate } from '@planwright/template-kit';

const packages = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles the official templates from their folders, as they are now. */
export async function officialTemplates(): Promise<readonly CompiledTemplate[]> {
  const folders = readdirSync(packages)
    .filter((name) => existsSync(join(packages, name, 'document.md.eta')))
    .sort();
  return Promise.all(
    folders.map(async (name) => {
      const { template, issues } = await loadTemplate(join(packages, name));
      if (template === undefined) throw new Error(`${name} does not compile: ${issues[0]?.message ?? 'no reason given'}`);
      return template;
    }),
  );
}
