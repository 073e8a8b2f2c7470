import { basename, dirname } from 'node:path';
import type { Plan } from '@planwright/plan';
import { say } from '@planwright/renderer';
import type { Context } from '@planwright/spec';
import type { Output } from './output.js';
import { shownPath } from './shown-path.js';
import { named, tableChange } from './table-change.js';
import type { Terminal } from './terminal.js';
import { wrap } from './wrap.js';

type Colors = Terminal['colors'];

// As many values of one kind are shown; a summary fits on a screen.
const most = 8;

/** What a person wants to know before opening a document: what kind of change, what is new, what breaks, what is open, where it was written. */
export function summary({ colors, width }: Terminal, { context, questions }: Plan, { files, backups }: Output, dry: boolean): string {
  const none = (text: string) => text;
  const inState = (state: string) => byFolder(files.flatMap((file) => (file.state === state ? [file.path] : [])));
  const rows = [
    row(
      'new',
      (context.tables?.created ?? []).map(({ table }) => `${named(table.schema, table.name)} (${say.count(table.columns.length, 'column')})`),
      colors.green,
    ),
    row(
      'changed',
      (context.tables?.modified ?? []).map((table) => tableChange(colors, table)),
      none,
    ),
    row(
      'dropped',
      (context.tables?.dropped ?? []).map(({ table }) => named(table.schema, table.name)),
      colors.red,
    ),
    row(
      'breaking',
      [...new Set((context.breaking ?? []).map(({ change, table }) => `${table && !change.includes(table) ? `${table}: ` : ''}${plain(change)}`))],
      colors.red,
    ),
    row('no way back', irreversible(context), colors.red),
    row('not analysed', notAnalysed(context), colors.yellow),
    row(
      'open',
      questions.map(({ question }) => plain(question)),
      colors.yellow,
      '; answers go into planwright.config.yaml or --answers',
    ),
    row(dry ? 'would write' : 'written', inState('written'), none),
    row('unchanged', inState('unchanged'), colors.dim),
    row('backup', backups.map(shownPath), colors.yellow),
  ].flatMap((one) => one ?? []);
  const label = Math.max(0, ...rows.map((one) => one.label.length));
  return `\n${head(colors, context)}\n\n${rows.map((one) => printed(colors, one, label, width)).join('\n')}\n\n`;
}

interface Row {
  readonly label: string;
  readonly values: readonly string[];
  readonly color: (text: string) => string;
}

function row(label: string, values: readonly string[], color: (text: string) => string, more = ''): Row | undefined {
  if (values.length === 0) return undefined;
  return { label, values: values.length > most ? [...values.slice(0, most), `and ${values.length - most} more${more}`] : values, color };
}

function printed(colors: Colors, { label, values, color }: Row, width: number, columns: number): string {
  const indent = ' '.repeat(width + 4);
  const lines = values.flatMap((value) => wrap(value, Math.max(40, columns - width - 4)));
  return lines.map((line, index) => (index === 0 ? `  ${colors.dim(label.padEnd(width))}  ` : indent) + color(line)).join('\n');
}

function head(colors: Colors, context: Context): string {
  const { classification, target, framework, change, sequence } = context;
  const risk = classification?.risk;
  const tint = risk === 'high' ? colors.red : risk === 'medium' ? colors.yellow : colors.green;
  const database = { postgresql: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite' }[target.database];
  const statements = change.migrations.reduce((sum, migration) => sum + migration.statements.length, 0);
  const facts = [
    framework?.name ?? target.framework,
    target.version ? `${database} ${target.version}` : database,
    say.count(change.migrations.length, 'migration'),
    say.count(statements, 'statement'),
    sequence && sequence.migrations.length !== change.migrations.length ? `${sequence.migrations.length} migrations planned` : undefined,
  ];
  const kind = [classification?.changeType, risk && tint(`${risk} risk`)].filter(Boolean).join(' · ');
  return `  ${colors.bold(context.title ?? context.slug ?? 'Migration plan')}${kind ? `   ${kind}` : ''}\n${colors.dim(`  ${facts.filter(Boolean).join(' · ')}`)}`;
}

function irreversible({ sequence }: Context): readonly string[] {
  return (sequence?.migrations ?? [])
    .filter(({ reversibility }) => reversibility?.kind === 'irreversible')
    .map(({ id, name, reversibility }) => `${id} ${name}${reversibility?.reason ? `: ${plain(reversibility.reason)}` : ''}`);
}

function notAnalysed({ change }: Context): readonly string[] {
  const unknown = change.migrations.flatMap(({ statements }) => statements.filter(({ operations }) => operations.some(({ type }) => type === 'unknown')));
  return unknown.map(({ file, line, sql }) => `${file ?? ''}${line ? `:${line}` : ''} ${(sql ?? '').split('\n')[0]?.slice(0, 80) ?? ''}`.trim());
}

/** Files as a folder with its names: five templates are five lines. */
function byFolder(paths: readonly string[]): readonly string[] {
  const folders = new Map<string, string[]>();
  for (const path of paths) folders.set(dirname(path), [...(folders.get(dirname(path)) ?? []), basename(path)]);
  return [...folders].map(([folder, names]) => `${shownPath(folder)}: ${names.join(', ')}`.replace(/^\.: /, ''));
}

function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\s+/g, ' ');
}
