import { trimmed, writable } from './characters.js';
import { codeInCell } from './code.js';
import { Markdown, markdown } from './markdown.js';
import { atLineStart, withSpans } from './text.js';

// Only these say where a click leads; `javascript:` and the like are printed, not linked.
const safeTarget = /^(?:https?:|mailto:|[^:]*$|[^:]*[/?#])/i;

/** A link. A target that is no address (`javascript:…`) leaves the text alone. */
export function link(label: string | Markdown, target: string): Markdown {
  const shown = label instanceof Markdown ? [label.markdown, label.inCell] : labelText(label);
  const address = trimmed(writable(target));
  // Without its brackets the text may stand at the start of a line.
  if (address === '' || !safeTarget.test(address)) return markdown(atLineStart(shown[0] ?? ''), shown[1]);
  const destination = encoded(address);
  return markdown(`[${shown[0]}](${destination})`, `[${shown[1]}](${destination.replaceAll('|', '%7C')})`);
}

function labelText(label: string): readonly string[] {
  const line = trimmed(writable(label).replace(/[ \t]*\n[ \t\n]*/g, ' '));
  const inText = withBrackets(line, (content) => `\`${content}\``);
  return [inText, withBrackets(line, codeInCell, '|')];
}

function withBrackets(line: string, code: (content: string) => string, also = ''): string {
  const spans: string[] = [];
  const escaped = withSpans(line, (content) => {
    spans.push(code(content));
    return '\ufdd0';
  });
  const brackets = escaped.replace(/(?<!\\)((?:\\\\)*)([[\]])/g, '$1\\$2');
  return (also === '' ? brackets : brackets.replaceAll(also, `\\${also}`)).replace(/\ufdd0/g, () => spans.shift() ?? '');
}

// A reference such as `&copy;` is decoded in a destination too, so its ampersand is written as one.
function encoded(address: string): string {
  return address
    .replace(/[\s<>()[\]\\`|"^{}\u007f-\u009f]|[\0-\x1f]/g, (character) =>
      encodeURIComponent(character).replace(/[()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`),
    )
    .replace(/&(?=#?\w+;)/g, '&amp;');
}
