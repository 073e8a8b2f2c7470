import type { Node } from '@pgsql/types';
import type { ChangePrivilegesOperation } from '@planwright/spec';
import { type NodeOf, nodesOf } from '@planwright/sql/postgresql';

/** The name of a role, or the word that stands for one. */
export function roleName(role: NodeOf<'RoleSpec'> | undefined): string {
  switch (role?.roletype) {
    case 'ROLESPEC_PUBLIC':
      return 'public';
    case 'ROLESPEC_CURRENT_USER':
    case 'ROLESPEC_CURRENT_ROLE':
      return 'current_user';
    case 'ROLESPEC_SESSION_USER':
      return 'session_user';
    default:
      return role?.rolename ?? '';
  }
}

export function roleNames(roles: readonly Node[] | undefined): string[] {
  return nodesOf('RoleSpec', roles).map(roleName);
}

/** A change of privileges or owner, without what is not known. */
export function privilege(kind: ChangePrivilegesOperation['kind'], on: string | undefined, roles: readonly string[]): ChangePrivilegesOperation {
  return { type: 'changePrivileges', kind, ...(on ? { on } : {}), ...(roles.length === 0 ? {} : { roles: [...roles] }) };
}
