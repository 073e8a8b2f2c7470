import type { Policy, SetTriggerStateOperation, Table, Trigger } from '@planwright/spec';
import { words } from '../../../written.js';
import { quoteIdentifier, quoteLiteral } from '../quote.js';
import { qualified, role } from './names.js';

interface OnTable {
  readonly schema?: string;
  readonly table: string;
}

/** A trigger, and the statement that sets its firing mode where that is not the default. */
export function trigger(on: OnTable, { name, definition, enabled }: Trigger, orReplace = false): readonly string[] {
  return [
    withReplace(definition, orReplace),
    ...(enabled === undefined ? [] : [`ALTER TABLE ${qualified(on.schema, on.table)} ${triggerState({ name, state: enabled })}`]),
  ];
}

/** `ENABLE ALWAYS TRIGGER orders_audit`. Without a name all triggers that users made are meant. */
export function triggerState({ name, state }: Pick<SetTriggerStateOperation, 'name' | 'state'>): string {
  const verb = { enabled: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[state];
  return `${verb} TRIGGER ${name === undefined ? 'USER' : quoteIdentifier(name)}`;
}

/** CREATE POLICY. */
export function createPolicy(on: OnTable, policy: Policy): string {
  return words(
    `CREATE POLICY ${quoteIdentifier(policy.name)} ON ${qualified(on.schema, on.table)}`,
    policy.permissive === false && 'AS RESTRICTIVE',
    policy.command !== undefined && policy.command !== 'all' && `FOR ${policy.command.toUpperCase()}`,
    policyParts(policy),
  );
}

/** What CREATE and ALTER POLICY have in common: roles and conditions. */
export function policyParts({ roles, using, withCheck }: Policy): string {
  return words(
    roles !== undefined && roles.length > 0 && `TO ${roles.map(role).join(', ')}`,
    using !== undefined && `USING (${using})`,
    withCheck !== undefined && `WITH CHECK (${withCheck})`,
  );
}

/** The parts of ALTER TABLE that bring a new table to this row security. */
export function rowSecurity(state: Table['rowSecurity']): readonly string[] {
  if (state === undefined) return [];
  return state === 'forced' ? ['ENABLE ROW LEVEL SECURITY', 'FORCE ROW LEVEL SECURITY'] : ['ENABLE ROW LEVEL SECURITY'];
}

/** COMMENT ON. No text removes the comment. */
export function comment(object: string, text: string | undefined): string {
  return `COMMENT ON ${object} IS ${quoteLiteral(text ?? null)}`;
}

/** A definition that begins with CREATE, with OR REPLACE or without it. */
export function withReplace(definition: string, orReplace: boolean): string {
  return definition.replace(/^\s*CREATE\s+(?:OR\s+REPLACE\s+)?/i, orReplace ? 'CREATE OR REPLACE ' : 'CREATE ');
}
