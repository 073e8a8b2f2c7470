type WithoutNull<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & { [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null> };

/** A value without the fields that are NULL: the model says "absent" where SQL says NULL. */
export function present<T extends object>(value: T): WithoutNull<T> {
  // The entries that are left are those whose value is not null, which is what the type says.
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null)) as WithoutNull<T>;
}
