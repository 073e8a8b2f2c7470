import { dirname } from 'node:path';
import { planFromContext } from '@planwright/plan';
import { readContext } from '@planwright/spec/validate';
import { readConfiguration } from './configuration.js';
import { InvalidInput } from './invalid-input.js';
import { readText } from './project-files.js';
import { type WriteOptions, type WrittenPlan, writeDocuments } from './write-documents.js';

/** What `planwright render` does: plans from the context in `file`, YAML or JSON, and writes its documents, keeping what readers wrote in the existing ones. */
export async function writeContextPlan(file: string, options: WriteOptions = {}): Promise<WrittenPlan> {
  const text = await readText(file);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  const sources = new Map([[file, text]]);
  const { context, issues } = readContext(text, file);
  if (context === undefined) throw new InvalidInput(issues, sources);
  return writeDocuments(
    {
      configuration: await readConfiguration(dirname(file)),
      sources,
      make: async (rendering) => {
        const plan = await planFromContext(context, rendering);
        return { ...plan, issues: [...issues, ...plan.issues] };
      },
    },
    options,
  );
}
