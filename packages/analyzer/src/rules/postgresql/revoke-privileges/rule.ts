import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'REVOKE breaks code that runs as the role',
  why: "Statements of a role that loses a privilege fail with 42501 from COMMIT on. Privileges on an object that the change itself has made are nobody's yet.",
  instead: 'GRANT to the new role, switch the code over, REVOKE last.',
  sources: ['https://www.postgresql.org/docs/current/sql-revoke.html'],
  on: ['changePrivileges'],
  find: ({ operation, facts, statement, change }) => {
    if (operation.kind !== 'revoke') return undefined;
    const words = new Set((operation.on ?? '').split(/[^\w.$]+/));
    if ([...words].some((word) => facts.made.has(word.replace(/^public\./, '')))) return undefined;
    const made = change.made;
    for (const word of words)
      for (const kind of ['routine', 'schema', 'sequence']) if (made.beforeStatement(`${kind} ${word.replace(/^public\./, '')}`, statement)) return undefined;
    const roles = operation.roles?.length ? operation.roles.map((role) => (role === 'public' ? 'PUBLIC' : `\`${role}\``)).join(', ') : 'Roles';
    return {
      message: `${roles} ${operation.roles?.length === 1 ? 'loses' : 'lose'} privileges${operation.on === undefined ? '' : ` on ${operation.on}`}: statements that need them fail with 42501.`,
    };
  },
});
