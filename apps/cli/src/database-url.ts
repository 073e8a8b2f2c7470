import { redactSecrets } from '@planwright/spec';
import { InvalidInput, invalid } from './invalid-input.js';

/** A connection string as given, or the one that an environment variable of that name holds, so that no password has to stand on the command line. */
export function databaseUrl(given: string, environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const url = given.includes('://') ? given : environment[given];
  if (url === undefined || url === '')
    throw invalid('missing-path', `there is no environment variable ${given}`, {
      hint: 'Give a connection string, such as postgres://localhost/shop, or the name of a variable that holds one.',
    });
  if (!/^postgres(?:ql)?:\/\//.test(url))
    throw invalid('wrong-form', `${redactSecrets(url)} is no connection string of PostgreSQL`, { hint: 'It begins with postgres:// or postgresql://.' });
  return url;
}

/** Does what a server may refuse, and tells the refusal as the input's fault that it is. */
export async function onServer<Result>(work: () => Promise<Result>): Promise<Result> {
  const { ServerRefused } = await import('@planwright/rehearsal');
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ServerRefused) throw new InvalidInput([thrown.issue]);
    throw thrown;
  }
}
