import { newerSyntax } from '../../../newer-syntax.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'The statement uses syntax that the target version does not have',
  why: 'A server older than the feature refuses the statement with a syntax error, although a newer one, such as that of a rehearsal, accepts it.',
  instead: 'Say which version runs in production (`target: { version: … }`), or write the statement with what that version has.',
  sources: ['https://www.postgresql.org/docs/current/release.html'],
  on: 'statement',
  find: ({ statement, target }) => {
    const newer = newerSyntax(statement, target.version)[0];
    if (!newer) return undefined;
    return {
      message: `${newer.feature} is there since PostgreSQL ${newer.since}; the target is PostgreSQL ${target.version}.`,
      ...(target.assumed ? { assumed: [`Production runs PostgreSQL ${target.version}: no version was given.`] } : {}),
    };
  },
});
