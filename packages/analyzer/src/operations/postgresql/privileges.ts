import type { Operation } from '@planwright/spec';
import { type NodeOf, nodesOf } from '@planwright/sql/postgresql';
import { kindWords } from './object-kinds.js';
import { namesOf } from './object-names.js';
import type { ReadContext } from './read-context.js';
import { privilege, roleName, roleNames } from './roles.js';

/** GRANT and REVOKE. */
export function readGrant(_: ReadContext, node: NodeOf<'GrantStmt'>): readonly Operation[] {
  const kind = kindWords(node.objtype).toUpperCase();
  const names = (node.objects ?? []).map((object) => namesOf(object).join('.'));
  const on = node.targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ? `ALL ${kind}S IN SCHEMA ${names.join(', ')}` : `${kind} ${names.join(', ')}`;
  return [privilege(node.is_grant ? 'grant' : 'revoke', on, roleNames(node.grantees))];
}

/** GRANT role TO role. */
export function readGrantRole(_: ReadContext, node: NodeOf<'GrantRoleStmt'>): readonly Operation[] {
  const granted = nodesOf('AccessPriv', node.granted_roles).flatMap(({ priv_name }) => priv_name ?? []);
  return [privilege(node.is_grant ? 'grant' : 'revoke', `ROLE ${granted.join(', ')}`, roleNames(node.grantee_roles))];
}

/** ALTER DEFAULT PRIVILEGES. */
export function readDefaultPrivileges(_: ReadContext, node: NodeOf<'AlterDefaultPrivilegesStmt'>): readonly Operation[] {
  return [privilege('default', kindWords(node.action?.objtype).toUpperCase(), roleNames(node.action?.grantees))];
}

/** ALTER … OWNER TO. */
export function readOwner(_: ReadContext, node: NodeOf<'AlterOwnerStmt'>): readonly Operation[] {
  const name = node.relation?.relname ?? namesOf(node.object).join('.');
  return [privilege('owner', `${kindWords(node.objectType).toUpperCase()} ${name}`, [roleName(node.newowner)])];
}
