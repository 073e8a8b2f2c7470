import { trimmed, writable } from './characters.js';

/** An HTML comment that ends where it should: two hyphens in a row are parted. */
export function comment(value: string): string {
  return `<!-- ${trimmed(writable(value))
    .replace(/-(?=-)/g, '- ')
    .replace(/^>|-$/g, ' $& ')} -->`;
}
