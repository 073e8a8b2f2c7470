import type { Issue } from '@planwright/spec';
import { loadDatabase } from '@planwright/sql';
import type { RenderedExample } from './checks.js';
import { fencedBlocks } from './fenced-blocks.js';

/** SQL blocks that the grammar of the context's database does not read. A block that holds only comments says nothing to a database. */
export async function sqlBlocks({ context, rendered }: RenderedExample): Promise<readonly Issue[]> {
  const dialect = await loadDatabase(context.target.database);
  return rendered.files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      fencedBlocks(text)
        .filter(({ language }) => language === 'sql')
        .flatMap((block) =>
          dialect
            .parse(block.text)
            .issues.filter(({ severity }) => severity !== 'warning')
            .map((issue) => ({ ...issue, file: path, line: block.line + (issue.line ?? 1) - 1 })),
        ),
    );
}
