import type { MarkdownRenderer } from 'vitepress';

/** Shows `- [ ]` and `- [x]` as boxes, as GitHub does: documents are full of them. */
export function taskList(md: MarkdownRenderer): void {
  md.core.ruler.after('inline', 'task-list', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const text = token.children?.[0];
      const isItem = tokens[index - 1]?.type === 'paragraph_open' && tokens[index - 2]?.type === 'list_item_open';
      const [box, mark] = (isItem && text?.type === 'text' && /^\[([ x])\] /.exec(text.content)) || [];
      if (box === undefined || text === undefined || token.children === null) continue;
      text.content = text.content.slice(box.length);
      const input = new (text.constructor as new (type: string, tag: string, nesting: 0) => typeof text)('html_inline', '', 0);
      input.content = `<input type="checkbox" disabled${mark === 'x' ? ' checked' : ''} aria-label="${mark === 'x' ? 'done' : 'to do'}"> `;
      token.children.unshift(input);
    }
  });
}
