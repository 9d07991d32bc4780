/**
 * A declared type without what the linker has no use for: pointers, optionality and mutability are dropped, so `*T`,
 * `Optional[T]`, `T | null` and `readonly T` are all `T`.
 */
export type TypeExpression =
  /** `sql.Rows`, `List<Player>`: a dotted name as the file sees it. */
  | { kind: "name"; name: string; arguments: readonly TypeExpression[] }
  | { kind: "list"; element: TypeExpression }
  | { kind: "map"; key: TypeExpression; value: TypeExpression }
  | { kind: "channel"; element: TypeExpression }
  | { kind: "tuple"; elements: readonly TypeExpression[] }
  | { kind: "function"; parameters: readonly TypeExpression[]; results: readonly TypeExpression[] }
  | { kind: "union"; members: readonly TypeExpression[] }
  | { kind: "unknown" };

/** The name of a type as written, without what stands before its last dot and behind it. */
export function lastName(type: string): string {
  return (
    type
      .replace(/[<[({][\s\S]*$/, "")
      .trim()
      .replace(/^\W+/, "")
      .split(/[.\s]/)
      .at(-1) ?? ""
  );
}
