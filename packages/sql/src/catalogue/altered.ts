import { quoteLiteral } from '../databases/postgresql/quote.js';
import type { Definition, Grant } from './definition.js';

/** Storage parameters from what they are to what they were. */
export function alteredOptions(now: Readonly<Record<string, string>>, wanted: Definition['options']): readonly string[] {
  if (!wanted) return [];
  const set = Object.entries(wanted.values).filter(([name, value]) => now[name] !== value);
  const reset = Object.keys(now).filter((name) => !(name in wanted.values));
  return [
    ...(reset.length > 0 ? [`${wanted.alter} RESET (${reset.join(', ')})`] : []),
    ...(set.length > 0
      ? [
          `${wanted.alter} SET (${set.map(([name, value]) => `${name} = ${/^[\d.]+$|^(true|false|on|off|auto)$/.test(value) ? value : quoteLiteral(value)}`).join(', ')})`,
        ]
      : []),
  ];
}

/** Privileges from those that work to those that did. */
export function alteredPrivileges(now: readonly Grant[], wanted: Definition['grants']): readonly string[] {
  if (!wanted) return [];
  const same = (one: Grant, other: Grant): boolean => one.to === other.to && one.privilege === other.privilege && one.grantable === other.grantable;
  const take = now.filter((grant) => !wanted.has.some((other) => same(grant, other)));
  const give = wanted.has.filter((grant) => !now.some((other) => same(grant, other)));
  return [
    ...gathered(take).map(([to, privileges]) => `REVOKE ${privileges.join(', ')} ON ${wanted.on} FROM ${to}`),
    ...gathered(give.filter(({ grantable }) => !grantable)).map(([to, privileges]) => `GRANT ${privileges.join(', ')} ON ${wanted.on} TO ${to}`),
    ...gathered(give.filter(({ grantable }) => grantable)).map(
      ([to, privileges]) => `GRANT ${privileges.join(', ')} ON ${wanted.on} TO ${to} WITH GRANT OPTION`,
    ),
  ];
}

function gathered(grants: readonly Grant[]): readonly (readonly [string, readonly string[]])[] {
  const byRole = new Map<string, string[]>();
  for (const { to, privilege } of grants) byRole.set(to, [...(byRole.get(to) ?? []), privilege]);
  return [...byRole];
}
