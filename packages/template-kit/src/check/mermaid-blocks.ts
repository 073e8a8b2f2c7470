import type { Issue } from '@planwright/spec';
import type { RenderedExample } from './checks.js';
import { fencedBlocks } from './fenced-blocks.js';

/** Mermaid blocks that mermaid does not read. */
export async function mermaidBlocks({ rendered }: RenderedExample): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const { path, text } of rendered.files) {
    if (!path.endsWith('.md')) continue;
    for (const block of fencedBlocks(text)) {
      if (block.language !== 'mermaid') continue;
      const fault = await mermaidFault(block.text);
      if (fault !== undefined) issues.push({ code: 'mermaid', message: fault, file: path, line: block.line });
    }
  }
  return issues;
}

/** What mermaid says of a diagram that it does not read. */
export async function mermaidFault(diagram: string): Promise<string | undefined> {
  loading ??= loadMermaid();
  const { mermaid, page } = await loading;
  return await onPage(page, async () => {
    try {
      await mermaid.parse(diagram);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
}

interface Page {
  readonly window: object;
  readonly document: object;
}

let loading: Promise<{ readonly mermaid: typeof import('mermaid')['default']; readonly page: Page }> | undefined;

async function loadMermaid() {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('<!doctype html>');
  const page = { window, document: window.document };
  return await onPage(page, async () => {
    const { default: mermaid } = await import('mermaid');
    mermaid.initialize({ startOnLoad: false });
    return { mermaid, page };
  });
}

/** Mermaid looks for a page, and there is none in Node. It has one while it works, and no longer: others take a `window` for a browser. */
async function onPage<Result>(page: Page, work: () => Promise<Result>): Promise<Result> {
  Object.assign(globalThis, page);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
  }
}
