import { library } from '../../tsup.shared.js';

// In CommonJS `import.meta.url` needs a shim. The command is a file of its own, so that importing the kit runs nothing.
export default library({ index: 'src/index.ts', command: 'src/command.ts' }, { shims: true });
