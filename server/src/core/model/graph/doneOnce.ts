import { wordsOf } from "../../base/words";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import type { ReachedCall } from "./givenConstants";

/** Whether calls lead through what stops, upgrades or restores: done once, however often somebody, or a clock, asks whether to. */
export function isDoneOnce(
  model: WorkspaceModel,
  { calls }: { calls: readonly ReachedCall[] },
  linked: LinkedFunction,
): boolean {
  return [...calls.map((call) => call.linked), linked]
    .slice(1)
    .some((one) => endOrMove.test(wordsOf(functionAt(model, one)?.fn.name ?? "").join(" ")));
}

const endOrMove =
  /^(?:stop|terminate)(?: (?:server|service|system|application|app|all|everything|self))?$|^shut ?down\b|^(?:upgrade|migrate|restore)\b/;
