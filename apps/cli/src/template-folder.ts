import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** Folder of an official template's package, where its sources lie. Packages of templates are dependencies of the list, so they are looked for from there. */
export function templateFolder(name: string): string {
  const list = createRequire(import.meta.url).resolve('@planwright/templates/package.json');
  return dirname(createRequire(list).resolve(`@planwright/template-${name}/package.json`));
}
