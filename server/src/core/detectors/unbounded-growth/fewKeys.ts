import { wordsOf } from "../../base/words";
import { memberName } from "../../model/graph/effectText";
import { kindOf } from "../../model/graph/kinds";
import { isForStaff, othersOnWay, type WayFromOutside } from "../../model/graph/wayFromOutside";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
import { isFixedName } from "./growthNotes";

/** Why there will hardly be many elements, in a whole sentence. */
export function reasonForLess(
  model: WorkspaceModel,
  name: string,
  type: string,
  keyNames: readonly string[],
  way: WayFromOutside,
  linked: LinkedFunction,
  isOfRequest: boolean,
): string | undefined {
  const [, ofGo, ofOthers] = /^map\[([\w.]+)\]|^[\w.]*<([\w.]+),/.exec(type) ?? [];
  const isFew = (name: string) => fewThings.test(kindOf(name));
  const isFewParts = keyNames.some((name) => name.split(",").every((part) => isFew(part) || isFixedName(kindOf(part))));
  const own = memberName(name);
  // What it is called says nothing against what whoever asks hands over.
  const isFewByName = isFew(ofGo ?? ofOthers ?? "") || (isFew(own) && !isOfRequest);
  if (isFewParts || isFewByName) return "There are few keys, by their name.";
  if (configured.test(kindOf(own))) return "It holds what is configured, and that is little, by its name.";
  if (keyNames.some((name) => people.test(kindOf(name)))) return "There is one for each user, and not more.";
  if (keyNames.some(isServersAddress)) return "There is one for each server, and those are few.";
  const isOfServers = keyNames.some((name) => servers.test(kindOf(name))) && /(?:Client|Conn|Connection)\b/.test(type);
  if (isOfServers) return "There is one for each server, and those are few.";
  if (isForStaff(model, way)) return "Those who run the system ask for it, now and then.";
  const others = othersOnWay(way, linked);
  return others > 0 ? `It is one of ${others + 1} methods that may be meant on the way.` : undefined;
}

const configured =
  /^(?:config|cfg|configuration|setting|definition|handler|middleware|interceptor|hook|extension|module|converter)s?$/;
const people = /^(?:user|account)s?$/;
const fewThings =
  /^(?:tenant|instance|env|environment|namespace|ns|org|organi[sz]ation|workspace|cluster|topic|partition|region|zone|shard|logger|cert|certificate|plugin|view|connector|driver|database|bucket|worker|runner|broker|replica|class|factory|tag)s?$|^(?:classes|factories)$/;

const servers = /^(?:addr|address|host|endpoint|target|server|node|peer)$/;

/** `metaServerAddress`, and not the address of whoever asks. */
function isServersAddress(name: string): boolean {
  const words = wordsOf(name);
  const isAddress = /^(?:addr|address|url|uri|endpoint|host)(?:e?s)?$/.test(words.at(-1) ?? "");
  return isAddress && words.some((word) => /^(?:server|backend|upstream|broker|gateway)s?$/.test(word));
}
