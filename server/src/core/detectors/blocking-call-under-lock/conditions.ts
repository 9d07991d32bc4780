import { type BranchFlow, type Flow, flowsInside } from "../../model/fileSummary";

/** How a condition says something of a name, which the first group, or else the second, holds. */
export interface Told {
  by: RegExp;
  /** It says so where it does not hold. */
  byOpposite: RegExp;
}

/** The names of which conditions say something where a call runs, as written; none when the call is not here. */
export function namesAt(flow: readonly Flow[], call: number, told: Told): readonly string[] {
  return findNames(flow, call, told, []) ?? [];
}

function findNames(
  flow: readonly Flow[],
  call: number,
  told: Told,
  around: readonly string[],
): readonly string[] | undefined {
  let names = around;
  for (const node of flow) {
    if (node === call) return names;
    if (typeof node === "number") continue;
    const found =
      node.kind === "branch"
        ? findInArms(node, call, told, names)
        : flowsInside(node)
            .map((inner) => findNames(inner, call, told, names))
            .find(Boolean);
    if (found) return found;
    if (node.kind === "branch" && leaves(node.arms[0] ?? [])) names = [...names, ...named(told.byOpposite, node.test)];
  }
  return undefined;
}

function findInArms({ arms, test }: BranchFlow, call: number, told: Told, around: readonly string[]) {
  return arms
    .map((arm, i) => findNames(arm, call, told, [...around, ...named(i === 0 ? told.by : told.byOpposite, test)]))
    .find(Boolean);
}

/** Whether a function does not go on behind these steps. */
export function leaves(flow: readonly Flow[]): boolean {
  const last = flow.at(-1);
  return last !== undefined && typeof last !== "number" && last.kind === "exit";
}

/** The name of which a condition says something, if it does. */
export function named(form: RegExp, test: string | undefined): string[] {
  const [, bare, compared] = (test !== undefined && form.exec(test)) || [];
  const name = bare ?? compared;
  return name === undefined ? [] : [name];
}
