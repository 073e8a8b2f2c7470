/** An SQL expression as far as rows need to understand it. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'is'; readonly of: Expression; readonly what: 'null' | 'true' | 'false'; readonly not: boolean }
  | { readonly kind: 'operator'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  /** `left operator ANY (right)`, or ALL. */
  | { readonly kind: 'each'; readonly every: boolean; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'array'; readonly of: readonly Expression[] }
  | { readonly kind: 'literal'; readonly value: string | null; readonly number?: number }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'cast'; readonly of: Expression; readonly type: string }
  | { readonly kind: 'case'; readonly branches: readonly (readonly [when: Expression, then: Expression])[]; readonly otherwise: Expression };
