import type { Node } from '@pgsql/types';
import { nodeOf, stringsOf, tagged } from '@planwright/sql/postgresql';

/** The parts of a name in any of the shapes in which DROP, COMMENT and ALTER give one. */
export function namesOf(node: Node | undefined): readonly string[] {
  if (!node) return [];
  const { kind, value } = tagged(node);
  switch (kind) {
    case 'String':
      return [value.sval ?? ''];
    case 'List': {
      const names: string[] = [];
      for (const item of value.items ?? []) names.push(...namesOf(item));
      return names;
    }
    case 'TypeName':
      return stringsOf(value.names);
    case 'ObjectWithArgs':
      return stringsOf(value.objname);
    case 'RangeVar':
      return [...(value.schemaname ? [value.schemaname] : []), value.relname ?? ''];
    case 'RoleSpec':
      return [value.rolename ?? ''];
    default:
      return [];
  }
}

/** Argument types of an object named with arguments; nothing when none are written. */
export function argumentNodes(node: Node | undefined): readonly Node[] | undefined {
  const named = nodeOf('ObjectWithArgs', node);
  return !named || named.args_unspecified ? undefined : (named.objargs ?? []);
}
