import { readFileSync } from 'node:fs';
import { type DefaultTheme, defineConfig, type MarkdownEnv, type MarkdownRenderer } from 'vitepress';
import { taskList } from './task-list.js';

type Link = Readonly<{ text: string; link: string }>;

// Made by build/write-pages.mjs, which runs before the site is built or served.
const pages = JSON.parse(readFileSync(new URL('./pages.json', import.meta.url), 'utf8')) as Readonly<
  Record<'reference' | 'gallery' | 'rules' | 'decisions', readonly Link[]>
>;

const guide: DefaultTheme.SidebarItem[] = [
  { text: 'First plan', link: '/guide/' },
  { text: 'What is dangerous of a change', link: '/guide/analyze' },
  { text: 'The rehearsal', link: '/guide/rehearse' },
  { text: 'Answers', link: '/guide/answers' },
  { text: 'Why the history matters', link: '/guide/history' },
  { text: 'Keeping what people write', link: '/guide/keeping' },
  { text: 'The way back of a migration', link: '/guide/down' },
  { text: 'Plans from operations alone', link: '/guide/operations' },
  { text: 'Your own sections', link: '/guide/sections' },
  { text: 'Your own template', link: '/guide/templates' },
  { text: 'As a library', link: '/guide/library' },
];

const isContext = ({ link }: Link) => link.startsWith('/reference/context/');

const sidebar: DefaultTheme.SidebarItem[] = [
  { text: 'Guides', items: [...guide, { text: 'Vocabulary', link: '/vocabulary' }] },
  { text: 'Hazards', link: '/rules/', collapsed: true, items: pages.rules.slice(1) },
  { text: 'Gallery', items: galleryItems(pages.gallery) },
  {
    text: 'Reference',
    items: [
      ...pages.reference.filter((page) => !isContext(page)),
      { text: 'The context', link: '/reference/context/context', collapsed: true, items: pages.reference.filter(isContext).slice(1) },
    ],
  },
  { text: 'Decisions', link: '/decisions/', collapsed: true, items: [...pages.decisions] },
];

/** Templates, each with its examples below it. */
function galleryItems(gallery: readonly Link[]): DefaultTheme.SidebarItem[] {
  const depth = ({ link }: Link) => link.split('/').filter(Boolean).length;
  const isTemplate = (page: Link) => depth(page) === 2 && page.link.endsWith('/');
  return [
    ...gallery.filter((page) => depth(page) === 1),
    ...gallery.filter(isTemplate).map((template) => ({
      ...template,
      collapsed: true,
      items: gallery
        .filter((page) => page !== template && page.link.startsWith(template.link))
        .map(({ text, link }) => ({ text: text.split(': ')[1] ?? text, link })),
    })),
  ];
}

// The index needs words only: no colours, and nothing of pages that stay out of it; both take time.
function searchText(source: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  if (/^search: false$/m.test(source)) return '';
  md.options.highlight = (code) => md.utils.escapeHtml(code);
  return md.render(source, env);
}

/** A plan: lines, of which one is ticked. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#3451b2"/><path d="M7 10l3 3 5-6M18 10h7M7 17h18M7 24h12" fill="none" stroke="#fff" stroke-width="2.5"/></svg>';

export default defineConfig({
  title: 'planwright',
  description: 'Migration plans that have been rehearsed, not just written',
  lang: 'en',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  cleanUrls: true,
  srcExclude: ['README.md', 'public/**'],
  // Documents in the gallery are shown as they are: what VitePress adds to Markdown would change them.
  markdown: {
    languageAlias: { eta: 'md' },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    attrs: { disable: true },
    config: (md) => {
      md.disable('emoji', true);
      taskList(md);
    },
  },
  themeConfig: {
    nav: [
      { text: 'Guides', link: '/guide/', activeMatch: '^/guide/' },
      { text: 'Gallery', link: '/gallery/', activeMatch: '^/gallery/' },
      { text: 'Reference', link: '/reference/command-line', activeMatch: '^/reference/' },
      { text: 'Decisions', link: '/decisions/', activeMatch: '^/decisions/' },
    ],
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local', options: { _render: searchText } },
  },
});
