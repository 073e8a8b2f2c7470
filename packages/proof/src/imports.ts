import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One import, re-export, `import()` or `require()` in a source file. */
export interface Import {
  /** Path of the importing file, relative to the folder that was scanned, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What is imported, as written. */
  readonly specifier: string;
  /** Nothing of it is left after compilation. */
  readonly typeOnly: boolean;
}

/** A use of a name that only Node has, such as `process.env`. */
export interface NodeGlobal {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

export interface Sources {
  readonly files: readonly string[];
  readonly imports: readonly Import[];
  readonly nodeGlobals: readonly NodeGlobal[];
}

const nodeGlobals: ReadonlySet<string> = new Set(['process', 'Buffer', '__dirname', '__filename', 'setImmediate']);

/** Reads every TypeScript source under a folder but the tests. */
export function scanSources(folder: string): Sources {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/\.(test|bench)\.[cm]?ts$/.test(file) && !/(^|\/)(node_modules|fixtures)\//.test(file))
    .sort();
  const scanned = files.map((file) => scanSource(file, readFileSync(join(folder, file), 'utf8')));
  return { files, imports: scanned.flatMap(({ imports }) => imports), nodeGlobals: scanned.flatMap((one) => one.nodeGlobals) };
}

/** Reads one source. TypeScript's own parser, so that a specifier in a comment or a string is none. */
export function scanSource(file: string, text: string): Omit<Sources, 'files'> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  const imports: Import[] = [];
  const globals: NodeGlobal[] = [];
  const line = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) imports.push({ file, line: line(node), specifier: specifier.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyExport(node));
    else if (ts.isImportTypeNode(node)) add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && isLoad(node.expression)) add(node, node.arguments[0], false);
    else if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && nodeGlobals.has(node.expression.text)) {
      globals.push({ file, line: line(node), name: `${node.expression.text}.${node.name.text}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { imports, nodeGlobals: globals };
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false; // import 'x' runs it
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((one) => one.isTypeOnly)
  );
}

function isTypeOnlyExport(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true;
  const clause = node.exportClause;
  return clause !== undefined && ts.isNamedExports(clause) && clause.elements.length > 0 && clause.elements.every((one) => one.isTypeOnly);
}

function isLoad(expression: ts.Expression): boolean {
  return expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
}
