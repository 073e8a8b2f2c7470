import type { CompiledTemplate, SectionFunction } from '@planwright/spec';

/** A project's own sections, compiled, by the names of their files: `summary`, `summary.before`, `summary.after`. */
export type SectionOverrides = Readonly<Record<string, SectionFunction>>;

/** Where the text of a section comes from. */
export type SectionLayer = 'base' | 'replaced' | 'before' | 'after';

/** A section and the layers it was printed from, in their order. */
export interface SectionTrace {
  readonly section: string;
  readonly layers: readonly SectionLayer[];
}

/** The parts of a section in order: what the project puts before, the section or what replaces it, what the project puts after. */
export function layered(
  template: CompiledTemplate,
  overrides: SectionOverrides | undefined,
  id: string,
): readonly { readonly layer: SectionLayer; readonly part: SectionFunction }[] {
  const base = template.sections[id];
  if (base === undefined)
    throw new RangeError(`template '${template.manifest.name}' has no section '${id}'; it has ${Object.keys(template.sections).join(', ')}`);
  if (overrides === undefined) return [{ layer: 'base', part: base }];
  const replaced = overrides[id];
  const before = overrides[`${id}.before`];
  const after = overrides[`${id}.after`];
  return [
    ...(before === undefined ? [] : [{ layer: 'before', part: before } as const]),
    replaced === undefined ? ({ layer: 'base', part: base } as const) : ({ layer: 'replaced', part: replaced } as const),
    ...(after === undefined ? [] : [{ layer: 'after', part: after } as const]),
  ];
}

/** Names of overrides that fit no section of the template. */
export function strayOverrides(template: CompiledTemplate, overrides: SectionOverrides): readonly string[] {
  return Object.keys(overrides).filter((name) => !(name.replace(/\.(before|after)$/, '') in template.sections));
}
