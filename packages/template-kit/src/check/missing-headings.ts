import type { Issue } from '@planwright/spec';
import type { RenderedExample } from './checks.js';
import { linesOutsideFences } from './lines-outside-fences.js';

/** The manifest's headings that are not there, or stand out of order. A heading that ends in `…` stands for what begins so. */
export function missingHeadings({ template, rendered }: RenderedExample): readonly Issue[] {
  const headings = linesOutsideFences(rendered.files[0]?.text ?? '')
    .map(({ text }) => text)
    .filter((text) => /^#{1,6} /.test(text));
  const issues: Issue[] = [];
  let from = 0;
  for (const wanted of template.manifest.headings ?? []) {
    const fits = (heading: string) => (wanted.endsWith('…') ? heading.startsWith(wanted.slice(0, -1)) : heading === wanted);
    const at = headings.findIndex((heading, index) => index >= from && fits(heading));
    if (at >= 0) from = at + 1;
    else
      issues.push({
        code: 'missing-heading',
        message: `the heading '${wanted}' is ${headings.some(fits) ? 'out of order' : 'missing'}`,
        hint: `The document's headings are: ${headings.join(' / ')}`,
      });
  }
  return issues;
}
