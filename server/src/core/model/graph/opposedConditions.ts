import type { FileSummary } from "../fileSummary";
import { functionAt, type WorkspaceModel } from "../workspaceModel";
import { conditionsAt } from "./conditionsAt";
import type { ReachedCall } from "./givenConstants";
import { conditionsIn } from "./wayConditions";

/**
 * Whether calls that lead to one another are made under conditions of which one rules out the other: `if (settings.open)`
 * here, and `if (!settings.open)` further on. Only what all the program knows alike is compared: what files import, by
 * the same name.
 */
export function areOpposed(model: WorkspaceModel, calls: readonly ReachedCall[]): boolean {
  const known = new Map<string, boolean>();
  return calls.some((call) =>
    sharedConditions(model, call).some(([name, outcome]) => {
      const before = known.get(name);
      known.set(name, outcome);
      return before !== undefined && before !== outcome;
    }),
  );
}

/** What is known of what a file imports where a call is made: the condition in short, and how it came out. */
function sharedConditions(model: WorkspaceModel, { linked, call }: ReachedCall): [name: string, outcome: boolean][] {
  const place = functionAt(model, linked);
  if (!place) return [];
  const { file, fn } = place;
  return conditionsAt(fn.flow, call).flatMap(({ test, holds }) => {
    const { simple, areJoined, isWhole } = conditionsIn(test);
    // Of `a && b` that does not hold it is not known which does not.
    const saysAll = areJoined === holds || (simple.length === 1 && isWhole);
    if (!saysAll) return [];
    return simple
      .filter(({ name }) => isImported(file, rootOf(name)) && fn.parameters.every((one) => one.name !== rootOf(name)))
      .map(({ name, isNegated }): [string, boolean] => [name, holds !== isNegated]);
  });
}

function rootOf(name: string): string {
  return /^(?:len\()?([\w$]+)\./.exec(name)?.[1] ?? "";
}

function isImported({ imports }: FileSummary, root: string): boolean {
  return root !== "" && imports.some(({ localName }) => localName === root);
}
