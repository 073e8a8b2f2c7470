import type { Finding, Operation, Sequence, Statement, View } from '@planwright/spec';
import { type JudgedMigration, operationsOf } from '../judged-migration.js';
import { addToList } from '../lists-by-key.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { onTableText, tableText } from '../verdicts/statement-facts.js';
import { activeFindings } from './active-findings.js';
import { tableOn } from './asked.js';
import { type Chosen, chooseSteps } from './choose-steps.js';
import { combineSteps } from './combine-steps.js';
import { type Planned, plannedSequence, type ReadBack } from './planned-sequence.js';
import { namesTaken } from './taken-names.js';
import type { Wishes } from './wishes.js';

/** The safe way to a change's end, and the change with what became of its statements. */
export interface SafeWay {
  readonly sequence: Sequence;
  readonly migrations: readonly JudgedMigration[];
}

/**
 * Plans a change whose statements are dangerous. What is planned is read back and carried through the schema: where it does not end as the author's SQL does,
 * the tables concerned stay as written rather than be planned wrongly. Nothing where everything stays as written.
 */
export function safeWay(
  migrations: readonly JudgedMigration[],
  read: ReadBack,
  wishes: Wishes,
): SafeWay | { readonly sequence?: undefined; readonly migrations: readonly JudgedMigration[] } {
  const views = [...(read.before.views ?? []), ...(read.after.views ?? [])];
  const all = allTables(migrations);
  const names = otherNames(migrations);
  let avoid: ReadonlyMap<string, string> = new Map();
  const modes = migrations.map(({ transaction }) => transaction.mode);
  for (let attempt = 0; ; attempt++) {
    const chosen = chooseSteps(migrations, read.before, wishes, avoid);
    if (chosen.replaced.size + chosen.alone.size === 0) return { migrations: withAnswers(migrations, chosen) };
    const planned = plannedSequence(combineSteps(chosen, modes), migrations, read);
    if (planned.problems.length === 0 && planned.differing.length === 0)
      return { sequence: planned.sequence, migrations: withAnswers(migrations, chosen, planned) };
    const tables = attempt < 3 ? concerned(planned) : [];
    const fresh = tables.filter((table) => !avoid.has(table));
    const reason =
      planned.differing.length === 0
        ? 'its steps would not run in their order together with the other statements of the change'
        : 'its steps would not end in the same schema together with the other statements of the change';
    // What is known to stand in the way says more.
    avoid = new Map([...(fresh.length > 0 ? fresh : all).map((table) => [table, names.has(table) ? renamed : reason] as const), ...avoid]);
    if (attempt > 4) return { migrations: withAnswers(migrations, { ...chosen, replaced: new Set(), alone: new Set() }) };
  }

  /** Tables that differ in the end, and those of which reading the steps back has said something; under all their names. */
  function concerned({ differing, problems }: Planned): readonly string[] {
    const said = new Set(problems.flatMap((problem) => [...problem.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? [])));
    return [...tablesOf(differing, views), ...all.filter((table) => said.has(table))].flatMap((table) => [table, ...(names.get(table) ?? [])]);
  }
}

const renamed = 'the change gives the table another name, and steps on both sides of that would not find it';

/** Names that the change gives to tables, by those that they have before, and the other way round. */
function otherNames(migrations: readonly JudgedMigration[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const operation of operationsOf(migrations)) {
    if (operation.type !== 'renameTable' && operation.type !== 'setTableSchema') continue;
    const [old, now] = [onTableText(operation), ...namesTaken(operation)];
    if (now === undefined) continue;
    addToList(names, old, now);
    addToList(names, now, old);
  }
  return names;
}

/** Dangers of a statement that come from those before it in its transaction. */
const ofCompany: ReadonlySet<string> = new Set(['lock-held-through-later-work', 'several-scans-of-one-table']);

/** Statements say by which planned migrations they are replaced, findings why they are kept. */
function withAnswers(
  migrations: readonly JudgedMigration[],
  chosen: Pick<Chosen, 'kept' | 'replaced' | 'alone'>,
  planned?: Planned,
): readonly JudgedMigration[] {
  return migrations.map((migration) => {
    const statements = migration.statements.map((judged) => {
      const id = judged.statement.id ?? '';
      const kept = chosen.kept.get(id);
      const places = planned?.standsFor.get(id);
      const by = chosen.replaced.has(id) ? places : undefined;
      const [own] = chosen.alone.has(id) || (planned && places?.length === 1 && beginsWith(planned.sequence, places[0] ?? '', id)) ? (places ?? []) : [];
      if (kept === undefined && by === undefined) return judged;
      const active = new Set(activeFindings(judged));
      const findings = judged.statement.findings?.map((finding): Finding => {
        if (kept === undefined || !active.has(finding)) return finding;
        return own !== undefined && ofCompany.has(finding.rule)
          ? { ...finding, avoidedBy: [own] }
          : { ...finding, kept: sentence(kept, finding, judged.statement) };
      });
      const statement: Statement = { ...judged.statement, ...(findings ? { findings } : {}), ...(by ? { replacedBy: [...by] } : {}) };
      return { ...judged, statement };
    });
    const differs = planned !== undefined && !isWhole(migration, planned.sequence);
    if (!differs && statements.every((judged, place) => judged === migration.statements[place])) return migration;
    return {
      ...migration,
      statements,
      written: { ...migration.written, statements: statements.map(({ statement }) => statement), ...(differs ? { replacedBy: true } : {}) },
    };
  });
}

/** Whether a statement of the change is the first in its planned migration, so that no lock of another is held while it works. */
function beginsWith({ migrations }: Sequence, migration: string, statement: string): boolean {
  const first = migrations.find(({ id }) => id === migration)?.statements.find(({ operations }) => !operations.every(({ type }) => type === 'setSetting'));
  return first?.from === statement;
}

/** Whether a migration of the change is one of the sequence, statement by statement. */
function isWhole({ written }: JudgedMigration, sequence: Sequence): boolean {
  const textOf = ({ sql, operations = [] }: { readonly sql?: string; readonly operations?: readonly Operation[] }): string => sql ?? JSON.stringify(operations);
  const texts = written.statements.map(textOf).join('\0');
  return sequence.migrations.some(({ statements }) => statements.map(textOf).join('\0') === texts);
}

/** Why a statement stays; where its danger is its lock, also how long that is held, as far as it is known, and what bounds the wait for it. */
function sentence(text: string, { verdict }: Finding, { verdicts }: Statement): string {
  const stays = `Stays as written: ${text}.`;
  const { lock } = verdicts ?? {};
  if (verdict !== 'lock' || !lock?.locks.some(({ mode }) => blocksWriters(mode))) return stays;
  const { duration } = lock;
  const time =
    duration && !text.includes('estimated') ? ` It takes ${duration.min} to ${duration.max} s by estimate${duration.from ? ` (${duration.from})` : ''}.` : '';
  return `${stays}${time} Set \`lock_timeout\` for the session that runs it: nobody then queues behind its wait for longer than that.`;
}

/** Tables that operations are on; of a view, those that it reads. */
function tablesOf(operations: readonly Operation[], views: readonly View[] = []): readonly string[] {
  return [
    ...new Set(
      operations.flatMap((operation) => {
        if (operation.type === 'createTable')
          return [onTableText({ ...(operation.table.schema === undefined ? {} : { schema: operation.table.schema }), table: operation.table.name })];
        const on = tableOn(operation);
        if (on) return [onTableText(on)];
        if (operation.type === 'createView') return [...readsOf(operation.view, views)];
        const view = operation.type === 'dropView' ? views.find((one) => tableText(one) === tableText(operation)) : undefined;
        return view ? [...readsOf(view, views)] : [];
      }),
    ),
  ];
}

/** What a view reads, and what the views read that it is made of. */
function readsOf({ dependsOn = [] }: View, views: readonly View[], found = new Set<string>()): ReadonlySet<string> {
  for (const name of dependsOn) {
    if (found.has(name)) continue;
    found.add(name);
    const view = views.find((one) => tableText(one) === name);
    if (view) readsOf(view, views, found);
  }
  return found;
}

function allTables(migrations: readonly JudgedMigration[]): readonly string[] {
  return tablesOf(operationsOf(migrations));
}
