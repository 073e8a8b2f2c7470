import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReaderState } from '@planwright/document';
import type { Companion, CompiledTemplate, Issue } from '@planwright/spec';

/** A document that an earlier run wrote, as it stands now. */
export interface ExistingDocument {
  readonly template: string;
  readonly path: string;
  readonly text: string;
  readonly companion: Companion;
  readonly state: ReaderState;
  /** It was changed outside of its slots. */
  readonly edited: boolean;
  readonly issues: readonly Issue[];
}

/** Finds the document of each template in its folder by the companion beside it, and reads back what readers wrote. */
export async function readExistingDocuments(
  templates: readonly CompiledTemplate[],
  folderOf: (template: string) => string,
): Promise<ReadonlyMap<string, ExistingDocument>> {
  const found = new Map<string, ExistingDocument>();
  for (const { manifest } of templates) {
    const document = await existingDocument(manifest.name, folderOf(manifest.name));
    if (document) found.set(manifest.name, document);
  }
  return found;
}

async function existingDocument(template: string, folder: string): Promise<ExistingDocument | undefined> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const companion = await companionOf(join(folder, name));
    if (companion?.template !== template) continue;
    const path = join(folder, companion.file ?? name.replace(/\.json$/, '.md'));
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const { readState } = await import('@planwright/document');
    return { template, path, text, companion, ...readState(text, companion, { template, file: path }) };
  }
  return undefined;
}

async function companionOf(path: string): Promise<Companion | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  // A companion names its template; other JSON beside it is not read further.
  if (text === undefined || !text.includes('"template"')) return undefined;
  const { readCompanion } = await import('@planwright/spec/validate');
  return readCompanion(text, path).value;
}
