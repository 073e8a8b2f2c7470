// The few forms of Markdown that generated pages are made of.

/** Text for a page: what Markdown, HTML or Vue would take for its own is written as entities, except inside code spans. */
export function text(value) {
  return value
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? spanOf(part.slice(1, -1)) : part.replace(/[<>{}[\]*_|]/g, (sign) => `&#${sign.charCodeAt(0)};`)))
    .join('');
}

/** A code span. VitePress keeps Vue away from those, so that braces in it stay what they are. */
export function code(value) {
  return spanOf(String(value));
}

function spanOf(value) {
  const mark = '`'.repeat(Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const space = value.startsWith('`') || value.endsWith('`') ? ' ' : '';
  return `${mark}${space}${value}${space}${mark}`;
}

/** A fenced block that nothing in its text can close. */
export function fence(language, value) {
  const mark = '`'.repeat(Math.max(2, ...[...value.matchAll(/`{3,}/g)].map(([run]) => run.length)) + 1);
  return `${mark}${language}\n${value.replace(/\n$/, '')}\n${mark}`;
}

/** The anchor that VitePress gives a heading of plain words. */
export function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Parts with blank lines between; what is undefined or empty is left out. */
export function blocks(...parts) {
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}
