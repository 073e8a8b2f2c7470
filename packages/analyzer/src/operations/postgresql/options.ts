import type { Node } from '@pgsql/types';
import { nodeOf, nodesOf, stringsOf, tagged } from '@planwright/sql/postgresql';

/** Options such as `WITH (fillfactor = 70)` as texts by name. */
export function optionTexts(options: readonly Node[] | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const option of nodesOf('DefElem', options)) {
    const name = option.defnamespace ? `${option.defnamespace}.${option.defname ?? ''}` : (option.defname ?? '');
    texts[name] = optionText(option.arg);
  }
  return texts;
}

/** The value of an option; one that is only named counts as true. */
export function optionText(node: Node | undefined): string {
  if (!node) return 'true';
  const { kind, value } = tagged(node);
  switch (kind) {
    case 'String':
      return value.sval ?? '';
    case 'Integer':
      return String(value.ival ?? 0);
    case 'Float':
      return value.fval ?? '';
    case 'Boolean':
      return String(value.boolval ?? false);
    case 'TypeName':
      return stringsOf(value.names).at(-1) ?? '';
    case 'List':
      return stringsOf(value.items).join('.');
    case 'A_Const':
      return value.sval?.sval ?? value.fval?.fval ?? (value.boolval ? String(value.boolval.boolval ?? false) : String(value.ival?.ival ?? 0));
    default:
      return '';
  }
}

/** The option of this name, if it is there. */
export function optionNode(options: readonly Node[] | undefined, name: string): Node | undefined {
  return (options ?? []).map((node) => nodeOf('DefElem', node)).find((option) => option?.defname === name)?.arg;
}

/** Whether a boolean option is set. */
export function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return nodesOf('DefElem', options).some((option) => option.defname === name && optionText(option.arg) !== 'false');
}
