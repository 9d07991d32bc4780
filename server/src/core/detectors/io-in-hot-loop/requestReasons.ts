import { folderOf } from "../../base/paths";
import { wordsOf } from "../../base/words";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { leaves } from "../../model/graph/conditionsAt";
import { routeOf } from "../../model/graph/wayFromOutside";
import { nameOf } from "../../model/graph/witness";
import { functionAt } from "../../model/workspaceModel";
import { areCapped } from "./caps";
import { areFewOfOne, isExport, isForStaff, isHandedNames, migrates, takesMany } from "./names";
import { reasonForMoreWork } from "./otherWork";
import { isOfCache, namesOnWay, type Situation } from "./situation";
import { readsSpanOfTime } from "./spans";

/** Some of the elements of so many loops within one another are many. */
export const manyLoops = 4;

/** Why the product is meant, or seldom large, where somebody asks for it, in a whole sentence. */
export function reasonForRequest(situation: Situation): string | undefined {
  const { model, linked, worst, way, loops } = situation;
  const { trip, conditions } = worst;
  if (trip.effect.kind === "network" && !isOfCache(trip)) return ofService;
  if (conditions.isFiltered && loops.length < manyLoops) return "It is done for some of them only.";
  if (loops.length === 1 && areCapped(situation)) return "No more than a few are let through.";
  if (areFewOfOne(loops.at(-1)?.over ?? "")) return "There are few of these, by their name.";
  const names = [nameOf(way.root.id), routeOf(model, way) ?? ""];
  const fn = functionAt(model, linked)?.fn;
  const guarded = [functionAt(model, way.root)?.fn, fn].some((one) => one?.flow.some(turnsOthersAway));
  if (guarded || [...namesOnWay(situation), ...guardsOf(situation), folderOf(way.root.path)].some(isForStaff))
    return "Those who run the system ask for it, now and then.";
  const behind = trip.calls.map((call) => nameOf(call.linked.id));
  if ([...namesOnWay(situation), ...behind].some(migrates)) return "What migrates is done once.";
  if (!trip.isWrite && names.some(isExport)) return "Somebody takes all of it along, now and then.";
  if (readsSpanOfTime(situation)) return "What each has of a span of time is read, which is more than the round trip.";
  const more = reasonForMoreWork(situation);
  if (more !== undefined) return more;
  if (wordsOf(calleeInLoop(situation)).at(-1) === "stream") return "Each is read as a stream of its own.";
  const [only, ...further] = loops;
  if (!fn || !only || further.length > 0 || worst.readsAndWrites || !isHandedNames(only, fn)) return undefined;
  return [...names, fn.name].some(takesMany) ? undefined : asManyAsNamed;
}

/**
 * What a handler is registered with, and what it is handed to ask who is there: `@admin_router.get`,
 * `Depends(current_admin)`; also what the next function is handed to on the way: `ensureAdmin(s.listUsers)`.
 */
function guardsOf({ model, way }: Situation): string[] {
  const { decorators = [], parameters = [] } = functionAt(model, way.root)?.fn ?? {};
  const asked = parameters.flatMap(({ default: given = "" }) => (given.startsWith("Depends(") ? given : []));
  const around = way.calls.map(({ linked, call }) => functionAt(model, linked)?.fn.calls[call]?.callee ?? "");
  return [...decorators.map((decorator) => decorator.replace(/\(.*$/s, "")), ...asked, ...around];
}

export const ofService = "Whether another service takes many at once is not known.";
export const asManyAsNamed = "There are as many as whoever asks has named.";

/** `if (!isAdmin(user)) return`. */
function turnsOthersAway(node: Flow): boolean {
  if (typeof node === "number" || node.kind !== "branch" || node.test === undefined) return false;
  return /^!.*\bis_?(?:admin|staff|super_?user)/i.test(node.test) && leaves(node.arms[0]);
}

/** What is called for each; where a function is run for each, what that calls. */
function calleeInLoop({ model, worst: { trip, loops, conditions } }: Situation): string {
  const { linked, call } = trip.calls[loops.length > conditions.loops.length ? 1 : 0] ?? {};
  return (linked && call !== undefined && functionAt(model, linked)?.fn.calls[call]?.callee) || "";
}

/** Whether a failure of the call is caught within the round of the loop. */
export function isTriedInLoop(flow: readonly Flow[], call: number, isInLoop: boolean): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "try" && isInLoop && node.catches.length > 0 && runs(node.body, call)) return true;
    return flowsInside(node).some((inner) => isTriedInLoop(inner, call, isInLoop || node.kind === "loop"));
  });
}

function runs(flow: readonly Flow[], call: number): boolean {
  return flow.some((node) =>
    typeof node === "number" ? node === call : flowsInside(node).some((inner) => runs(inner, call)),
  );
}
