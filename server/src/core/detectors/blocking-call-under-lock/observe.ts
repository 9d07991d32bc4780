import type { FileFacts, FunctionFacts } from "../../model/facts";
import { channelsMade } from "./bufferedChannels";
import { givenAway, keepsReceiver } from "./newObjects";
import type { Noted } from "./noted";

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
