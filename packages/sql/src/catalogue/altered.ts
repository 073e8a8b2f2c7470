import { quoteIdentifier, quoteLiteral } from '../databases/postgresql/quote.js';
import type { Catalogue, Definition, Grant } from './definition.js';

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

/** The privileges that an object has once its owner is who it was: what the one owner had, the other has. */
export function keptPrivileges(source: Definition, now: string | undefined, then: string | undefined): readonly Grant[] {
  const has = source.grants?.has ?? [];
  if (now === then || then === undefined) return has;
  const theirs = has.map((grant) => (grant.to === now ? { ...grant, to: then } : grant));
  return theirs.filter(({ to, privilege }, place) => theirs.findIndex((other) => other.to === to && other.privilege === privilege) === place);
}

const typesOfDefaults: Readonly<Record<string, string>> = { table: 'r', view: 'r', sequence: 'S', routine: 'f', type: 'T', schema: 'n' };

/** The privileges of an object that is made anew, by the default privileges that hold then. */
export function newPrivileges(definition: Definition, after: Catalogue, dropped: ReadonlySet<string>): readonly Grant[] {
  const plain = definition.grants?.plain ?? [];
  const type = typesOfDefaults[definition.kind];
  if (type === undefined) return plain;
  const user = quoteIdentifier(after.user);
  const holds = after.definitions.filter(
    ({ id, kind, name }) =>
      kind === 'default privileges' && !dropped.has(id) && [`${user} null ${type}`, `${user} ${definition.schema} ${type}`].includes(name),
  );
  const whole = holds.find(({ name }) => name === `${user} null ${type}`)?.grants?.has ?? plain;
  return [...whole, ...holds.filter(({ name }) => name !== `${user} null ${type}`).flatMap(({ grants }) => grants?.has ?? [])];
}
