/** "#migration-003-add-order-columns": where a heading of this text is found, by the rule of GitHub. */
export function anchor(heading: string): string {
  return `#${heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')}`;
}
