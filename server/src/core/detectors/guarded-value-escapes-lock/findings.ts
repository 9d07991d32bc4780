import { code } from "../../base/markdown";
import { accessStep, functionText, rangeOfAccess } from "../../model/graph/accessText";
import { memberName } from "../../model/graph/effectText";
import type { FieldAccess } from "../../model/graph/fieldAccesses";
import type { GuardedField } from "../../model/graph/guards";
import type { LinkedFunction } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import type { Guards } from "./changes";
import { callsAround, isLoopedOver } from "./uses";

/** A finding with the function it is about. */
export type Found = DetectorFinding & { by: LinkedFunction };

export function findingOf(
  { model }: Guards,
  { field, lock }: GuardedField,
  use: FieldAccess,
  change: FieldAccess,
  verb: "uses" | "returns" | "hands on",
): Found {
  const { fn, file, linked, got, start } = use;
  const value = code(memberName(field));
  const guard = code(memberName(lock));
  const isSerialised = verb === "uses" && callsAround(use).some(({ role }) => role === "serialise");
  const does =
    verb === "returns"
      ? `returns ${value} itself, which its callers use without ${guard}`
      : verb === "hands on"
        ? `hands ${value} to a goroutine, which uses it without ${guard}`
        : `${isSerialised ? "serialises" : "uses"} ${value} after it has released ${guard}`;
  return {
    by: linked,
    path: file.path,
    range: rangeOfAccess(use),
    symbol: fn.symbol,
    message: `${functionText(fn)} ${does}, while ${lowered(functionText(change.fn))} changes it under that lock.`,
    steps: [
      ...(got ? accessStep(model, { ...use, start: got.start }, `gets the value while it holds ${guard}`) : []),
      ...accessStep(model, use, verb !== "uses" ? `${verb} ${value}` : `uses ${value} without ${guard}`),
      ...accessStep(model, change, `changes ${value} while it holds ${guard}`),
    ],
    rank:
      (isSerialised || isLoopedOver(fn.flow, start) ? 4 : 0) +
      (change.depth > 0 ? 2 : 0) +
      (linked.reachedFrom.length > 0 ? 1 : 0),
  };
}

/** What a function goes by, inside a sentence. */
export function lowered(text: string): string {
  return text.replace(/^A f/, "a f");
}
