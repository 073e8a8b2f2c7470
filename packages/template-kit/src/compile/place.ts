/** Where a printed value lands, as the text around its tag tells. The names are those of the renderer's functions. */
export type Place = '$attribute' | '$text' | '$line' | '$cell' | '$heading' | '$fence' | '$mermaid';

/** Why a value must not be printed there, with what to write instead. */
export interface Misplaced {
  readonly message: string;
  readonly hint: string;
}

/** The place of a value that follows `prefix` on its line, outside fences. */
export function placeAfter(prefix: string): Place | Misplaced {
  if (/\]\([^)]*$/.test(prefix)) return { message: 'a value inside a link target', hint: 'Print the whole link: <%= link(text, target) %>.' };
  if (/<!--(?:(?!-->).)*$/.test(prefix))
    return { message: 'a value inside an HTML comment', hint: 'Documents carry no comments: print it as text, or leave it out.' };
  if (/<[a-z][^>]*="[^"]*$/i.test(prefix)) return '$attribute';
  if (/<[a-z/][^>]*$/i.test(prefix))
    return { message: 'a value inside an HTML tag', hint: 'In a tag a value may stand between the double quotes of an attribute only.' };
  if (backticks(prefix) % 2 === 1) return { message: 'a value inside a code span', hint: 'Print the whole span: <%= code(value) %>.' };
  if (/^ {0,3}#{1,6} /.test(prefix)) return '$heading';
  if (/^\s*\|/.test(prefix)) return '$cell';
  return /^\s*(?:(?:[-*+]|\d+[.)]|>)\s+)*(?:\[[ x]\]\s+)?$/.test(prefix) ? '$text' : '$line';
}

function backticks(prefix: string): number {
  return prefix.replace(/\\`/g, '').split('`').length - 1;
}
