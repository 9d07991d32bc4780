import type { FileFacts, FunctionFacts } from "../../model/facts";
import { channelsMade } from "./bufferedChannels";
import { givenAway, keepsReceiver } from "./newObjects";
import type { Noted } from "./noted";
import { typesMade } from "./typesMade";

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
