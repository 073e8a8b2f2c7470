/** A text of ours as SQL, without escapes. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
