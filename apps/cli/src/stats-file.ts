import type { TableFacts } from '@planwright/spec';
import { InvalidInput } from './invalid-input.js';
import { readText } from './project-files.js';

/** Sizes of tables from a file that `planwright stats` wrote. */
export async function readStatsFile(file: string): Promise<readonly TableFacts[]> {
  const text = await readText(file);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  const { readStats } = await import('@planwright/spec/validate');
  const { value, issues } = readStats(text, file);
  if (value === undefined) throw new InvalidInput(issues, new Map([[file, text]]));
  return value.tables;
}
