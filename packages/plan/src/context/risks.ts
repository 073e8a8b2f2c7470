import { blocksWriters, mentions, tablesRead } from '@planwright/analyzer';
import type { Context, Risk, ValidationQuery } from '@planwright/spec';
import { columnDrops } from '../column-drops.js';
import { named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { distinct, listed, slugOf } from '../words.js';
import { lowerFirst } from './classification.js';

/** Every data loss, break, long lock, failure on existing rows and statement that was not analysed, each with its steps, highest first. */
export function risks(survey: Survey, context: Context): Risk[] {
  const stepsOf = (migrations: readonly string[]) =>
    (context.steps ?? []).filter((step) => step.migrations?.some((id) => migrations.includes(id))).map(({ id }) => id);
  const { together, others } = columnDrops(survey.planned);
  const found = [
    ...together.flatMap(({ table, columns, acts }) => {
      // The columns share gate and steps: one of them speaks for all.
      const [sample] = acts;
      const own = sample ? risksOf(sample, survey, context) : [];
      const what = `${listed(columns)} of ${table}`;
      return own.map((risk) => ({
        ...risk,
        id: risk.id.replace(/^(R-[a-z]+).*$/, `$1-${slugOf(table)}-columns`),
        text:
          risk.impact === 'critical'
            ? `The values of ${what} are lost.`
            : `Every statement that names ${listed(columns, 'or')} of ${table} ${risk.text.replace(/^.* (fails.*)$/, '$1')}`,
        mitigation:
          risk.impact === 'critical'
            ? 'The pre-flight queries count them beforehand; archive them, or have it decided that nobody needs them'
            : risk.mitigation,
        steps: stepsOf(acts.map((act) => act.migration.id)),
      }));
    }),
    ...others.flatMap((act) => risksOf(act, survey, context).map((risk) => ({ ...risk, steps: stepsOf([act.migration.id]) }))),
  ];
  const merged = new Map<string, Risk>();
  for (const risk of [
    ...found,
    ...locks(survey, context, stepsOf),
    ...copiedOnce(survey, context, stepsOf),
    ...findings(survey, context, stepsOf),
    ...notices(survey, stepsOf),
  ]) {
    const known = merged.get(risk.id ?? '');
    merged.set(risk.id ?? '', known ? { ...known, steps: distinct([...(known.steps ?? []), ...(risk.steps ?? [])]) } : risk);
  }
  // What is said alike of several parts of a table is one risk.
  const alike = new Map<string, Risk>();
  for (const risk of merged.values()) {
    const key = JSON.stringify([risk.text, risk.level, risk.mitigation]);
    const known = alike.get(key);
    alike.set(key, known ? { ...known, steps: distinct([...(known.steps ?? []), ...(risk.steps ?? [])]) } : risk);
  }
  const order = ['high', 'medium', 'low'];
  return [...alike.values()].sort((a, b) => order.indexOf(a.level ?? 'low') - order.indexOf(b.level ?? 'low'));
}

type Draft = Required<Pick<Risk, 'id' | 'text' | 'level' | 'impact' | 'probability' | 'mitigation'>>;

function risksOf({ operation, effect, migration, statement }: Act, { migrations, asked: wanted }: Survey, context: Context): Draft[] {
  const object = effect.object ?? operation.type;
  // What is built beside another is asked about by the name that it gets.
  const objects = new Set([
    object,
    ...wanted.flatMap((act) => ('from' in statement && 'id' in act.statement && act.statement.id === statement.from ? (act.effect.object ?? []) : [])),
  ]);
  const id = (kind: string) => `R-${kind}-${slugOf(object)}`;
  const queries = (context.validation ?? []).filter(
    (query) => query.when === 'pre-flight' && query.migration === migration.id && query.check !== 'absent' && query.objects?.some((name) => objects.has(name)),
  );
  const asked = listed(queries.map((query) => query.id));
  // How many rows there are says nothing of what is in them; what a step fails on may be asked before an earlier one of the same statement.
  const isAbout = ({ check, objects = [] }: ValidationQuery): boolean =>
    check === 'violations' && objects.length > 0 && objects.every((name) => effect.dataReason?.includes(`\`${name}\``));
  // A key has one query, and is built part by part.
  const isOfKey = ({ check, objects: names = [] }: ValidationQuery): boolean =>
    (check === 'duplicates' || check === 'orphans') && names.some((name) => objects.has(name));
  const telling = (context.validation ?? []).filter(
    (query) => query.when === 'pre-flight' && query.expected !== 'recorded' && (queries.includes(query) || isAbout(query) || isOfKey(query)),
  );
  const told = listed(telling.map((query) => query.id));
  const gates = (context.sequence?.gates ?? []).filter((gate) => gate.wait === undefined);
  const found: Draft[] = [];
  if (effect.kind === 'unknown' && operation.type === 'unknown') {
    return [
      {
        id: `R-unknown-${migration.id}`,
        text: `A statement of Migration ${migration.id} was not analysed: ${lowerFirst(operation.reason)}`,
        level: 'medium',
        impact: 'high',
        probability: 'medium',
        mitigation: 'Read it by hand: what it locks, what it changes, how it is taken back; try it on a copy',
      },
    ];
  }
  if (effect.data === 'loses' && effect.dataReason) {
    const overwritten = operation.type === 'updateRows' || operation.type === 'backfill' || operation.type === 'mergeRows';
    found.push({
      id: id('loss'),
      text: effect.dataReason,
      level: effect.risk,
      impact: overwritten ? 'high' : 'critical',
      probability: 'low',
      mitigation: `${asked && !overwritten ? `${asked} counts them beforehand; ` : ''}${overwritten ? 'keep a copy of the former values' : 'archive them, or have it decided that nobody needs them'}`,
    });
  }
  if (effect.breaking && effect.code) {
    const stays = effect.noBridge && context.classification?.zeroDowntime !== false;
    const [first, second] = gates;
    const deploys = first?.release
      ? `Gate ${first.id}: ${first.release} is deployed everywhere first, and ${first.retires ?? 'the old release'} is gone`
      : first
        ? `Gates ${listed(gates.map(({ id }) => id))}: ${first.retires ?? 'the old release'} is stopped before, ${second?.release ?? 'the new one'} is started after`
        : '';
    const mitigation =
      [deploys, stays ? `${deploys ? 'without' : 'Without'} a pause: ${safeWay(operation)}` : ''].filter(Boolean).join('; ') ||
      'The release that fits is deployed first';
    found.push({ id: id('break'), text: effect.code, level: effect.risk, impact: 'high', probability: effect.noBridge ? 'high' : 'low', mitigation });
  }
  if (effect.data === 'may fail' && effect.dataReason) {
    const atomic = migration.transaction === 'transactional' && migrations.length > 0 && context.target.database !== 'mysql';
    found.push({
      id: id('fail'),
      text: effect.dataReason,
      level: effect.risk,
      impact: atomic ? 'low' : 'medium',
      probability: told ? 'low' : 'medium',
      mitigation: told
        ? `${told} first; any other answer than expected stops the run`
        : atomic
          ? 'Try it on a copy of production; where it fails nothing has changed: correct the rows and run it again'
          : 'Try it on a copy of production',
    });
  }
  return found;
}

/** The way to the same end beside a running release. */
function safeWay(operation: Act['operation']): string {
  switch (operation.type) {
    case 'renameColumn':
      return `add ${operation.to} beside ${operation.column}, write both, fill the rows that exist, switch the reads, stop writing ${operation.column}, then drop it`;
    case 'alterColumnType':
      return `add a column of type ${operation.to} beside ${operation.column}, write both, fill the rows that exist, switch the reads, then drop the old one`;
    case 'renameTable':
      return `keep ${operation.table} as a view of ${operation.to} until no release names it`;
    case 'addColumn':
      return `add ${operation.column.name} nullable or with a default, fill it, then set NOT NULL`;
    case 'dropDefault':
      return `keep the default of ${operation.column} until every release gives it a value`;
    case 'setNotNull':
      return `set NOT NULL in a later migration, when every release fills ${operation.column}`;
    default:
      return 'put the new object beside the old one, and drop the old one when no release names it';
  }
}

/** Locks that are held for a scan or a rewrite, and brief ones that stop everybody. */
function locks(survey: Survey, context: Context, stepsOf: (migrations: readonly string[]) => readonly string[]): Risk[] {
  const blocking = survey.planned.flatMap(({ statement, migration }) =>
    (statement.verdicts?.lock?.locks ?? [])
      .filter(({ mode, relation }) => blocksWriters(mode) && !survey.helpers.has(relation))
      .map((lock) => ({ ...lock, migration: migration.id, works: statement.verdicts?.lock?.[lock.held === 'rewrite' ? 'rewrites' : 'scans'] ?? [] })),
  );
  const long = blocking.filter(({ held }) => held !== 'brief');
  const brief = blocking.filter(({ held, mode }) => held === 'brief' && mode === 'ACCESS EXCLUSIVE' && !long.some((other) => other.held !== 'brief'));
  const relations = distinct(brief.map(({ relation }) => relation));
  const queue = context.validation?.find(({ when, sql }) => when === 'pre-flight' && sql.includes('pg_stat_activity'))?.id;
  const timed = survey.migrations
    .filter(({ id }) => brief.some(({ migration }) => migration === id))
    .every(({ statements }) => statements.some(({ operations }) => operations.some((one) => one.type === 'setSetting' && one.name === 'lock_timeout')));
  return [
    ...distinct(long.map(({ relation }) => relation)).map((relation): Risk => {
      const own = long.filter((lock) => lock.relation === relation);
      const reads = own.some(({ mode }) => mode === 'ACCESS EXCLUSIVE');
      const worst =
        own.find(({ mode, held }) => mode === 'ACCESS EXCLUSIVE' && held === 'rewrite') ?? own.find(({ mode }) => mode === 'ACCESS EXCLUSIVE') ?? own[0];
      // A lock lasts as long as its statement, which may write or read another table meanwhile.
      const works = worst?.works ?? [];
      return {
        id: `R-lock-${slugOf(relation)}`,
        text: `${reads ? 'Nobody reads or writes' : 'Nobody writes'} ${relation} while ${worst?.mode} is held for a ${worst?.held} of ${works.length === 0 || works.includes(relation) ? 'it' : listed(works)}`,
        level: reads ? 'high' : 'medium',
        impact: 'high',
        probability: 'high',
        mitigation: `Run it when ${relation} may stand still, or by a form that scans under a weaker lock`,
        steps: [...stepsOf(own.map(({ migration }) => migration))],
      };
    }),
    ...(relations.length > 0
      ? [
          {
            id: 'R-lock-queue',
            text: `A brief ACCESS EXCLUSIVE on ${listed(relations)} queues behind a long transaction, and everybody queues behind it`,
            // With a lock_timeout the queue ends after seconds, and the statement is tried again.
            level: timed ? ('low' as const) : ('medium' as const),
            impact: timed ? ('low' as const) : ('medium' as const),
            probability: 'medium' as const,
            mitigation: [
              timed ? 'Each of these files sets lock_timeout' : 'Set lock_timeout for the session that runs it',
              `${queue ? `ask ${queue}` : 'look for long transactions'} first`,
              'run it again after 55P03',
            ].join('; '),
            steps: [...stepsOf(brief.map(({ migration }) => migration))],
          },
        ]
      : []),
  ];
}

/** Values that were copied while a release still wrote them, and that go later: what it has written in between is in no copy. A trigger that keeps both equal copies them as well. */
function copiedOnce(survey: Survey, context: Context, stepsOf: (migrations: readonly string[]) => readonly string[]): Risk[] {
  const retires = (context.sequence?.gates ?? []).find((gate) => gate.retires !== undefined && gate.before !== undefined);
  if (!retires?.before) return [];
  const gate = retires.before;
  const copies = survey.planned.filter(({ migration, operation }) => migration.id < gate && tablesRead(operation).length > 0);
  const drops = survey.planned.flatMap(({ migration, operation }) =>
    migration.id >= gate && (operation.type === 'dropColumn' || operation.type === 'dropTable') ? [{ id: migration.id, operation }] : [],
  );
  return drops.flatMap(({ id, operation }) => {
    const table = named(operation);
    const read = copies.filter(
      (copy) => tablesRead(copy.operation).includes(table) && (operation.type === 'dropTable' || mentions(copy.statement.sql ?? '', operation.column)),
    );
    const [first] = read;
    if (!first) return [];
    const what = operation.type === 'dropTable' ? table : `${table}.${operation.column}`;
    return [
      {
        id: `R-stale-${slugOf(what)}`,
        text: `What ${retires.retires} writes to ${what} after Migration ${first.migration.id} has copied it is in no copy`,
        level: 'high' as const,
        impact: 'critical' as const,
        probability: 'high' as const,
        mitigation: `Behind gate ${retires.id}, compare ${what} with its copy and bring over what is missing, before Migration ${id}`,
        steps: [...stepsOf([first.migration.id, id])],
      },
    ];
  });
}

/** What sessions notice of statements that break no release; only an analysis of the database knows of it. */
function notices(survey: Survey, stepsOf: (migrations: readonly string[]) => readonly string[]): Risk[] {
  if (survey.database !== 'postgresql') return [];
  return survey.planned.flatMap(({ statement, migration }): Risk[] => {
    const { code } = 'rule' in statement && statement.rule !== undefined ? {} : (statement.verdicts ?? {});
    if (!code?.reason || code.breaksOld || code.needsNew) return [];
    return [
      {
        id: `R-notice-${slugOf(code.reason)}`,
        text: code.reason,
        level: 'low',
        impact: 'low',
        probability: 'medium',
        mitigation: 'Where the driver does not prepare them again by itself, connections are made anew after the step',
        steps: [...stepsOf([migration.id])],
      },
    ];
  });
}

/** What rules found and nobody accepted. */
function findings(survey: Survey, context: Context, stepsOf: (migrations: readonly string[]) => readonly string[]): Risk[] {
  return context.change.migrations.flatMap((migration) =>
    migration.statements.flatMap((statement) =>
      (statement.replacedBy ? [] : (statement.findings ?? []))
        .filter(
          (finding) => finding.verdict !== 'advice' && !finding.avoidedBy?.length && !statement.accepted?.some((accepted) => accepted.rule === finding.rule),
        )
        .map((finding): Risk => {
          const planned = survey.migrations.filter(({ statements }) => statements.some(({ from }) => from === statement.id)).map(({ id }) => id);
          return {
            id: `R-${finding.rule}-${statement.id ?? migration.id}`,
            text: finding.message,
            level: finding.verdict === 'code' ? 'high' : 'medium',
            // Where it stays as written, what it is usually done by does not apply.
            ...((finding.kept ?? finding.hint) && { mitigation: finding.kept ?? finding.hint }),
            steps: [...stepsOf(planned)],
          };
        }),
    ),
  );
}
