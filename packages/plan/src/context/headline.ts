import { blocksWriters } from '@planwright/analyzer';
import type { Basis, Context, Evidence, HeadlineRow, Lock, LockVerdict, Operation, PlannedMigration, TransactionMode, Verdicts, Wait } from '@planwright/spec';
import { helperTables } from '../helper-tables.js';
import { counted, distinct, listed, sentencesOf } from '../words.js';
import { lowerFirst } from './classification.js';

/** A file of migrations as it runs: in one transaction, or statement by statement. */
interface Unit {
  readonly transaction?: TransactionMode;
  readonly statements: readonly { readonly verdicts?: Verdicts; readonly operations?: readonly Operation[] }[];
}

/** What a reader wants to know first: the change as written beside the plan, measure by measure. Rows that are alike on both sides and say nothing are left out. */
export function headline(context: Context): HeadlineRow[] {
  const helpers = new Set(helperTables(context).map(({ name }) => name));
  const written = context.change.migrations;
  const planned = (context.sequence?.migrations ?? []).map((migration) => withoutRelations(migration, helpers));
  const measured = context.evidence ? [...waits(context.evidence), ...retries(context.evidence)] : [];
  const rows = [
    ...measured,
    both('worst lock', worstLock(written), worstLock(planned)),
    both('tables written anew', relations(written, 'rewrites'), relations(planned, 'rewrites')),
    both('tables read in full while writers wait', blockedScans(written), blockedScans(planned)),
    code(context),
    wayBack(context),
    deploys(context),
  ];
  return rows.flatMap((row) => row ?? []);
}

/** The migration without what it does to tables that nobody else knows. */
function withoutRelations({ transaction, statements }: Unit, unknown: ReadonlySet<string>): Unit {
  if (unknown.size === 0) return { ...(transaction && { transaction }), statements };
  const known = (names: readonly string[]) => names.filter((name) => !unknown.has(name));
  return {
    ...(transaction && { transaction }),
    statements: statements.map(({ verdicts, operations }) => {
      const of = operations ? { operations } : {};
      if (!verdicts?.lock) return verdicts ? { ...of, verdicts } : of;
      const { locks, rewrites = [], scans = [], ...rest } = verdicts.lock;
      return {
        ...of,
        verdicts: {
          ...verdicts,
          lock: { ...rest, locks: locks.filter(({ relation }) => !unknown.has(relation)), rewrites: known(rewrites), scans: known(scans) },
        },
      };
    }),
  };
}

type Said = { readonly text: string; readonly basis?: Basis } | undefined;

function both(measure: string, asWritten: Said, planned: Said): HeadlineRow | undefined {
  if (!asWritten || !planned || (asWritten.text === planned.text && asWritten.text === 'none')) return undefined;
  const basis = asWritten.basis === planned.basis ? asWritten.basis : 'predicted';
  return { measure, asWritten: asWritten.text, planned: planned.text, ...(basis && { basis }) };
}

/** Locks of a unit: in a transaction each is held until its end, so as long as the longest work that follows it. */
function locksOf({ transaction, statements }: Unit): readonly Lock[] {
  const verdicts = statements.map(({ verdicts: one }) => one?.lock);
  return verdicts.flatMap((verdict, index) =>
    (verdict?.locks ?? []).map((lock) => {
      const later = transaction === 'none' ? [] : verdicts.slice(index + 1);
      const held = later.some((one) => one?.rewrites?.length)
        ? 'rewrite'
        : later.some((one) => one?.scans?.length) && lock.held === 'brief'
          ? 'scan'
          : lock.held;
      return { ...lock, held: lock.held === 'rewrite' ? 'rewrite' : held };
    }),
  );
}

const lengths: readonly Lock['held'][] = ['brief', 'scan', 'rewrite'];

function worstLock(units: readonly Unit[]): Said {
  const strong = units.flatMap(locksOf).filter(({ mode }) => blocksWriters(mode));
  if (strong.length === 0) return { text: withUnknown('none that writers wait for', units), ...basisOf(units) };
  const rank = ({ mode, held }: Lock) => lengths.indexOf(held) * 10 + (mode === 'ACCESS EXCLUSIVE' ? 1 : 0);
  const most = Math.max(...strong.map(rank));
  const worst = strong.filter((lock) => rank(lock) === most);
  const [first] = worst;
  if (!first) return undefined;
  const names = distinct(worst.map(({ relation }) => `\`${relation}\``));
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : listed(names);
  return { text: withUnknown(`${first.mode} on ${shown}, ${first.held === 'brief' ? 'brief' : `for a ${first.held}`}`, units), ...basisOf(units) };
}

function relations(units: readonly Unit[], part: 'rewrites' | 'scans'): Said {
  const names = distinct(units.flatMap(({ statements }) => statements.flatMap(({ verdicts }) => verdicts?.lock?.[part] ?? [])));
  return { text: withUnknown(names.length === 0 ? 'none' : listed(names.map((name) => `\`${name}\``)), units), ...basisOf(units) };
}

/** Tables that are read in full while a lock is held that writers of one of them wait for. */
function blockedScans(units: readonly Unit[]): Said {
  const names = distinct(
    units.flatMap(({ transaction, statements }) => {
      const verdicts = statements.map(({ verdicts: one }) => one?.lock);
      return verdicts.flatMap((verdict, index) => {
        const held = transaction === 'none' ? [verdict] : verdicts.slice(0, index + 1);
        const blocks = held.some((one) => one?.locks.some(({ mode }) => blocksWriters(mode)));
        return blocks ? [...(verdict?.scans ?? []), ...(verdict?.rewrites ?? [])] : [];
      });
    }),
  );
  return { text: withUnknown(names.length === 0 ? 'none' : listed(names.map((name) => `\`${name}\``)), units), ...basisOf(units) };
}

/** What is found, with the number of statements of which nothing is known: they may be worse. */
function withUnknown(text: string, units: readonly Unit[]): string {
  // Settings and transaction control lock nothing.
  const locksNothing = ({ type }: Operation): boolean => type === 'setSetting' || type === 'controlTransaction';
  const isUnknown = ({ verdicts, operations = [] }: Unit['statements'][number]): boolean => verdicts?.lock === undefined && !operations.every(locksNothing);
  const unknown = units.reduce((sum, { statements }) => sum + statements.filter(isUnknown).length, 0);
  return unknown === 0 ? text : `${text.replace(/^none\b/, 'none known')}; ${counted(unknown, 'statement')} not analysed`;
}

function basisOf(units: readonly Unit[]): { readonly basis?: Basis } {
  const bases = units.flatMap(({ statements }) => statements.flatMap(({ verdicts }) => (verdicts?.lock as LockVerdict | undefined)?.basis ?? []));
  return { basis: bases.length > 0 && bases.every((basis) => basis === 'observed') ? 'observed' : 'predicted' };
}

/** What a reader and a writer felt, from a server that had both at work. */
function waits({ waits: felt = [] }: Evidence): readonly HeadlineRow[] {
  return (['reader', 'writer'] as const).flatMap((who) => {
    const longest = (subject: Wait['subject']) => {
      const own = felt.filter((wait) => wait.who === who && wait.subject === subject);
      return own.length === 0 ? undefined : Math.max(...own.map((wait) => wait.longest));
    };
    const [written, planned] = [longest('change'), longest('sequence')];
    if (written === undefined || planned === undefined) return [];
    return [{ measure: `longest wait of a ${who}`, asWritten: milliseconds(written), planned: milliseconds(planned), basis: 'observed' as const }];
  });
}

/** How often statements gave way to the application, by their lock_timeout, and were run again. */
function retries({ migrations = [] }: Evidence): readonly HeadlineRow[] {
  const of = (subject: Wait['subject']) =>
    migrations
      .filter((one) => (one.subject ?? 'sequence') === subject)
      .reduce((sum, { statements }) => sum + statements.reduce((own, { retries: times = 0 }) => own + times, 0), 0);
  const [written, planned] = [of('change'), of('sequence')];
  const told = (times: number): string => (times === 0 ? 'none' : counted(times, 'time'));
  return written + planned === 0
    ? []
    : [{ measure: 'lock_timeout met and run again, under load', asWritten: told(written), planned: told(planned), basis: 'observed' }];
}

function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : value < 10_000 ? `${Math.round(value).toLocaleString('en-US')} ms` : `${(value / 1000).toFixed(1)} s`;
}

function code({ change, sequence }: Context): HeadlineRow | undefined {
  const breaking = change.migrations.flatMap(({ statements }) => statements.filter(({ verdicts }) => verdicts?.code?.breaksOld)).length;
  if (breaking === 0) return undefined;
  const gates = (sequence?.gates ?? []).filter(({ release }) => release !== undefined).length;
  return {
    measure: 'running code',
    asWritten: `${counted(breaking, 'statement')} ${breaking === 1 ? 'breaks' : 'break'} the release that runs, at the commit`,
    planned: gates === 0 ? 'the same' : `${counted(gates, 'deploy')} between the migrations, so that no release meets a schema that it does not fit`,
    basis: 'predicted',
  };
}

function wayBack({ change, sequence }: Context): HeadlineRow | undefined {
  const planned = sequence?.migrations ?? [];
  const last = planned.find(({ reversibility }) => reversibility?.kind === 'irreversible');
  const first = planned[0];
  if (!last || last === first) return undefined;
  const losing = change.migrations.flatMap(({ statements }) =>
    statements.flatMap(({ verdicts }) => (verdicts?.data?.outcome === 'loses' ? [lossesIn(verdicts.data.reason ?? '')] : [])),
  );
  const [loss] = losing;
  return {
    measure: 'way back',
    asWritten:
      loss !== undefined
        ? `none${loss === '' ? '' : `: ${lowerFirst(loss).replace(/\.$/, '')}`}`
        : change.migrations.every(({ down }) => down !== undefined)
          ? 'by its own down migration'
          : 'none given',
    planned: `to the start, until Migration ${last.id}${conditions(planned.slice(0, planned.indexOf(last)))}`,
    basis: last.reversibility?.basis ?? 'predicted',
  };
}

/** What is lost, of a reason that says besides on which rows the statement fails. */
function lossesIn(reason: string): string {
  return sentencesOf(reason)
    .filter((sentence) => !sentence.startsWith('Fails'))
    .join(' ');
}

function conditions(migrations: readonly PlannedMigration[]): string {
  const ids = migrations.flatMap(({ id, reversibility }) => (reversibility?.condition === undefined ? [] : [id]));
  return ids.length === 0 ? '' : `; from ${ids.length === 1 ? 'Migration' : 'Migrations'} ${listed(ids)} under a condition`;
}

function deploys({ change, sequence }: Context): HeadlineRow {
  const gates = sequence?.gates?.length ?? 0;
  return {
    measure: 'migrations',
    asWritten: `${change.migrations.length}`,
    planned: `${sequence?.migrations.length ?? 0}${gates > 0 ? `, with ${counted(gates, 'gate')} between them` : ''}`,
  };
}
