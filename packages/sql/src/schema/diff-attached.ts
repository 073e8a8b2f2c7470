import type { Policy, Table, Trigger } from '@planwright/spec';
import { type Between, on } from './between.js';
import { keyOf, mentions, pairs, shared } from './named.js';

/** Whether a text of this table's names a column whose type is replaced, so that what the text defines must step aside. */
export function rebuiltBeside({ replaced }: Between, table: Table, text: string | undefined): boolean {
  if (text === undefined) return false;
  return [...(replaced.retyped.get(keyOf(table)) ?? [])].some((column) => mentions(text, column));
}

/** Triggers, policies and row security of one table. */
export function diffAttached(between: Between, from: Table, to: Table): void {
  diffTriggers(between, from, to);
  diffPolicies(between, from, to);
  const { steps } = between;
  const [one, other] = [from.rowSecurity, to.rowSecurity];
  if (one === other) return;
  if (one === 'forced') steps.add('create policies', { type: 'setRowSecurity', ...on(to), state: 'not forced' });
  if (other === undefined) steps.add('create policies', { type: 'setRowSecurity', ...on(to), state: 'disabled' });
  else if (one === undefined) steps.add('create policies', { type: 'setRowSecurity', ...on(to), state: 'enabled' });
  if (other === 'forced') steps.add('create policies', { type: 'setRowSecurity', ...on(to), state: 'forced' });
}

function diffTriggers(between: Between, from: Table, to: Table): void {
  const { steps, same, replaced } = between;
  const drop = ({ name }: Trigger): void => steps.add('drop triggers', { type: 'dropTrigger', ...on(from), name });
  const create = (trigger: Trigger): void => steps.add('create triggers', { type: 'createTrigger', ...on(to), trigger });
  const { gone, come, both } = pairs(from.triggers, to.triggers, ({ name }) => name);
  for (const trigger of gone) drop(trigger);
  for (const trigger of come) create(trigger);
  const anew = [...(replaced.columns.get(keyOf(from)) ?? [])];
  for (const [one, other] of [...both, ...shared(from.triggers, to.triggers)]) {
    const reads = rebuiltBeside(between, from, one.definition) || anew.some((column) => mentions(one.definition, column));
    if (reads || !same(spaced(one.definition), spaced(other.definition))) {
      drop(one);
      create(other);
    } else if (one.enabled !== other.enabled) {
      steps.add('create triggers', { type: 'setTriggerState', ...on(to), name: other.name, state: other.enabled ?? 'enabled' });
    }
  }
}

/** Without what makes two CREATE TRIGGER statements differ that make the same trigger. */
function spaced(definition: string): string {
  return definition.replaceAll(/\s+/g, ' ').replace(/^CREATE OR REPLACE /i, 'CREATE ');
}

function diffPolicies(between: Between, from: Table, to: Table): void {
  const { steps, same, replaced } = between;
  const drop = ({ name }: Policy): void => steps.add('drop policies', { type: 'dropPolicy', ...on(from), name });
  const create = (policy: Policy): void => steps.add('create policies', { type: 'createPolicy', ...on(to), policy });
  const { gone, come, both } = pairs(from.policies, to.policies, ({ name }) => name);
  for (const policy of gone) drop(policy);
  for (const policy of come) create(policy);
  const anew = [...(replaced.columns.get(keyOf(from)) ?? [])];
  for (const [one, other] of [...both, ...shared(from.policies, to.policies)]) {
    const texts = [one.using, one.withCheck];
    const reads = texts.some((text) => rebuiltBeside(between, from, text) || anew.some((column) => mentions(text, column)));
    if (reads || !same(one, other)) {
      drop(one);
      create(other);
    }
  }
}
