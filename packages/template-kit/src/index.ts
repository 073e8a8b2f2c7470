export { checkTemplate } from './check-template.js';
export { type CompiledModule, compileTemplate } from './compile/compile-template.js';
export { type CompiledOverrides, compileOverrides, overrideSection, type SectionBase } from './compile/override.js';
export { describeTemplate, type TestFunctions } from './describe-template.js';
export { type Example, readExamples } from './examples.js';
export { importTemplate, type LoadedTemplate, loadTemplate } from './load-template.js';
export { readTemplate } from './read/read-template.js';
export type { OutputSource, ReadTemplate, SectionSource, TemplateSource } from './read/template-source.js';
export { type ScaffoldFile, scaffoldTemplate } from './scaffold-template.js';
