import { scopeNames } from '@planwright/renderer';
import type { Issue } from '@planwright/spec';
import { type Message, transformSync } from 'esbuild';
import type { SectionSource } from '../read/template-source.js';
import { type Token, tokensOf } from './section-tokens.js';

/** A section as a JavaScript function expression. */
export interface SectionCode {
  readonly code: string;
  readonly issues: readonly Issue[];
}

/** Compiles one section. Its errors, now and when it runs, name file and line of the source. */
export function sectionCode(source: SectionSource): SectionCode {
  const { tokens, issues } = tokensOf(source);
  if (issues.length > 0) return { code: '() => ""', issues };
  const { lines, sourceLines } = statements(tokens);
  const body = lines.join('\n');
  const names = scopeNames.filter((name) => name === '$failed' || new RegExp(`(?<![\\w$])${name.replace('$', '\\$')}(?![\\w$])`).test(body));
  const outer = tokens.some(({ type }) => type === 'open fence') ? ' const $outer = [];' : '';
  const head = `(it, { ${names.join(', ')} }) => { let $out = '', $at = 0;${outer} try {`;
  const code = `${head}\n${body}\nreturn $out; } catch (error) { throw $failed(${JSON.stringify(source.file)}, $at, error); } }`;
  try {
    // Sections may use TypeScript, as they are checked as such; here its types are taken away.
    const plain = transformSync(`export default ${code}`, { loader: 'ts', target: 'es2022' }).code;
    return { code: plain.replace(/^export default |;\n$/g, ''), issues: [] };
  } catch (error) {
    return { code: '() => ""', issues: syntaxIssues(source, error, sourceLines) };
  }
}

/** The statements of a section, one a line, and the line of the source that each comes from. */
function statements(tokens: readonly Token[]): { readonly lines: readonly string[]; readonly sourceLines: readonly number[] } {
  const lines: string[] = [];
  const sourceLines: number[] = [];
  let line = 1;
  const add = (code: string) => {
    for (const [index, one] of code.split('\n').entries()) {
      lines.push(one);
      sourceLines.push(line + index);
    }
  };
  // What is printed in a row is joined before it is added: to add to a long text costs more than to add to a short one.
  let open = false;
  const print = (code: string) => {
    add(`${open ? '+' : '$out +='} ${code}`);
    open = true;
  };
  const end = () => {
    if (open) lines[lines.length - 1] += ';';
    open = false;
  };
  const fences: Extract<Token, { readonly type: 'open fence' }>[] = [];
  for (const token of tokens) {
    if (token.type !== 'text' && token.type !== 'print') end();
    switch (token.type) {
      case 'text':
        print(JSON.stringify(token.text));
        break;
      case 'print': {
        const value = `${token.place}(${token.code.includes('//') ? `${token.code}\n` : token.code})`;
        const known = open && token.line === line;
        line = token.line;
        print(known ? value : `($at = ${line}, ${value})`);
        break;
      }
      case 'run':
        line = token.line;
        add(`$at = ${line};${' '}${token.code}`.replace(/^\$at = \d+; (?=[}]|else\b|case\b|default\b)/, ''));
        break;
      case 'open fence':
        fences.push(token);
        add("$outer.push($out); $out = '';");
        break;
      case 'close fence': {
        const { language = '', indent = '' } = fences.pop() ?? {};
        add(`$out = $outer.pop() + $fenced(${JSON.stringify(language)}, $out, ${JSON.stringify(indent)});`);
      }
    }
  }
  end();
  return { lines, sourceLines };
}

function syntaxIssues(source: SectionSource, error: unknown, sourceLines: readonly number[]): readonly Issue[] {
  // esbuild's error carries its messages as data.
  const messages = (error as { readonly errors?: readonly Message[] }).errors ?? [];
  if (messages.length === 0) return [{ code: 'template-syntax', message: String(error), file: source.file }];
  return messages.map(({ text, location }) => {
    const line = sourceLines[Math.min((location?.line ?? 2) - 2, sourceLines.length - 1)] ?? 1;
    return { code: 'template-syntax', message: text, file: source.file, line };
  });
}
