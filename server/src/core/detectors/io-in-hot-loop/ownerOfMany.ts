import { memoized } from "../../base/memoized";
import { parseAccessPath, type Segment } from "../../model/accessPath";
import type { AccessPath } from "../../model/facts";
import { closedOver, type Owner, ownerOf } from "../../model/graph/dataOwner";
import { ownRoundTrip } from "../../model/graph/roundTrips";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Situation } from "./situation";
import { loopOfCall, loopsAround } from "./waysIn";

/**
 * Whose the elements of the loops are, by the innermost loop of which it is known: rows of a query and what the server
 * keeps, or what a request holds. Absent where nothing shows that they are many.
 */
export const ownerOfMany = memoized(({ model, linked, worst, way }: Situation): Owner | undefined => {
  const owners = [...way.calls, { linked, call: worst.call }];
  for (let level = owners.length - 1; level >= 0; level--) {
    const { linked: owner, call } = owners[level] as { linked: LinkedFunction; call: number };
    const loops = level === owners.length - 1 ? worst.loops : loopsAround(model, owner, call);
    for (const { start, over: written } of loops.toReversed()) {
      const over = closedOver(model, owner, call, start);
      // What is asked there and then, to be gone over.
      if (loopOfCall(model, owner, call)?.start === start && ownRoundTrip(model, owner, call)) return "server";
      const found = ownerOf(model, { ...way, calls: way.calls.slice(0, level) }, { linked: owner, written, over });
      if (found === "request" || (found === "server" && !isPartOfOne(written, over, owner, model))) return found;
    }
  }
  return undefined;
});

/** What one thing has that was looked up: `find().lines`, `JSON.parse(order.lines)`, with `Order order = find()` `order.lines()`. */
function isPartOfOne(written: string, over: AccessPath, owner: LinkedFunction, model: WorkspaceModel): boolean {
  const { root, segments } = parseAccessPath(over);
  const call = segments.findLastIndex(({ kind }) => kind === "call");
  const isPart = (segment: Segment) => segment.kind === "member" && !holdsRows.test(segment.name);
  if (call >= 0 && segments.slice(call + 1).some(isPart)) return true;
  const called = segments[call - 1];
  if (called?.kind === "member" && parses.test(called.name)) return true;
  const fn = functionAt(model, owner)?.fn;
  const [name = "", ...members] = written.split(".");
  const isOwn = name === "this" || name === "self" || name === fn?.receiver?.name || root === `<${fn?.typeName}>`;
  return !isOwn && root.startsWith("<") && members.some((member) => !holdsRows.test(member.replace(/\(.*$/s, "")));
}

const parses = /^(?:parse|loads|fromJson|readValue)$/;
const holdsRows =
  /^(?:rows|data|items|results?|records|docs|documents|entities|content|hits|list|all|values|keys|entries|entrySet|keySet|stream|map|filter)$/i;
