import type { CompositeType, Domain, EnumType, Operation } from '@planwright/spec';
import type { Between } from './between.js';
import { inSchema, keyOf, pairs } from './named.js';

/** Enum types, domains and composite types. */
export function diffTypes(between: Between): void {
  diffEnums(between);
  diffDomains(between);
  diffComposites(between);
}

function diffEnums({ from, to, steps, same, replaced }: Between): void {
  const { gone, come, both } = pairs(from.enums, to.enums, keyOf);
  for (const type of gone) steps.add('drop types', { type: 'dropType', ...inSchema(type), name: type.name });
  for (const type of come) steps.add('create enums', { type: 'createEnum', enum: type });
  for (const [one, other] of both) {
    if (replaced.types.has(keyOf(one))) rebuild(one, { type: 'createEnum', enum: other }, 'create enums');
    else if (!same(one.labels, other.labels)) addLabels(one, other);
  }

  function rebuild(type: EnumType | Domain, create: Operation, stage: 'create enums' | 'create domains'): void {
    const old = `${type.name}_old`;
    steps.add('rename rebuilt types', { type: 'renameType', ...inSchema(type), name: type.name, to: old });
    steps.add(stage, create);
    steps.add('drop types', { type: 'dropType', ...inSchema(type), name: old });
  }

  /** New labels come where they stand among the old ones. */
  function addLabels(one: EnumType, other: EnumType): void {
    const there = [...one.labels];
    for (const [place, label] of other.labels.entries()) {
      if (one.labels.includes(label)) continue;
      const after = other.labels[place - 1];
      const [first] = there;
      const beside = after === undefined ? (first === undefined ? {} : { before: first }) : after === there.at(-1) ? {} : { after };
      there.splice(after === undefined ? 0 : there.indexOf(after) + 1, 0, label);
      steps.add('create enums', { type: 'addEnumValue', ...inSchema(one), name: one.name, label, ...beside });
    }
  }
}

function diffDomains({ from, to, steps, same, replaced }: Between): void {
  const { gone, come, both } = pairs(from.domains, to.domains, keyOf);
  for (const type of gone) steps.add('drop domains', { type: 'dropType', ...inSchema(type), name: type.name });
  for (const domain of come) steps.add('create domains', { type: 'createDomain', domain });
  for (const [one, other] of both) {
    const at = { type: 'alterDomain', ...inSchema(one), name: one.name } as const;
    if (replaced.types.has(keyOf(one))) {
      steps.add('rename rebuilt types', { type: 'renameType', ...inSchema(one), name: one.name, to: `${one.name}_old` });
      steps.add('create domains', { type: 'createDomain', domain: other });
      steps.add('drop types', { type: 'dropType', ...inSchema(one), name: `${one.name}_old` });
      continue;
    }
    if (!same(one.default, other.default)) {
      steps.add('set defaults', other.default === undefined ? { ...at, action: 'drop default' } : { ...at, action: 'set default', default: other.default });
    }
    if ((one.notNull ?? false) !== (other.notNull ?? false)) steps.add('set not null', { ...at, action: other.notNull ? 'set not null' : 'drop not null' });
    const checks = pairs(one.checks, other.checks, (check) => check.name ?? check.expression);
    const changed = checks.both.filter(([before, after]) => !same({ ...before, columns: [] }, { ...after, columns: [] }));
    for (const { name } of [...checks.gone, ...changed.map(([check]) => check)]) {
      if (name !== undefined) steps.add('drop constraints', { ...at, action: 'drop constraint', constraint: name });
    }
    for (const check of [...checks.come, ...changed.map(([, check]) => check)]) {
      steps.add('add keys', { ...at, action: 'add constraint', check, ...(check.name === undefined ? {} : { constraint: check.name }) });
    }
  }
}

function diffComposites({ from, to, steps, same }: Between): void {
  const { gone, come, both } = pairs(from.compositeTypes, to.compositeTypes, keyOf);
  for (const type of gone) steps.add('drop composite types', { type: 'dropType', ...inSchema(type), name: type.name });
  for (const compositeType of come) steps.add('create composite types', { type: 'createCompositeType', compositeType });
  for (const [one, other] of both) diffAttributes(one, other);

  function diffAttributes(one: CompositeType, other: CompositeType): void {
    const at = { type: 'alterCompositeType', ...inSchema(one), name: one.name } as const;
    const attributes = pairs(one.attributes, other.attributes, ({ name }) => name);
    for (const attribute of attributes.gone) steps.add('change types', { ...at, action: 'drop', attribute });
    for (const [before, after] of attributes.both) if (!same(before, after)) steps.add('change types', { ...at, action: 'alter', attribute: after });
    for (const attribute of attributes.come) steps.add('change types', { ...at, action: 'add', attribute });
  }
}
