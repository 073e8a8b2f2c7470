import type { Operation, Policy } from '@planwright/spec';
import type { NodeOf } from '@planwright/sql/postgresql';
import { type ReadContext, sourceOf } from './read-context.js';
import { onTable } from './relation-name.js';
import { roleNames } from './roles.js';

const commands: Readonly<Record<string, Policy['command']>> = { select: 'select', insert: 'insert', update: 'update', delete: 'delete' };

/** CREATE POLICY. */
export function readCreatePolicy(context: ReadContext, node: NodeOf<'CreatePolicyStmt'>): readonly Operation[] {
  const command = commands[node.cmd_name ?? ''];
  const policy: Policy = {
    name: node.policy_name ?? '',
    ...(command ? { command } : {}),
    ...(node.permissive === true ? {} : { permissive: false }),
    ...parts(context, node),
  };
  return [{ type: 'createPolicy', ...onTable(context.draft, node.table), policy }];
}

/** ALTER POLICY. */
export function readAlterPolicy(context: ReadContext, node: NodeOf<'AlterPolicyStmt'>): readonly Operation[] {
  return [{ type: 'alterPolicy', ...onTable(context.draft, node.table), policy: { name: node.policy_name ?? '', ...parts(context, node) } }];
}

function parts(context: ReadContext, node: Pick<NodeOf<'CreatePolicyStmt'>, 'roles' | 'qual' | 'with_check'>): Pick<Policy, 'roles' | 'using' | 'withCheck'> {
  const roles = roleNames(node.roles).filter((role) => role !== 'public');
  return {
    ...(roles.length === 0 ? {} : { roles }),
    ...(node.qual ? { using: inner(sourceOf(context, node.qual)) } : {}),
    ...(node.with_check ? { withCheck: inner(sourceOf(context, node.with_check)) } : {}),
  };
}

function inner(source: string): string {
  const unwrapped = /^\(([^()]*)\)$/.exec(source);
  return unwrapped?.[1] ?? source;
}
