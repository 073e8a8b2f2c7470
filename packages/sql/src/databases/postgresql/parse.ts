import type { Issue } from '@planwright/spec';
import { characterOffset } from '../../code-points.js';
import type { ParsedScript, ParsedStatement, ParseOptions, Reading } from '../../dialect.js';
import { type SourceLines, sourceLines } from '../../source-lines.js';
import type { SourcePiece } from '../../split-script.js';
import { unclosedCommentIssues } from '../../unclosed-comment.js';
import { byteOffsets } from './byte-offsets.js';
import type { Grammar } from './grammar.js';
import { type Bounds, grammarPieces } from './grammar-pieces.js';
import { surelyShallow, tooDeep } from './nesting.js';
import { type TaggedNode, tagged } from './nodes.js';
import { relocate } from './relocate.js';
import { split } from './split.js';
import { clientIssue, syntaxIssue } from './syntax-issue.js';

/** A tree as the analyzer gets it: every `location` in it is an offset into the script's text, or -1 where the grammar keeps none. */
export type StatementNode = TaggedNode;

/** The longest text given to the grammar at once, in code units. Most files are shorter; a tree takes about thirty times its text. */
const longestRun = 1 << 18;

/** Reads a script with PostgreSQL's grammar: whole if it can, and statement by statement around an error. */
export function parse(grammar: Grammar, text: string, options: ParseOptions = {}): ParsedScript<StatementNode> {
  return readAtOnce(grammar, text) ?? readSplit(grammar, text, options);
}

/** Reads a script that is nothing but good SQL: the grammar says where its statements are. Nothing for any other. */
function readAtOnce(grammar: Grammar, text: string): ParsedScript<StatementNode> | undefined {
  if (text.length > longestRun || text.includes('\0') || !surelyShallow(text)) return undefined;
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const pad = startsWithoutLocation.test(text) ? '' : ' ';
  const source = pad + (mark === 0 ? text : text.slice(mark));
  const base = mark - pad.length;
  const result = grammar.parse(source);
  if ('error' in result) return undefined;
  const plain = base === 0 && result.bytes === source.length;
  const toUnit = byteOffsets(source, result.bytes);
  const toOffset = (byte: number): number => toUnit(byte) + base;
  const trees: StatementNode[] = [];
  const bounds: Bounds[] = [];
  for (const { stmt, stmt_location: start = 0, stmt_len: length = 0 } of result.statements) {
    if (!stmt) return undefined;
    if (!plain) relocate(stmt, toOffset);
    const node = tagged(stmt);
    // What follows are rows, however much they look like SQL.
    if (node.kind === 'CopyStmt' && node.value.is_from && node.value.filename === undefined && !node.value.is_program) return undefined;
    trees.push(node);
    bounds.push({ start: Math.max(toOffset(start), 0), end: length === 0 ? text.length : toOffset(start + length) });
  }
  const script = grammarPieces(text, bounds);
  if (!script) return undefined;
  const statements = script.pieces.map(
    ({ sql, start, end, line, column, leadingComments, trailingComments }, index): ParsedStatement<StatementNode> => ({
      sql,
      start,
      end,
      line,
      column,
      leadingComments,
      trailingComments,
      kind: 'parsed',
      // There is a piece for each tree, in order.
      node: trees[index] as StatementNode,
    }),
  );
  return { text, statements, comments: script.comments, issues: [] };
}

/**
 * Texts in which nothing with a location stands at the very start: the grammar's JSON leaves out zeros, so that it could not be told from none.
 * Any other text is read after a space.
 */
const startsWithoutLocation = /^(?:[\s]|--|\/\*|(?:create|alter|drop|insert|update|delete|comment)\s)/i;

/** Reads a script statement by statement where it must. */
function readSplit(grammar: Grammar, text: string, options: ParseOptions): ParsedScript<StatementNode> {
  const script = split(text);
  const reader: Reader = { grammar, text, lines: sourceLines(text), file: options.file };
  const statements: ParsedStatement<StatementNode>[] = [];
  for (const run of runsOf(script.pieces)) {
    const first = run[0];
    if (first?.kind === 'sql') for (const statement of readRun(reader, run)) statements.push(statement);
    else if (first) statements.push(withReading(first, clientReading(first, options.file)));
  }
  const issues = statements.flatMap((statement) => ('issue' in statement && statement.issue ? [statement.issue] : []));
  return { text, statements, comments: script.comments, issues: [...issues, ...unclosedCommentIssues(script, options.file)] };
}

interface Reader {
  readonly grammar: Grammar;
  readonly text: string;
  readonly lines: SourceLines;
  readonly file: string | undefined;
}

/** Statements that follow each other, up to `longestRun`; each line for the client by itself. */
function* runsOf(pieces: readonly SourcePiece[]): Generator<readonly SourcePiece[]> {
  let run: SourcePiece[] = [];
  for (const piece of pieces) {
    const first = run[0];
    if (first && (piece.kind !== 'sql' || first.kind !== 'sql' || piece.end - first.start > longestRun)) {
      yield run;
      run = [];
    }
    run.push(piece);
  }
  if (run.length > 0) yield run;
}

function readRun(reader: Reader, run: readonly SourcePiece[]): readonly ParsedStatement<StatementNode>[] {
  const whole = readWhole(reader, run);
  if (whole) return whole;
  const [only, second] = run;
  if (only && !second) return [withReading(only, { kind: 'invalid', issue: explain(reader, only) })];
  // Halving finds one bad statement among many in few calls; each half is parsed at most once a level.
  const middle = run.length >> 1;
  return [...readRun(reader, run.slice(0, middle)), ...readRun(reader, run.slice(middle))];
}

/** Reads a run in one call; nothing if the grammar refuses it or sees other statements in it than the splitter. */
function readWhole(reader: Reader, run: readonly SourcePiece[]): readonly ParsedStatement<StatementNode>[] | undefined {
  const { source, base } = sourceOf(reader, run);
  // A C string would end here, and the rest go unread; and what is nested too deep would end the grammar.
  if (source.includes('\0') || run.some((piece) => tooDeep(piece.sql))) return undefined;
  const result = reader.grammar.parse(source);
  if ('error' in result) return undefined;
  const toUnit = byteOffsets(source, result.bytes);
  const toOffset = (byte: number): number => toUnit(byte) + base;
  const joined = joinPieces(
    reader.text,
    run,
    result.statements.map((statement) => toOffset(statement.stmt_location ?? 0)),
  );
  if (!joined) return undefined;
  return result.statements.flatMap((statement, index) => {
    const piece = joined[index];
    if (!statement.stmt || !piece) return [];
    relocate(statement.stmt, toOffset);
    return [withReading(piece, { kind: 'parsed', node: tagged(statement.stmt) })];
  });
}

/**
 * The text for the grammar and the offset of its first character. It starts with a space: the grammar's JSON leaves out zeros,
 * so a location at the very start could not be told from none.
 */
function sourceOf(reader: Reader, run: readonly SourcePiece[]): { readonly source: string; readonly base: number } {
  const start = run[0]?.start ?? 0;
  return { source: ` ${reader.text.slice(start, run.at(-1)?.end)}`, base: start - 1 };
}

/** The grammar has the last word on where a statement ends: pieces that it sees as one become one. */
function joinPieces(text: string, run: readonly SourcePiece[], starts: readonly number[]): readonly SourcePiece[] | undefined {
  const joined: SourcePiece[] = [];
  for (const piece of run) {
    const wanted = starts[joined.length];
    const last = joined.at(-1);
    if (wanted !== undefined && piece.start >= wanted) joined.push(piece);
    else if (last) joined[joined.length - 1] = { ...last, sql: text.slice(last.start, piece.end), end: piece.end, trailingComments: piece.trailingComments };
    else return undefined;
  }
  return joined.length === starts.length ? joined : undefined;
}

function explain(reader: Reader, piece: SourcePiece): Issue {
  const nul = piece.sql.indexOf('\0');
  if (nul >= 0) {
    const place = reader.lines.placeOf(piece.start + nul);
    return {
      ...fileOf(reader.file),
      code: 'sql-nul-character',
      message: 'A NUL character stands in the SQL; PostgreSQL accepts none.',
      ...place,
      hint: 'Remove the character.',
    };
  }
  if (tooDeep(piece.sql)) {
    const message = 'The statement nests thousands of expressions in each other, more than the grammar can hold.';
    return {
      ...fileOf(reader.file),
      code: 'sql-too-deep',
      message,
      line: piece.line,
      column: piece.column,
      hint: 'Write long chains as lists, or split the statement.',
    };
  }
  const { source, base } = sourceOf(reader, [piece]);
  const result = reader.grammar.parse(source);
  // Refused with its neighbours and accepted alone cannot be: what splits into one piece parses as one.
  const found = 'error' in result ? result : { error: 'syntax error', position: 1 };
  const offset = Math.max(base + characterOffset(source, found.position), piece.start);
  return { ...fileOf(reader.file), ...syntaxIssue(found.error, reader.text, offset, piece), ...reader.lines.placeOf(offset) };
}

function clientReading(piece: SourcePiece, file: string | undefined): Reading<StatementNode> {
  return { kind: piece.kind === 'data' ? 'data' : 'command', issue: { ...fileOf(file), ...clientIssue(piece), line: piece.line, column: piece.column } };
}

function fileOf(file: string | undefined): { readonly file?: string } {
  return file === undefined ? {} : { file };
}

function withReading(piece: SourcePiece, reading: Reading<StatementNode>): ParsedStatement<StatementNode> {
  const { kind: _, ...place } = piece;
  return { ...place, ...reading };
}
