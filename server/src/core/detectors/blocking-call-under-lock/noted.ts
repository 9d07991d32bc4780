import type { FileFacts, FunctionFacts } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { type ChannelsMade, channelsMade } from "./bufferedChannels";
import { givenAway, keepsReceiver } from "./newObjects";

/** What is noted of a function while its steps are at hand. */
export interface Noted {
  channels?: ChannelsMade;
  /** Locals that it has made and locked, and where each is first known to somebody else. */
  givenAway?: Readonly<Record<string, number>>;
  /** What the method is called on is known to somebody else afterwards. */
  keepsReceiver?: true;
}

export const detectorId = "blocking-call-under-lock";

export function notedOf(fn: FunctionSummary): Noted | undefined {
  return fn.observations[detectorId] as Noted | undefined;
}

export function noted(fn: FunctionFacts, file: FileFacts): Noted | undefined {
  if (file.language !== "go") return undefined;
  const channels = channelsMade(fn);
  const given = givenAway(fn, file);
  const keeps = keepsReceiver(fn);
  if (!channels && !given && !keeps) return undefined;
  return {
    ...(channels && { channels }),
    ...(given && { givenAway: given }),
    ...(keeps && { keepsReceiver: true as const }),
  };
}
