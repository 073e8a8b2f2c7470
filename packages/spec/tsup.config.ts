import { library } from '../../tsup.shared.js';

// Types cost nothing to import; the validators (0.9 MB) and the schemas have doors of their own.
export default library({ index: 'src/index.ts', validate: 'src/validate.ts', schema: 'src/schema.ts' });
