import type { Context, Issue, Verdicts } from '../generated/types.js';
import { nearest } from '../nearest.js';
import { pointerTo } from '../pointer.js';
import { shownValue } from '../shown-value.js';
import { type EntityName, entities } from './entities.js';

interface Reference {
  readonly to: readonly EntityName[];
  readonly value: string;
  readonly pointer: string;
}

/** Every reference has its end. Where the context has no list of that kind, it is computed later, and nothing can be said yet. */
export function checkReferences(context: Context): readonly Issue[] {
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const idsOf = (names: readonly EntityName[]) => {
    const key = names.join();
    if (!known.has(key)) {
      const lists = names.map((name) => entities[name].of(context));
      known.set(key, lists.includes(undefined) ? undefined : new Set(lists.flatMap((list) => (list ?? []).map(({ id }) => id))));
    }
    return known.get(key);
  };
  return referencesOf(context).flatMap(({ to, value, pointer }) => {
    const ids = idsOf(to);
    return ids === undefined || ids.has(value) ? [] : [dangling(entities[to[0] ?? 'migration'].word, value, pointer, [...ids])];
  });
}

function dangling(word: string, value: string, pointer: string, ids: readonly string[]): Issue {
  const near = nearest(value, ids);
  const known = ids.length === 0 ? 'there are none' : `there are ${ids.slice(0, 12).join(', ')}${ids.length > 12 ? ', …' : ''}`;
  return {
    code: 'dangling-reference',
    message: `found ${shownValue(value)} at ${pointer}, but no ${word} has that name: ${near === undefined ? known : `did you mean '${near}'?`}`,
    pointer,
    hint: near === undefined ? `Name a ${word} of this plan, or remove the reference.` : `Write '${near}'.`,
  };
}

function referencesOf(context: Context): readonly Reference[] {
  const found: Reference[] = [];
  const refer = (to: EntityName | readonly EntityName[], value: string | readonly string[] | undefined, ...at: readonly (string | number)[]) => {
    const kinds = typeof to === 'string' ? [to] : to;
    if (typeof value === 'string') found.push({ to: kinds, value, pointer: pointerTo(...at) });
    else value?.forEach((item, index) => void found.push({ to: kinds, value: item, pointer: pointerTo(...at, index) }));
  };
  const verdicts = (value: Verdicts | undefined, ...at: readonly (string | number)[]) => refer('query', value?.data?.query, ...at, 'verdicts', 'data', 'query');

  context.change.migrations.forEach((migration, m) => {
    migration.statements.forEach((statement, s) => void verdicts(statement.verdicts, 'change', 'migrations', m, 'statements', s));
  });
  context.sequence?.migrations.forEach((migration, m) => {
    const at = ['sequence', 'migrations', m] as const;
    refer('migration', migration.dependsOn, ...at, 'dependsOn');
    refer('gate', migration.gateBefore, ...at, 'gateBefore');
    verdicts(migration.verdicts, ...at);
    migration.statements.forEach((statement, s) => void verdicts(statement.verdicts, ...at, 'statements', s));
    migration.validation?.forEach((query, q) => void refer('migration', query.migration, ...at, 'validation', q, 'migration'));
  });
  context.sequence?.gates?.forEach((gate, g) => {
    refer('migration', gate.after, 'sequence', 'gates', g, 'after');
    refer('migration', gate.before, 'sequence', 'gates', g, 'before');
    refer('release', gate.release, 'sequence', 'gates', g, 'release');
    refer('release', gate.retires, 'sequence', 'gates', g, 'retires');
  });
  context.breaking?.forEach((breaking, b) => {
    refer('query', breaking.query, 'breaking', b, 'query');
    refer('statement', breaking.statement, 'breaking', b, 'statement');
  });
  context.pattern?.phases.forEach(({ items }, p) => {
    items.forEach((item, i) => {
      refer('migration', item.migrations, 'pattern', 'phases', p, 'items', i, 'migrations');
      refer('gate', item.gate, 'pattern', 'phases', p, 'items', i, 'gate');
    });
  });
  context.validation?.forEach((query, q) => void refer('migration', query.migration, 'validation', q, 'migration'));
  context.dataMigrations?.forEach((data, d) => void refer('migration', data.migration, 'dataMigrations', d, 'migration'));
  context.tables?.created?.forEach((table, t) => void refer('migration', table.migration, 'tables', 'created', t, 'migration'));
  context.tables?.helpers?.forEach((helper, h) => {
    refer('migration', helper.from, 'tables', 'helpers', h, 'from');
    refer('migration', helper.until, 'tables', 'helpers', h, 'until');
  });
  context.security?.policies?.forEach((policy, p) => void refer('migration', policy.migration, 'security', 'policies', p, 'migration'));
  context.tasks?.forEach((task, t) => {
    refer('task', task.dependsOn, 'tasks', t, 'dependsOn');
    refer('migration', task.migrations, 'tasks', t, 'migrations');
    refer('gate', task.gate, 'tasks', t, 'gate');
  });
  context.subtasks?.forEach((subtask, s) => {
    refer('subtask', subtask.dependsOn, 'subtasks', s, 'dependsOn');
    refer('migration', subtask.migrations, 'subtasks', s, 'migrations');
  });
  context.steps?.forEach((step, s) => {
    refer('migration', step.migrations, 'steps', s, 'migrations');
    refer('gate', step.gate, 'steps', s, 'gate');
    refer('release', step.release, 'steps', s, 'release');
    verdicts(step.verdicts, 'steps', s);
    step.verification?.forEach((verification, v) => void refer('query', verification.query, 'steps', s, 'verification', v, 'query'));
  });
  context.rollback?.points?.forEach((point, p) => void refer('step', point.step, 'rollback', 'points', p, 'step'));
  context.rollback?.triggers?.forEach((trigger, t) => void refer('procedure', trigger.procedure, 'rollback', 'triggers', t, 'procedure'));
  refer('migration', context.rollback?.pointOfNoReturn, 'rollback', 'pointOfNoReturn');
  context.risks?.forEach((risk, r) => void refer('step', risk.steps, 'risks', r, 'steps'));
  context.approvals?.forEach((approval, a) => void refer('step', approval.step, 'approvals', a, 'step'));
  context.timeline?.phases?.forEach((phase, p) => void refer('timelinePhase', phase.dependsOn, 'timeline', 'phases', p, 'dependsOn'));
  context.codeChanges?.forEach((change, c) => void refer('release', change.release, 'codeChanges', c, 'release'));
  context.evidence?.migrations?.forEach((evidence, e) => void refer(['migration', 'written'], evidence.migration, 'evidence', 'migrations', e, 'migration'));
  return found;
}
