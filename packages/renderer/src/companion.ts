import type { Companion, CompiledTemplate, Context } from '@planwright/spec';
import type { Leavings } from './document-scope.js';
import { sha256, sha256OfJson } from './sha256.js';
import { skeletonOf } from './skeleton.js';
import { emptied, placed } from './slots.js';
import type { View } from './view.js';

/** What the companion is made from. `text` has its slots marked. */
export interface CompanionSource {
  readonly template: CompiledTemplate;
  readonly context: Context;
  readonly view: View;
  readonly file: string;
  readonly text: string;
  readonly leavings: Leavings;
  readonly now?: string;
}

const own = new Set(['title', 'entities', 'migrations', 'tasks', 'steps']);

/** The companion as JSON text. */
export function companionText(source: CompanionSource): string {
  return `${JSON.stringify(companionOf(source), null, 2)}\n`;
}

function companionOf({ template, context, view, file, text, leavings, now }: CompanionSource): Companion {
  const { migrations } = view.sequence;
  const skeleton = skeletonOf(text, leavings.slots);
  const extra = Object.entries(leavings.companion).filter(([key]) => !own.has(key));
  const entities = [
    ...(view.tables?.created ?? []).map(({ table }) => table.name),
    ...(view.tables?.modified ?? []).map(({ name }) => name),
    ...(view.tables?.dropped ?? []).map(({ table }) => table.name),
  ];
  return {
    $schema: 'https://planwright.dev/schema/companion.schema.json',
    template: template.manifest.name,
    version: template.version,
    context: sha256OfJson(context),
    document: sha256(emptied(text, leavings.slots)),
    ...(now !== undefined && { generated: now }),
    file,
    ...(context.title !== undefined && { title: context.title }),
    counts: {
      tables: view.tables?.created?.length ?? 0,
      modifiedTables: view.tables?.modified?.length ?? 0,
      migrations: migrations.length,
      tasks: view.tasks?.length ?? 0,
      questions: view.questions.length,
      ...leavings.counts,
    },
    entities: [...new Set(entities)],
    migrations: migrations.map((migration) => ({
      id: migration.id,
      ...(typeof migration.file === 'string' && { file: migration.file }),
      ...(migration.phase !== undefined && { phase: migration.phase }),
      ...(migration.dependsOn !== undefined && { dependsOn: migration.dependsOn }),
      ...(typeof migration.reversibility?.kind === 'string' && { reversibility: migration.reversibility.kind }),
      ...(migration.status?.state !== undefined && { status: migration.status.state }),
    })),
    ...Object.fromEntries(Object.entries(leavings.companion).filter(([key]) => own.has(key))),
    lines: skeleton.lines,
    items: placed(text, leavings.slots).map((item) => ({ ...item, ...skeleton.places.get(item.id) })),
    questions: [...view.questions],
    ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
  };
}
