// The functions that a section of a template may call, from their docstrings.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { say } from '@planwright/renderer';
import ts from 'typescript';
import { blocks, code, text } from './markdown.mjs';

const renderer = fileURLToPath(new URL('../../../packages/renderer/src/', import.meta.url));
const titles = { Stateful: 'What knows the document', Pure: 'What makes Markdown', ItemOptions: 'Options of `item`' };

export function scopePage() {
  const source = ts.createSourceFile('scope.ts', readFileSync(`${renderer}scope.ts`, 'utf8'), ts.ScriptTarget.Latest, true);
  const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]));
  return {
    path: 'reference/template-functions.md',
    title: 'Functions of templates',
    text: blocks(
      '# Functions of templates',
      'These names are in scope in every section, without an import. `it` is the context, with the open questions of what is missing. `<%= value %>` may print a text, a number, an open question or what one of these functions returns; it is escaped for the place where it stands.',
      ...Object.entries(titles).map(([name, title]) => {
        const node = interfaces.get(name);
        if (node === undefined) throw new Error(`packages/renderer/src/scope.ts has no interface ${name}`);
        return `## ${title}\n\n${node.members
          .filter(shown)
          .map((member) => entry(member, source))
          .join('\n')}`;
      }),
      '## `say`: the shared phrases',
      'So that all documents say one thing in one way.',
      phrases()
        .map(({ signature, doc }) => `- ${code(signature)}  \n  ${text(doc)}`)
        .join('\n'),
    ),
  };
}

// What begins with a dollar sign is called by the compiler, not by people.
function shown(member) {
  return !member.name.getText().startsWith('$') && member.name.getText() !== 'say';
}

function entry(member, source) {
  const signature = member
    .getText(source)
    .replace(/^readonly /, '')
    .replace(/;$/, '')
    .replace(/: typeof \w+$/, '(value)');
  return `- ${code(signature)}  \n  ${text(docOf(member))}`;
}

function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  return doc === undefined ? '' : (ts.getTextOfJSDocComment(doc.comment) ?? '').replace(/\s+/g, ' ');
}

/** The phrases with signature and docstring, found where `say` takes them from. */
function phrases() {
  const folder = `${renderer}phrases/`;
  const main = parsed(`${folder}say.ts`);
  const files = main.statements
    .filter(ts.isImportDeclaration)
    .flatMap(({ moduleSpecifier }) =>
      moduleSpecifier.text.startsWith('./') ? [parsed(folder + moduleSpecifier.text.replace(/^\.\//, '').replace(/\.js$/, '.ts'))] : [],
    );
  const functions = new Map(files.flatMap((file) => file.statements.filter(ts.isFunctionDeclaration).map((node) => [node.name?.text, { node, file }])));
  const names = localNames(main);
  return Object.keys(say).map((name) => {
    const found = functions.get(names.get(name) ?? name) ?? functions.get(name);
    if (found === undefined) return { signature: `say.${name}(…)`, doc: '' };
    const { node, file } = found;
    const parameters = node.parameters.map(
      (parameter) =>
        `${parameter.name.getText(file)}${parameter.questionToken || parameter.initializer ? '?' : ''}${parameter.type ? `: ${parameter.type.getText(file)}` : ''}`,
    );
    return { signature: `say.${name}(${parameters.join(', ')})${node.type ? `: ${node.type.getText(file)}` : ''}`, doc: docOf(node) };
  });
}

/** `{ name: other }` in the object `say`, and `import { other as name }`. */
function localNames(source) {
  const names = new Map();
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.initializer)) names.set(node.name.getText(source), node.initializer.text);
    if (ts.isImportSpecifier(node) && node.propertyName) names.set(node.name.text, node.propertyName.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function parsed(path) {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}
