import type { Node } from '@pgsql/types';
import type { DatabaseSequence, Operation } from '@planwright/spec';
import { type NodeOf, nodeOf, nodesOf, stringsOf } from '@planwright/sql/postgresql';
import { optionText } from './options.js';
import type { ReadContext } from './read-context.js';
import { existing, made, rangeOf, shown } from './relation-name.js';
import { typeText } from './type-name.js';

/** CREATE SEQUENCE. */
export function readCreateSequence(context: ReadContext, node: NodeOf<'CreateSeqStmt'>): readonly Operation[] {
  const { ownedBy, type, options } = settings(context, node.options);
  const sequence: DatabaseSequence = made(context.draft, node.sequence);
  if (type && type !== 'bigint') sequence.type = type;
  if (ownedBy && ownedBy !== 'none') sequence.ownedBy = ownedBy;
  if (Object.keys(options).length > 0) sequence.options = options;
  return [{ type: 'createSequence', sequence, ...(node.if_not_exists ? { ifNotExists: true } : {}) }];
}

/** ALTER SEQUENCE. */
export function readAlterSequence(context: ReadContext, node: NodeOf<'AlterSeqStmt'>): readonly Operation[] {
  const { ownedBy, type } = settings(context, node.options);
  const first = nodesOf('DefElem', node.options)[0]?.location;
  return [
    {
      type: 'alterSequence',
      ...existing(context.draft, node.sequence),
      ...(first === undefined ? {} : { changes: context.text.slice(first, context.end) }),
      ...(ownedBy ? { ownedBy } : {}),
      ...(nodesOf('DefElem', node.options).some(({ defname }) => defname === 'restart') ? { restart: true } : {}),
      ...(type ? { integerType: type } : {}),
    },
  ];
}

function settings(
  context: ReadContext,
  nodes: readonly Node[] | undefined,
): { readonly ownedBy?: string; readonly type?: string; readonly options: Record<string, string> } {
  const options: Record<string, string> = {};
  let ownedBy: string | undefined;
  let type: string | undefined;
  for (const { defname = '', arg } of nodesOf('DefElem', nodes)) {
    if (defname === 'owned_by') {
      const names = stringsOf(nodeOf('List', arg)?.items);
      ownedBy = names.length < 2 ? 'none' : `${shown(existing(context.draft, rangeOf(names.slice(0, -1))))}.${names.at(-1)}`;
    } else if (defname === 'as') type = typeText(context.draft, nodeOf('TypeName', arg));
    else if (isDefault(defname, arg)) continue;
    else options[defname] = optionText(arg);
  }
  return { ...(ownedBy ? { ownedBy } : {}), ...(type ? { type } : {}), options };
}

/** The options of an identity as written, by name: numbers, and whether it cycles. What only moves its value is no option. */
export function identityOptions(nodes: readonly Node[] | undefined): Record<string, string> {
  const options: Record<string, string> = {};
  for (const { defname = '', arg } of nodesOf('DefElem', nodes)) {
    if (defname === 'cycle') options.cycle = String(optionText(arg) === 'true');
    else if (['start', 'increment', 'minvalue', 'maxvalue', 'cache'].includes(defname) && arg) options[defname] = optionText(arg);
  }
  return options;
}

/** START 1, INCREMENT 1, CACHE 1, NO CYCLE and the bounds of the type are what a sequence has anyway. */
function isDefault(name: string, value: Node | undefined): boolean {
  if (name === 'maxvalue' || name === 'minvalue') return value === undefined || (name === 'minvalue' && optionText(value) === '1');
  if (name === 'cycle') return optionText(value) !== 'true';
  return ['start', 'increment', 'cache'].includes(name) && optionText(value) === '1';
}
