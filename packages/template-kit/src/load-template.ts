import type { CompiledTemplate, Issue } from '@planwright/spec';
import { compileTemplate } from './compile/compile-template.js';

/** A template that is compiled and loaded, or the issues that say why not. */
export interface LoadedTemplate {
  readonly template?: CompiledTemplate;
  readonly issues: readonly Issue[];
}

/** Compiles a template folder and loads it. The folder is trusted as code is: its sections run. */
export async function loadTemplate(folder: string): Promise<LoadedTemplate> {
  const { module, issues } = await compileTemplate(folder);
  return module === undefined ? { issues } : { template: await importTemplate(module), issues };
}

/** Runs the text of a compiled module and returns its template. */
export async function importTemplate(module: string): Promise<CompiledTemplate> {
  // The compiler has written the module: its export has the shape that it declares.
  const { template } = (await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(module).toString('base64')}`)) as {
    readonly template: CompiledTemplate;
  };
  return template;
}
