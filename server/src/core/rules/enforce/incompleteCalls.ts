import { code } from "../../base/markdown";
import type { CallSummary } from "../../model/fileSummary";
import type { ForbiddenUse } from "../check";
import type { Use } from "./nameUses";

type Lack = Pick<ForbiddenUse, "without" | "dropped">;

/** Whether a call lacks what makes it right: an argument, or somebody who takes its result. */
export function lacksWhatItNeeds({ without, dropped }: Lack, use: Use): boolean {
  if (!without && !dropped) return true;
  const call = callOf(use);
  if (!call) return false;
  return (!dropped || isDropped(use, call)) && (!without || isWithout(call, without));
}

function callOf({ file, fn, call }: Use): CallSummary | undefined {
  return call === undefined ? undefined : (file.functions[fn]?.calls ?? file.calls)[call];
}

/** Go may also give it to `_`. */
function isDropped({ file }: Use, call: CallSummary): boolean {
  const isBlank = file.constructs?.some(
    ({ kind, start, end }) => kind === "discarded-error" && start <= call.start && call.end === end,
  );
  return call.dropped === true || isBlank === true;
}

/** What is spread into a call may hold it. */
function isWithout({ arguments: given }: CallSummary, names: readonly string[]): boolean {
  return !given.some(
    (argument) => argument === "" || argument.startsWith("*") || names.some((name) => argument.startsWith(`${name}=`)),
  );
}

/** " without `timeout`" */
export function lackText({ without, dropped }: Lack): string {
  if (dropped) return " and does nothing with what it gives";
  return without ? ` without ${without.map((name) => code(name)).join(" or ")}` : "";
}
