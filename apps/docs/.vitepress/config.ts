import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'planwright',
  description: 'Migration plans that have been rehearsed, not just written',
  cleanUrls: true,
  srcExclude: ['README.md'],
  themeConfig: {
    nav: [
      { text: 'Vocabulary', link: '/vocabulary' },
      { text: 'Decisions', link: '/decisions/' },
    ],
    sidebar: [
      { text: 'Vocabulary', link: '/vocabulary' },
      {
        text: 'Decisions',
        link: '/decisions/',
        items: [
          { text: 'Development reads sources, users read builds', link: '/decisions/sources-and-builds' },
          { text: 'One version for all packages', link: '/decisions/one-version' },
        ],
      },
    ],
    search: { provider: 'local' },
  },
});
