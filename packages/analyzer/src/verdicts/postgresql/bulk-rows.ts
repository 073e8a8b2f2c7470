import type { Operation } from '@planwright/spec';
import { remembered } from '../remembered.js';
import { isOld } from '../statement-facts.js';
import { picksFewRows } from './few-rows.js';

export type RowChange = Extract<Operation, { type: 'updateRows' | 'deleteRows' }>;

/** Whether an UPDATE or DELETE may lock every row of a table that running releases use. */
export const changesManyRows = remembered(({ facts, sql }, operation: RowChange): boolean => {
  if (!isOld(facts, operation) || picksFewRows(facts, operation, operation.where)) return false;
  // Which rows a WITH clause changes is not kept; a list of values is as long as it is written.
  if (operation.where === undefined && /^\s*with\b/i.test(sql)) return !/\bwhere\b/i.test(sql);
  return !/\bfrom\s*\(\s*values\b/i.test(sql);
});
