import type { Operation } from '@planwright/spec';
import { type NodeOf, nodeOf } from '@planwright/sql/postgresql';
import { decide } from './catalogue-condition.js';
import { wouldClash } from './clash.js';
import { optionNode } from './options.js';
import type { ReadContext } from './read-context.js';
import { readStatement } from './read-statement.js';

/** The tree of PL/pgSQL: each node an object with one key, its kind. */
type Body = readonly unknown[];

class NotStatic extends Error {}

/**
 * DO. Static SQL in the block is read as if it stood outside; a guard that asks the catalogue for an object is decided by the schema before.
 * A block that computes its SQL, loops, or asks something else is `unknown`.
 */
export function readDo(context: ReadContext, node: NodeOf<'DoStmt'>): readonly Operation[] {
  const language = nodeOf('String', optionNode(node.args, 'language'))?.sval ?? 'plpgsql';
  if (language !== 'plpgsql') return unknown(`A DO block in ${language} is not analysed.`);
  const parsed = context.dialect.parsePlpgsql(context.sql);
  if ('error' in parsed) return unknown('The body of a DO block does not parse as PL/pgSQL.');
  try {
    return parsed.functions.flatMap((routine) => readBlock(context, field(field(field(routine, 'PLpgSQL_function'), 'action'), 'PLpgSQL_stmt_block')));
  } catch (cause) {
    if (cause instanceof NotStatic) return unknown(cause.message);
    throw cause;
  }
}

function readBlock(context: ReadContext, block: unknown): readonly Operation[] {
  const operations = readBody(context, list(field(block, 'body')));
  const exceptions = field(field(block, 'exceptions'), 'PLpgSQL_exception_block');
  if (exceptions === undefined) return operations;
  const handlers = list(field(exceptions, 'exc_list')).map((item) => field(item, 'PLpgSQL_exception'));
  const handled = handlers.flatMap((handler) =>
    list(field(handler, 'conditions')).map((condition) => text(field(field(condition, 'PLpgSQL_condition'), 'condname'))),
  );
  const silent = handlers.every((handler) =>
    list(field(handler, 'action')).every((action) => kindOf(action) === 'PLpgSQL_stmt_null' || kindOf(action) === 'PLpgSQL_stmt_raise'),
  );
  if (!silent) throw new NotStatic('An exception handler of a DO block does more than go on.');
  // An error undoes the whole block; the handler then goes on as if nothing had been.
  const fails = operations.some((operation) => {
    const condition = wouldClash(context.draft, operation);
    return condition !== undefined && (handled.includes(condition) || handled.includes('others'));
  });
  return fails ? [] : operations;
}

function readBody(context: ReadContext, body: Body): readonly Operation[] {
  return body.flatMap((item): readonly Operation[] => {
    const kind = kindOf(item);
    const value = field(item, kind);
    switch (kind) {
      case 'PLpgSQL_stmt_execsql':
        return readSql(context, queryOf(field(value, 'sqlstmt')));
      case 'PLpgSQL_stmt_perform':
        return [{ type: 'runQuery' }];
      case 'PLpgSQL_stmt_if':
        return readIf(context, value);
      case 'PLpgSQL_stmt_block':
        return readBlock(context, value);
      case 'PLpgSQL_stmt_raise':
      case 'PLpgSQL_stmt_null':
      case 'PLpgSQL_stmt_return':
        return [];
      case 'PLpgSQL_stmt_dynexecute':
      case 'PLpgSQL_stmt_dynfors':
        throw new NotStatic('A DO block computes the SQL that it runs.');
      case 'PLpgSQL_stmt_loop':
      case 'PLpgSQL_stmt_while':
      case 'PLpgSQL_stmt_fori':
      case 'PLpgSQL_stmt_fors':
      case 'PLpgSQL_stmt_forc':
      case 'PLpgSQL_stmt_foreach_a':
        throw new NotStatic(loopReason(value));
      default:
        throw new NotStatic('A DO block uses variables or statements that are not analysed.');
    }
  });
}

/** A loop whose body computes SQL says so: that is what a reader must look at. */
function loopReason(loop: unknown): string {
  return JSON.stringify(loop).includes('PLpgSQL_stmt_dynexecute')
    ? 'A DO block computes the SQL that it runs in a loop over rows.'
    : 'A DO block loops over rows.';
}

function readIf(context: ReadContext, value: unknown): readonly Operation[] {
  const branches = [
    { condition: field(value, 'cond'), body: list(field(value, 'then_body')) },
    ...list(field(value, 'elsif_list')).map((item) => {
      const branch = field(item, 'PLpgSQL_if_elsif');
      return { condition: field(branch, 'cond'), body: list(field(branch, 'stmts')) };
    }),
  ];
  for (const { condition, body } of branches) {
    const [statement] = context.dialect.parse(`SELECT ${queryOf(condition)}`).statements;
    const select = statement?.kind === 'parsed' && statement.node.kind === 'SelectStmt' ? statement.node.value : undefined;
    const truth = decide(context.draft, nodeOf('ResTarget', select?.targetList?.[0])?.val);
    if (truth === undefined) throw new NotStatic('A DO block asks something that the schema alone does not answer.');
    if (truth) return readBody(context, body);
  }
  return readBody(context, list(field(value, 'else_body')));
}

function readSql(context: ReadContext, query: string): readonly Operation[] {
  const script = context.dialect.parse(query);
  return script.statements.flatMap((statement) => {
    if (statement.kind !== 'parsed') throw new NotStatic('A statement inside a DO block does not parse by itself.');
    return readStatement({ ...context, text: script.text, start: statement.start, end: statement.end, sql: statement.sql }, statement.node);
  });
}

function queryOf(expression: unknown): string {
  return text(field(field(expression, 'PLpgSQL_expr'), 'query'));
}

function kindOf(node: unknown): string {
  return typeof node === 'object' && node !== null ? (Object.keys(node)[0] ?? '') : '';
}

function field(node: unknown, key: string): unknown {
  // The tree is plain JSON; a field that is not there is undefined.
  return typeof node === 'object' && node !== null ? (node as Readonly<Record<string, unknown>>)[key] : undefined;
}

function list(value: unknown): Body {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function unknown(reason: string): readonly Operation[] {
  return [{ type: 'unknown', reason }];
}
