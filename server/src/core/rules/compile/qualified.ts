import { type Check, type Qualified, qualifierOf } from "../check";

const LONGEST = 160;

const QUALIFIABLE: ReadonlySet<Check["form"]> = new Set<Check["form"]>([
  "forbidden-call",
  "forbidden-import",
  "forbidden-name",
  "forbidden-construct",
  "forbidden-command",
  "forbidden-edit",
  "forbidden-text",
  "only-from",
  "must-accompany",
]);

/** The check, holding only under these conditions too; `undefined` if its form cannot say so. */
export function qualified(check: Check, ...conditions: readonly (string | false | undefined)[]): Check | undefined {
  const said = conditions.flatMap((condition) => condition || []);
  if (said.length === 0) return check;
  if (!isQualifiable(check)) return undefined;
  return { ...check, qualifier: joinedConditions([...said, check.qualifier ?? ""]) };
}

export function joinedConditions(conditions: readonly string[]): string {
  const words = conditions.filter((condition) => condition !== "").join("; ");
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}

/** The first of the two that holds without a condition, or the first at all. */
export function preferCertain(first: Check | undefined, second: () => Check | undefined): Check | undefined {
  if (first !== undefined && qualifierOf(first) === undefined) return first;
  const other = second();
  if (first === undefined) return other;
  return other !== undefined && qualifierOf(other) === undefined ? other : first;
}

function isQualifiable(check: Check): check is Extract<Check, Qualified> {
  return QUALIFIABLE.has(check.form);
}
