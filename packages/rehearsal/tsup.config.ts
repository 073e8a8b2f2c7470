import { library } from '../../tsup.shared.js';

// The process that holds an embedded database is a script of its own, beside the others; CJS finds it by the shim of `import.meta.url`.
export default library({ index: 'src/index.ts', 'pglite-child': 'src/engines/pglite/child.ts' }, { shims: true });
