/** `T` with nothing required, at any depth. Items of lists stay items: a list that is given is given whole, or merged by id. */
export type PartialDeep<T> = T extends readonly (infer Item)[]
  ? readonly PartialDeep<Item>[]
  : T extends object
    ? { [Key in keyof T]?: PartialDeep<T[Key]> }
    : T;
