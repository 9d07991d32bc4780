import type { Flow } from "../../model/fileSummary";
import { conditionsAt } from "../../model/graph/conditionsAt";

/** How a condition says something of a name, which the first group, or else the second, holds. */
export interface Told {
  by: RegExp;
  /** It says so where it does not hold. */
  byOpposite: RegExp;
}

/** The names of which conditions say something where a call runs, as written; none when the call is not here. */
export function namesAt(flow: readonly Flow[], call: number, told: Told): readonly string[] {
  return conditionsAt(flow, call).flatMap(({ test, holds }) => named(holds ? told.by : told.byOpposite, test));
}

/** The name of which a condition says something, if it does. */
export function named(form: RegExp, test: string | undefined): string[] {
  const [, bare, compared] = (test !== undefined && form.exec(test)) || [];
  const name = bare ?? compared;
  return name === undefined ? [] : [name];
}
