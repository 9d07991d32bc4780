import type { FileFacts, FunctionFacts } from "../../model/facts";
import { givenAway, keepsReceiver } from "./lock/newObjects";
import { typesMade } from "./lock/typesMade";
import type { Noted } from "./noted";
import { channelsMade } from "./operation/bufferedChannels";

export function noted(fn: FunctionFacts, file: FileFacts): Noted | undefined {
  const makes = typesMade(fn);
  if (file.language !== "go") return makes && { makes };
  const channels = channelsMade(fn);
  const given = givenAway(fn, file);
  const keeps = keepsReceiver(fn);
  if (!channels && !given && !keeps && !makes) return undefined;
  return {
    ...(channels && { channels }),
    ...(makes && { makes }),
    ...(given && { givenAway: given }),
    ...(keeps && { keepsReceiver: true as const }),
  };
}
