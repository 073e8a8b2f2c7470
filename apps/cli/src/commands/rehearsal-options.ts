import { type Command, InvalidArgumentError } from 'commander';

/** Options of every command that runs a change on a scratch database. `without` says what `--no-rehearse` means there, if it is an option at all. */
export function rehearsalOptions(command: Command, without?: string): Command {
  if (without !== undefined) command.option('--no-rehearse', without);
  return command
    .option(
      '--database-url <database>',
      'rehearse on this PostgreSQL server, in a scratch database beside the one named: a connection string, or an environment variable that holds one',
    )
    .option('--trust', "on a server, run the migrations with the connection string's own rights where no login without rights can be made")
    .option('--schema-from <database>', 'start from the structure of this database, which is only read, instead of the earlier migrations')
    .option('--rows <number>', 'rows that are made for each table before the change runs (default: 1000; 100000 on a server)', wholeNumber)
    .option('--time-limit <seconds>', 'end a statement that runs longer (default: 60)', aLimit)
    .option('--memory-limit <megabytes>', 'end the embedded database where it takes more (default: 2048; an idle one takes some 430)', aLimit)
    .option('--seed <number>', 'number from which rows are made: the same number gives the same rows (default: 1)', wholeNumber);
}

function aLimit(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 1_000_000)) throw new InvalidArgumentError('Expected a number above 0, at most 1000000.');
  return number;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('Expected a whole number.');
  return number;
}
