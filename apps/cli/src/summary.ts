import { relative } from 'node:path';
import type { Plan } from '@planwright/plan';
import { say } from '@planwright/renderer';
import type { ColumnChange, Context } from '@planwright/spec';
import type { Output } from './output.js';
import type { Terminal } from './terminal.js';

type Colors = Terminal['colors'];

const most = 8;

/** What a person wants to know before opening a document: what kind of change, what is new, what breaks, what is open, where it was written. */
export function summary({ colors, width }: Terminal, { context, questions }: Plan, output: Output, dry: boolean): string {
  const unknown = context.change.migrations.flatMap(({ statements }) => statements.filter(({ operations }) => operations.some(({ type }) => type === 'unknown')));
  const rows = [
    row('new', news(context), colors.green),
    row('changed', changes(context, colors), (text) => text),
    row('dropped', (context.tables?.dropped ?? []).map(({ table }) => named(table.schema, table.name)), colors.red),
    row('breaking', (context.breaking ?? []).map(({ change, table }) => `${table && !change.includes(table) ? `${table}: ` : ''}${plain(change)}`), colors.red),
    row('no way back', irreversible(context), colors.red),
    row('not analysed', unknown.map(({ file, line, sql }) => `${file ?? ''}${line ? `:${line}` : ''} ${(sql ?? '').split('\n')[0] ?? ''}`.trim()), colors.yellow),
    row('open', questions.map(({ id, question }) => `${colors.dim(`${id}:`)} ${plain(question)}`), colors.yellow, questions.length),
    row(dry ? 'would write' : 'written', output.files.filter(({ state }) => state === 'written').map(({ path }) => shown(path)), (text) => text),
    row('unchanged', output.files.filter(({ state }) => state === 'unchanged').map(({ path }) => shown(path)), colors.dim),
    row('backup', output.backups.map(shown), colors.yellow),
  ];
  const label = Math.max(...rows.flatMap((one) => (one ? [one.label.length] : [0])));
  const lines = rows.flatMap((one) => (one ? [one] : [])).map(({ label: name, values, color }) => section(colors, name, values.map(color), label, width));
  return `\n${head(colors, context)}\n\n${lines.join('\n')}\n\n`;
}

interface Row {
  readonly label: string;
  readonly values: readonly string[];
  readonly color: (text: string) => string;
}

function row(label: string, values: readonly string[], color: (text: string) => string, total = values.length): Row | undefined {
  if (values.length === 0) return undefined;
  const shownValues = values.slice(0, most);
  return { label, values: total > most ? [...shownValues, `and ${total - most} more`] : shownValues, color };
}

function section(colors: Colors, label: string, values: readonly string[], width: number, columns: number): string {
  const indent = ' '.repeat(width + 4);
  return values.map((value, index) => (index === 0 ? `  ${colors.dim(label.padEnd(width))}  ` : indent) + cut(value, columns - width - 4)).join('\n');
}

function head(colors: Colors, context: Context): string {
  const { classification, target, framework, change, sequence } = context;
  const risk = classification?.risk;
  const tint = risk === 'high' ? colors.red : risk === 'medium' ? colors.yellow : colors.green;
  const database = { postgresql: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite' }[target.database];
  const statements = change.migrations.reduce((sum, migration) => sum + migration.statements.length, 0);
  return [
    `  ${colors.bold(context.title ?? context.slug ?? 'Migration plan')}${classification?.changeType ? `   ${classification.changeType}` : ''}${risk ? ` · ${tint(`${risk} risk`)}` : ''}`,
    colors.dim(
      `  ${[framework?.name ?? target.framework, `${database}${target.version ? ` ${target.version}` : ''}`, (say.count(change.migrations.length, 'migration')), (say.count(statements, 'statement')), ...(sequence && sequence.migrations.length !== change.migrations.length ? [`${sequence.migrations.length} planned`] : [])].filter(Boolean).join(' · ')}`,
    ),
  ].join('\n');
}

function news({ tables }: Context): readonly string[] {
  return (tables?.created ?? []).map(({ table }) => `${named(table.schema, table.name)} (${table.columns.length} columns)`);
}

function changes({ tables }: Context, colors: Colors): readonly string[] {
  return (tables?.modified ?? []).map(({ schema, name, renamedTo, columns = [], constraints = [], indexes = [] }) => {
    const parts = [
      ...(renamedTo ? [`→ ${renamedTo}`] : []),
      ...columns.map((column) => columnChange(column, colors)),
      ...constraints.map((one) => `${sign(one.change)}constraint ${one.name ?? (one.constraint && 'name' in one.constraint ? (one.constraint.name ?? one.constraint.type) : '')}`),
      ...indexes.map((one) => `${sign(one.change)}index ${one.name}`),
    ];
    return `${colors.bold(named(schema, name))}  ${parts.join(', ') || 'other changes'}`;
  });
}

function columnChange({ change, column, from, to }: ColumnChange, colors: Colors): string {
  if (change === 'ADD') return colors.green(`+${column}`);
  if (change === 'DROP') return colors.red(`−${column}`);
  return change === 'RENAME' ? `${column} → ${to}` : `${column} ${from ?? ''} → ${to ?? ''}`;
}

function sign(change: string): string {
  return change === 'ADD' ? '+' : change === 'DROP' ? '−' : '~';
}

function irreversible({ sequence }: Context): readonly string[] {
  return (sequence?.migrations ?? []).filter(({ reversibility }) => reversibility?.kind === 'irreversible').map(({ id, name, reversibility }) => `${id} ${name}${reversibility?.reason ? `: ${plain(reversibility.reason)}` : ''}`);
}

function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\s+/g, ' ');
}

function named(schema: string | undefined, name: string): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

function shown(path: string): string {
  return relative('.', path) || path;
}

// Escape sequences of colours take no room.
const escape = /\u001b\[[0-9;]*m/g;

function cut(text: string, room: number): string {
  if (text.replace(escape, '').length <= room || room < 20) return text;
  let left = room - 1;
  let cutText = '';
  for (const part of text.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith('\u001b')) cutText += part;
    else {
      cutText += part.slice(0, left);
      left = Math.max(0, left - part.length);
    }
  }
  return `${cutText}…`;
}
