import { trimmed, writable } from './characters.js';

const special = /["#<>&`;\\{}]|%(?=%)|(?<=%)%/g;

/** The text of a mermaid label, for use between double quotes: entities in mermaid's own writing, a line break as `<br/>`. */
export function mermaid(value: string): string {
  return (
    trimmed(writable(value))
      .replace(special, (character) => `#${character.charCodeAt(0)};`)
      // Mermaid reads a list into a label that begins like one.
      .replace(/^(\d+)\./, '$1#46;')
      .replace(/^[-+*](?=\s)/, (character) => `#${character.charCodeAt(0)};`)
      .replace(/[ \t]*\n[ \t]*/g, '<br/>')
  );
}
