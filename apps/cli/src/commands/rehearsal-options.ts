import { type Command, InvalidArgumentError } from 'commander';

/** Options of every command that runs a change on a scratch database. `without` says what `--no-rehearse` means there, if it is an option at all. */
export function rehearsalOptions(command: Command, without?: string): Command {
  if (without !== undefined) command.option('--no-rehearse', without);
  return command
    .option('--rows <number>', 'rows that are made for each table before the change runs (default: 1000)', wholeNumber)
    .option('--seed <number>', 'number from which rows are made: the same number gives the same rows (default: 1)', wholeNumber);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('Expected a whole number.');
  return number;
}
