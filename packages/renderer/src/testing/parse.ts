import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export type Root = ReturnType<typeof fromMarkdown>;
type Block = Root['children'][number];
type PhrasingContent = Extract<Block, { readonly type: 'paragraph' }>['children'][number];

/** Parses CommonMark with GFM. */
export function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/**
 * The text that a reader sees in a piece of prose. Code spans show their backticks, since values write them so. An address that GFM
 * links by itself is text: no escape keeps a parser from it, and it reads the same. Any other markup is shown as such, and so differs from the value.
 */
function shownText(nodes: readonly PhrasingContent[]): string {
  return nodes.map(shown).join('');
}

function shown(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'inlineCode':
      return `\`${node.value}\``;
    case 'break':
      return '\n';
    case 'html':
      return node.value === '<br>' ? '\n' : /^<\/?code>$/.test(node.value) ? '`' : `⟨html ${node.value}⟩`;
    case 'link': {
      const text = shownText(node.children);
      const address = (one: string) => one.replace(/^(?:mailto:|https?:\/\/)/i, '');
      return address(node.url) === address(text) ? text : `⟨link ${text}⟩`;
    }
    default:
      return `⟨${node.type}⟩`;
  }
}

/** The structure of a document: types of its blocks, one in another, and text where a block holds prose. */
export function outline(node: Root | Block | PhrasingContent): unknown {
  if (!('children' in node)) return node.type === 'code' ? ['code', node.lang, node.value] : node.type;
  if (['paragraph', 'heading', 'tableCell'].includes(node.type)) return [node.type, shownText(node.children as readonly PhrasingContent[])]; // these hold prose alone
  return [node.type, ...node.children.map(outline)];
}
