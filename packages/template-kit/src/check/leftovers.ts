import type { Issue } from '@planwright/spec';
import type { RenderedExample } from './checks.js';
import { linesOutsideFences } from './lines-outside-fences.js';

// What a template leaves behind when it prints a value that is not there, or a note to its author.
const remains = /\bundefined\b|\[object \w+\]|\bNaN\b|\bTODO\b|\bTBD\b|\bFIXME\b|<%|%>/;

/** Placeholders, white space at line ends that breaks no line, and file ends that are not one newline. */
export function leftovers({ rendered }: RenderedExample): readonly Issue[] {
  return rendered.files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) => {
      const issues: Issue[] = [];
      if (!/[^\n]\n$/.test(text)) issues.push({ code: 'file-end', message: 'the document does not end in one newline', file: path });
      if (text.includes('\r')) issues.push({ code: 'line-end', message: 'a line ends in CR', file: path });
      for (const { line, text: shown } of linesOutsideFences(text)) {
        const found = remains.exec(shown.replace(/`[^`]*`/g, ''));
        if (found !== null) issues.push({ code: 'placeholder', message: `'${found[0]}' in: ${shown}`, file: path, line });
        if (/[ \t]$/.test(shown) && !/\S {2}$/.test(shown))
          issues.push({
            code: 'trailing-space',
            message: `white space at the end of: ${shown}`,
            file: path,
            line,
            hint: 'A hard break is two spaces; anything else goes.',
          });
      }
      return issues;
    });
}
