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
  const mermaid = await loadMermaid();
  try {
    await mermaid.parse(diagram);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

let loading: Promise<typeof import('mermaid')['default']> | undefined;

async function loadMermaid(): Promise<typeof import('mermaid')['default']> {
  // Mermaid looks for a page when it is imported, and there is none in Node.
  loading ??= (async () => {
    const { JSDOM } = await import('jsdom');
    const { window } = new JSDOM('<!doctype html>');
    Object.assign(globalThis, { window, document: window.document });
    const { default: mermaid } = await import('mermaid');
    mermaid.initialize({ startOnLoad: false });
    return mermaid;
  })();
  return loading;
}
