import type { CompiledTemplate, Context, Issue } from '@planwright/spec';
import { type SectionOverrides, strayOverrides } from './section-layers.js';

/** What makes rendering senseless; empty when nothing does. */
export function refusal(template: CompiledTemplate, context: Context, sections?: SectionOverrides): readonly Issue[] {
  const issues: Issue[] = [];
  const { name, databases } = template.manifest;
  // Callers without types hand over what they have: the two values without which nothing can be said are looked for.
  const { target, change } = context as Partial<Context>;
  if (target?.database === undefined)
    issues.push({
      code: 'no-database',
      message: 'the context names no target database',
      pointer: '/target/database',
      hint: 'Give `target.database`: postgresql, mysql or sqlite.',
    });
  else if (databases !== undefined && !databases.includes(target.database)) {
    issues.push({
      code: 'unsupported-database',
      message: `template '${name}' speaks of ${databases.join(', ')}, not of ${target.database}`,
      pointer: '/target/database',
      hint: 'Choose another template.',
    });
  }
  if ((change?.migrations ?? []).length === 0 && (context.sequence?.migrations ?? []).length === 0) {
    issues.push({
      code: 'no-migrations',
      message: 'the context holds no migration',
      pointer: '/change/migrations',
      hint: 'Give `change.migrations` at least one migration.',
    });
  }
  const options = context.options?.[name];
  if (options !== undefined && template.validateOptions !== undefined && !template.validateOptions(options)) {
    for (const error of template.validateOptions.errors ?? []) {
      issues.push({
        code: 'invalid-option',
        message: `an option of template '${name}' ${error.message ?? 'is invalid'}${added(error.params)}`,
        pointer: `/options/${name}${error.instancePath}`,
        hint: `\`planwright explain ${name}\` lists the options.`,
      });
    }
  }
  for (const stray of sections === undefined ? [] : strayOverrides(template, sections)) {
    issues.push({
      code: 'unknown-section',
      message: `template '${name}' has no section '${stray}'`,
      hint: `Its sections are ${Object.keys(template.sections).join(', ')}.`,
    });
  }
  return issues;
}

function added(params: Readonly<Record<string, unknown>>): string {
  if (typeof params.additionalProperty === 'string') return `: '${params.additionalProperty}'`;
  return Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(', ')}` : '';
}
