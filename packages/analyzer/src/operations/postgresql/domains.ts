import type { AlterDomainOperation, Check, Domain, Operation } from '@planwright/spec';
import { type NodeOf, nodeOf, nodesOf, stringsOf } from '@planwright/sql/postgresql';
import { collationText } from './columns.js';
import { readConstraint } from './constraints.js';
import { type ReadContext, sourceOf, sourceWithin } from './read-context.js';
import { existingType, made, rangeOf } from './relation-name.js';
import { typeText } from './type-name.js';

/** CREATE DOMAIN. */
export function readCreateDomain(context: ReadContext, node: NodeOf<'CreateDomainStmt'>): readonly Operation[] {
  const collation = collationText(node.collClause);
  const domain: Domain = {
    ...made(context.draft, rangeOf(stringsOf(node.domainname))),
    type: typeText(context.draft, node.typeName),
    ...(collation ? { collation } : {}),
  };
  const checks: Check[] = [];
  const parts = nodesOf('Constraint', node.constraints);
  for (const [index, part] of parts.entries()) {
    if (part.contype === 'CONSTR_NOTNULL') domain.notNull = true;
    else if (part.contype === 'CONSTR_DEFAULT' && part.raw_expr) {
      domain.default = sourceWithin(context, part.raw_expr, part.location ?? context.start, parts[index + 1]?.location);
    } else {
      const check = readConstraint(context, part);
      if (check?.type === 'check') checks.push(check);
    }
  }
  if (checks.length > 0) domain.checks = checks;
  return [{ type: 'createDomain', domain }];
}

const actions: Readonly<Record<string, AlterDomainOperation['action']>> = {
  N: 'drop not null',
  O: 'set not null',
  C: 'add constraint',
  X: 'drop constraint',
  V: 'validate constraint',
};

/** ALTER DOMAIN. */
export function readAlterDomain(context: ReadContext, node: NodeOf<'AlterDomainStmt'>): readonly Operation[] {
  const type = existingType(context.draft, stringsOf(node.typeName));
  if (node.subtype === 'T') {
    if (!node.def) return [{ type: 'alterDomain', ...type, action: 'drop default' }];
    return [{ type: 'alterDomain', ...type, action: 'set default', default: sourceOf(context, node.def) }];
  }
  const action = actions[node.subtype ?? ''];
  if (!action) return [{ type: 'unknown', reason: `This form of ALTER DOMAIN ${type.name} is not known here.` }];
  const definition = nodeOf('Constraint', node.def);
  if (action === 'add constraint' && definition?.contype === 'CONSTR_NOTNULL') return [{ type: 'alterDomain', ...type, action: 'set not null' }];
  const check = definition && readConstraint(context, definition);
  return [
    {
      type: 'alterDomain',
      ...type,
      action,
      ...(check?.type === 'check' ? { check } : {}),
      ...(node.name ? { constraint: node.name } : {}),
    },
  ];
}
