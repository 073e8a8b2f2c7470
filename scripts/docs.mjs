// npm run docs [-- dev]: builds the site into apps/docs/.vitepress/dist, or serves it while one writes.
import { phase, pnpm, setUp } from './setup.mjs';

await setUp();
const script = (name) => ['--filter', '@planwright/docs', 'run', name];
const { code } = process.argv[2] === 'dev' ? await pnpm(script('dev'), { show: true }) : await phase('building the site', () => pnpm(script('site')));
process.exitCode = code;
