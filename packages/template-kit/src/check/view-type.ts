import type { Requirement } from '@planwright/spec';
import { segmentsOf } from '@planwright/spec';

/** A part of the context on the way to required values. */
interface Node {
  readonly children: Map<string, Node>;
  requirement?: Requirement;
}

/**
 * The TypeScript declarations of what the sections of a template read: the renderer's `View` with the required paths made
 * required, one flat interface for each object on the way. Intersections would let misspellings pass.
 */
export function viewType(requires: readonly Requirement[]): string {
  const root: Node = { children: new Map() };
  for (const requirement of requires) {
    let node = root;
    for (const segment of segmentsOf(requirement.pointer)) {
      const next = node.children.get(segment) ?? { children: new Map() };
      node.children.set(segment, next);
      node = next;
    }
    node.requirement = requirement;
  }
  const interfaces: string[] = [];
  declare('It', 'Base', root, interfaces);
  return interfaces.join('\n');
}

function declare(name: string, type: string, node: Node, interfaces: string[]): void {
  const keys = [...node.children.keys()];
  const omitted = keys.length === 0 ? type : `Omit<${type}, ${keys.map((key) => JSON.stringify(key)).join(' | ')}>`;
  const members = [...node.children].map(([key, child]) => {
    const own = `${type}[${JSON.stringify(key)}]`;
    const given = typeOf(`${name}_${key}`, `NonNullable<${own}>`, child, interfaces);
    const isThere = present(child) ? '' : ` | Extract<${own}, undefined>`;
    return `  readonly ${JSON.stringify(key)}: ${given}${isThere};`;
  });
  interfaces.push(`interface ${name} extends ${omitted} {\n${members.join('\n')}\n}`);
}

function typeOf(name: string, type: string, node: Node, interfaces: string[]): string {
  const open = node.requirement !== undefined && !node.requirement.list ? ' | OpenQuestion' : '';
  const items = node.children.get('*');
  if (items !== undefined) return `readonly (${typeOf(`${name}_item`, `${type}[number]`, items, interfaces)})[]${open}`;
  if (node.children.size === 0) return type + open;
  declare(name, type, node, interfaces);
  return name + open;
}

// The renderer makes the way to a missing value, but adds no item to a list.
function present(node: Node): boolean {
  if (node.requirement !== undefined && node.requirement.when === undefined) return true;
  return [...node.children].some(([key, child]) => key !== '*' && present(child));
}
