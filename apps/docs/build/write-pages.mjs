// Writes the pages that have a source elsewhere, and the list of them that the sidebar is made from. Nothing of it is committed.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLinePage } from './command-line-page.mjs';
import { contextPages } from './context-pages.mjs';
import { frameworkPage } from './framework-page.mjs';
import { excerpt, galleryPages, templateList } from './gallery-pages.mjs';
import { issueCodesPage } from './issue-codes-page.mjs';
import { rulePages } from './rule-pages.mjs';
import { scopePage } from './scope-page.mjs';

const site = fileURLToPath(new URL('../', import.meta.url));
const reference = [await commandLinePage(), ...contextPages(), scopePage(), issueCodesPage(), frameworkPage()];
const gallery = galleryPages();
const rules = rulePages();

for (const folder of ['reference', 'gallery', 'rules']) rmSync(join(site, folder), { recursive: true, force: true });
for (const { path, text } of [...reference, ...gallery, ...rules]) {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
}
const parts = join(site, '.vitepress', 'parts');
mkdirSync(parts, { recursive: true });
writeFileSync(join(parts, 'templates.md'), templateList());
writeFileSync(join(parts, 'excerpt.md'), excerpt());
writeFileSync(
  join(parts, 'decisions.md'),
  `${titled('decisions')
    .map(({ text, link }) => `- [${text}](${link})`)
    .join('\n')}\n`,
);
writeFileSync(
  join(site, '.vitepress', 'pages.json'),
  `${JSON.stringify({ reference: reference.map(linkTo), gallery: gallery.map(linkTo), rules: rules.map(linkTo), decisions: titled('decisions') }, null, 2)}\n`,
);

function linkTo({ path, title }) {
  return { text: title, link: `/${path.replace(/(index)?\.md$/, '')}` };
}

/** Pages of a folder by their headings. */
function titled(folder) {
  return readdirSync(join(site, folder))
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .map((file) => linkTo({ path: `${folder}/${file}`, title: /^# (.*)$/m.exec(readFileSync(join(site, folder, file), 'utf8'))?.[1] ?? file }))
    .sort((a, b) => a.text.localeCompare(b.text));
}
