import type { Operation, Routine } from '@planwright/spec';
import { type NodeOf, nodesOf, stringsOf } from '@planwright/sql/postgresql';
import { merged } from '../../merged.js';
import { optionNode, optionText } from './options.js';
import type { ReadContext } from './read-context.js';
import { existingRoutine, made, rangeOf } from './relation-name.js';
import { typeText } from './type-name.js';

/** CREATE FUNCTION and CREATE PROCEDURE. */
export function readCreateRoutine(context: ReadContext, node: NodeOf<'CreateFunctionStmt'>): readonly Operation[] {
  const { draft } = context;
  const parameters = nodesOf('FunctionParameter', node.parameters);
  // OUT and TABLE parameters are results: they do not tell overloads apart.
  const identifying = parameters.filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE');
  const table = parameters.filter(({ mode }) => mode === 'FUNC_PARAM_TABLE');
  const volatility = optionNode(node.options, 'volatility');
  const known = volatility ? optionText(volatility) : '';
  const returns =
    table.length > 0 ? `TABLE(${table.map(({ name, argType }) => `${name ?? ''} ${typeText(draft, argType)}`).join(', ')})` : typeText(draft, node.returnType);
  const routine: Routine = merged(made(draft, rangeOf(stringsOf(node.funcname))), {
    kind: node.is_procedure ? ('procedure' as const) : ('function' as const),
    arguments: identifying.map(({ argType }) => typeText(draft, argType)).join(', '),
    definition: context.sql,
  });
  if (returns && !node.is_procedure) routine.returns = returns;
  if (known === 'immutable' || known === 'stable') routine.volatility = known;
  return [node.replace ? { type: 'createRoutine', routine, orReplace: true } : { type: 'createRoutine', routine }];
}

/** ALTER FUNCTION changes how a routine runs, not what it is: the model keeps no place for it but the volatility. */
export function readAlterRoutine({ draft }: ReadContext, node: NodeOf<'AlterFunctionStmt'>): readonly Operation[] {
  const { name } = existingRoutine(draft, stringsOf(node.func?.objname));
  return [{ type: 'unknown', reason: `The options of \`${name}\` change; what depends on them was not analysed.` }];
}
