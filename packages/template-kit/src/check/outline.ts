import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

type Root = ReturnType<typeof fromMarkdown>;
type Block = Root['children'][number];
type PhrasingContent = Extract<Block, { readonly type: 'paragraph' }>['children'][number];

/** A block of a parsed document: the types of the blocks around it and its own, and the text that it shows. */
export interface OutlineLine {
  readonly structure: string;
  readonly text: string;
}

/** Structure and text of a document, block by block, as CommonMark and GFM read it. */
export function outlineOf(document: string): readonly OutlineLine[] {
  const lines: OutlineLine[] = [];
  const visit = (node: Root | Block, above: string): void => {
    const name = node.type === 'heading' ? `heading${node.depth}` : node.type === 'listItem' && typeof node.checked === 'boolean' ? 'checkbox' : node.type;
    const structure = above === '' ? name : `${above}>${name}`;
    // A block of Markdown is text to copy: its values are escaped as they will be read once more.
    if (node.type === 'code' && node.lang === 'markdown')
      lines.push(...outlineOf(node.value).map((line) => ({ ...line, structure: `${structure}:markdown>${line.structure}` })));
    else if (node.type === 'code') lines.push({ structure: `${structure}:${node.lang ?? ''}`, text: node.lang === 'mermaid' ? drawn(node.value) : node.value });
    else if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      const { text, markup } = shown(node.children);
      lines.push({ structure: structure + markup, text });
    } else if ('children' in node) for (const child of node.children) visit(child, node.type === 'root' ? '' : structure);
    else lines.push({ structure, text: 'value' in node ? node.value : '' });
  };
  visit(fromMarkdown(document, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), '');
  return lines;
}

// Code spans show their backticks, since values name identifiers so.
function shown(nodes: readonly PhrasingContent[]): { readonly text: string; readonly markup: string } {
  let text = '';
  let markup = '';
  for (const node of nodes) {
    if (node.type === 'text') text += node.value;
    else if (node.type === 'inlineCode') text += `\`${node.value}\``;
    else if (node.type === 'break') text += '\n';
    else if (node.type === 'html') {
      if (node.value === '<br>') text += '\n';
      else if (/^<\/?code>$/.test(node.value)) text += '`';
      else markup += `+html ${node.value}`;
    } else if ('children' in node) {
      const inside = shown(node.children);
      text += inside.text;
      // Whether a label is linked hangs on its target. A value that makes a link of its own shows in the text, which lacks its brackets.
      markup += node.type === 'link' ? inside.markup : `+${node.type}${inside.markup}`;
    } else markup += `+${node.type}`;
  }
  return { text, markup };
}

// Mermaid writes characters as `#59;` and a line break in a label as `<br/>`.
function drawn(diagram: string): string {
  return diagram.replaceAll('<br/>', '\n').replace(/#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)));
}
