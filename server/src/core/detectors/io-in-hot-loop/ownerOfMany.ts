import { memoized } from "../../base/memoized";
import { parseAccessPath, type Segment } from "../../model/accessPath";
import type { AccessPath } from "../../model/facts";
import { callConditions } from "../../model/graph/callConditions";
import { closedOver, isGivenByQuery, ownerOf } from "../../model/graph/dataOwner";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { functionsAround } from "../../model/graph/graphFunction";
import { ownRoundTrip } from "../../model/graph/roundTrips";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { isFilledAtStart, isFixedField } from "./fixedFields";
import type { Situation } from "./situation";
import { loopOfCall, loopsAround } from "./waysIn";

/** What holds the elements of a loop: a request, the rows of a query, or the program in a field that grows. */
type Holder = "request" | "rows" | "field";

/** What holds the elements of the loops on the way, innermost first, as far as it is known that they are many. */
export function holdersOfMany(situation: Situation): readonly Holder[] {
  return holdersOnWay(situation).filter((holder) => holder !== "names");
}

/**
 * What holds the elements of the loops on the way, innermost first; `names` are those that the program was given in a
 * field. What one thing has that was looked up is left out.
 */
export const holdersOnWay = memoized(({ model, linked, worst, way }: Situation): readonly (Holder | "names")[] => {
  const holders: (Holder | "names")[] = [];
  const owners = [...way.calls, { linked, call: worst.call }];
  for (let level = owners.length - 1; level >= 0; level--) {
    const { linked: owner, call } = owners[level] as { linked: LinkedFunction; call: number };
    const loops = level === owners.length - 1 ? worst.loops : loopsAround(model, owner, call);
    for (const { start, over: written, origin = "" } of loops.toReversed()) {
      const over = closedOver(model, owner, call, start) || origin;
      const looped = { linked: owner, written, over, handedOnBy: call };
      const found = ownerOf(model, { ...way, calls: way.calls.slice(0, level) }, looped);
      // What is asked there and then, to be gone over.
      if (loopOfCall(model, owner, call)?.start === start && ownRoundTrip(model, owner, call)) holders.push("rows");
      else if (found === "request" && !isWithinPart(written)) holders.push("request");
      else if (found === "server" && !isPartOfOne(written, over, owner, model)) {
        // What is kept under one key is that of one thing; a clock goes through all of those.
        if (!isField(way.reach.kind === "timer" ? over.replace(/\[\w*\]$/, "") : over)) holders.push("rows");
        else if (isFixedField(model, over) || isFilledAtStart(model, over)) holders.push("names");
        else if (!isMadeBefore(model, way.calls[level - 1], owner)) holders.push("field");
      }
    }
  }
  return holders;
});

/**
 * Whether the caller has made the object that it calls a method of: it holds what was put into it since. What is made
 * before a loop that waits for a clock is there for as long as that.
 */
function isMadeBefore(model: WorkspaceModel, caller: ReachedCall | undefined, owner: LinkedFunction): boolean {
  const type = functionAt(model, owner)?.fn.typeName;
  const calls = (caller && functionAt(model, caller.linked)?.fn.calls) ?? [];
  if (!caller || type === undefined) return false;
  const conditions = callConditions(model, caller.linked);
  const isPaced = conditions[caller.call]?.isPaced === true;
  return calls.some(
    ({ callee }, call) => callee === type && call < caller.call && !(isPaced && conditions[call]?.isPaced !== true),
  );
}

/** `<Harbour>.boats`, `<Harbour>.boats.values()`, `boats` of the file: nothing is asked for them. */
function isField(over: AccessPath): boolean {
  return /^(?:<\w+>\.)?\w+(?:\.(?:values|keys|items|entries|entrySet|keySet|stream|copy)\(\))*$/.test(over);
}

/** `input.spec.plans()`: parts of the one thing that a request is about; not `req.body.plans`. */
function isWithinPart(written: string): boolean {
  const own = written.replace(
    /^(?:(?:this|self|ctx|context)\.)*(?:req(?:uest)?\.(?:body|data|payload|query|params)\b)?/,
    "_",
  );
  return /^\w+(?:\(\))?\.\w+(?:\(\))?\.\w/.test(own);
}

/** What one thing has that was looked up: `find().lines`, `JSON.parse(order.lines)`, with `Order order = find()` `order.lines()`. */
function isPartOfOne(written: string, over: AccessPath, owner: LinkedFunction, model: WorkspaceModel): boolean {
  const { root, segments } = parseAccessPath(over);
  const call = segments.findLastIndex(({ kind }) => kind === "call");
  const isPart = (segment: Segment) => segment.kind === "member" && !holdsRows.test(segment.name);
  if (call >= 0 && segments.slice(call + 1).some(isPart)) return true;
  const called = segments[call - 1];
  if (called?.kind === "member" && parses.test(called.name)) return true;
  const place = functionAt(model, owner);
  if (!place || isGivenByQuery(owner, place.fn, over)) return false;
  const { fn } = place;
  const [name = "", ...members] = written.split(".");
  const isOwn = name === "this" || name === "self" || name === fn.receiver?.name || root === `<${fn.typeName}>`;
  // What the maker of a handler was given is there for all requests: `func list(s *Store) http.HandlerFunc`.
  const [, ...makers] = functionsAround(place.file, owner.index);
  const isShared = makers.some(({ parameters }) => parameters.some((parameter) => parameter.name === name));
  return (
    !isOwn &&
    !isShared &&
    root.startsWith("<") &&
    members.some((member) => !holdsRows.test(member.replace(/\(.*$/s, "")))
  );
}

const parses = /^(?:parse|loads|fromJson|readValue)$/;
/** What holds the rows of an answer, as a page does: `page.getContent()`. */
const holdsRows =
  /^(?:get)?(?:rows|data|items|results?|records|docs|documents|entities|content|hits|list|all|values|keys|entries|entrySet|keySet|stream|map|filter)$/i;
