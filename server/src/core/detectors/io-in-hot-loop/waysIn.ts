import type { FunctionSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import type { Switch } from "../../model/graph/conditionTexts";
import type { DataLoop } from "../../model/graph/dataLoops";
import { isDoneOnce } from "../../model/graph/doneOnce";
import { elementsAt } from "../../model/graph/elementCalls";
import { type Constant, constantsGiven, handedOn, isDenied, type ReachedCall } from "../../model/graph/givenConstants";
import { areOpposed } from "../../model/graph/opposedConditions";
import type { WayFromOutside } from "../../model/graph/wayFromOutside";
import { functionAt, type LinkedFunction, type Reach, type WorkspaceModel } from "../../model/workspaceModel";
import { type LoopNotes, notesOf } from "./loopNotes";
import { fewWritten } from "./writtenLists";

/** How a clock or a request gets to a function. */
export interface WayIn extends WayFromOutside {
  /** Constants given on the way that let it happen. */
  switches: readonly Constant[];
}

/** What a function has to be given for its loop to multiply. */
export interface Needs {
  /** What its parameters must not be denied. */
  switches: readonly Switch[];
  /** The parameter whose elements it goes over, where there is one. */
  many?: string;
  /** The calls from there on to the round trip. */
  further?: readonly ReachedCall[];
}

/** After so many calls it seldom gets there: conditions on the way decide that. */
const farthest = 6;
/** So many callers are asked for one that gives what is needed. */
const maxAsked = 60;

/** How a clock, or else a request, gets to a function; absent when no way there gives it what it needs. */
export function wayIn(model: WorkspaceModel, linked: LinkedFunction, needs: Needs): WayIn | undefined {
  const reaches = [...linked.reachedFrom].sort((a, b) => Number(b.kind === "timer") - Number(a.kind === "timer"));
  for (const reach of reaches) {
    const way = new WaySearch(model, needs.further ?? []).from(linked, needs, reach);
    if (way && areOpposed(model, [...way.calls, ...(needs.further ?? [])])) continue;
    if (way && way.calls.length <= farthest && !(reach.kind === "timer" && isDoneOnce(model, way, linked))) return way;
  }
  return undefined;
}

class WaySearch {
  private asked = 0;
  /** Some way was left aside whose conditions rule each other out. */
  private hasOpposed = false;

  constructor(
    private readonly model: WorkspaceModel,
    private readonly further: readonly ReachedCall[],
  ) {}

  from(linked: LinkedFunction, needs: Needs, reach: Reach): WayIn | undefined {
    if (reach.via === undefined) return { reach, root: linked, calls: [], switches: [] };
    const place = functionAt(this.model, linked);
    const isPicky = needs.many !== undefined || needs.switches.length > 0;
    for (const id of [reach.via, ...linked.callers.filter((id) => id !== reach.via)]) {
      if (id !== reach.via && !isPicky && !this.hasOpposed) break;
      const caller = this.model.functions.get(id);
      const further = caller?.reachedFrom.find(
        ({ kind, distance }) =>
          kind === reach.kind && distance < Math.max(reach.distance, 1) + (id === reach.via ? 0 : 1),
      );
      if (!caller || !place || !further || id === linked.id || this.asked++ > maxAsked) continue;
      const way = this.through(caller, linked, place.fn, needs, further);
      if (way) return way;
    }
    return undefined;
  }

  /** The way through one caller, by the call with the most loops around it that gives what is needed. */
  private through(
    caller: LinkedFunction,
    linked: LinkedFunction,
    callee: FunctionSummary,
    needs: Needs,
    further: Reach,
  ): WayIn | undefined {
    const loopsOf = (call: number) => loopsAround(this.model, caller, call).length;
    // What a field keeps mostly opens or loads something that is kept in turn.
    const isKept = (call: number) => caller.links.callsKept?.has(call) === true;
    const calls = caller.edges.flatMap(({ callee: id, call }) => (id === linked.id && !isKept(call) ? call : []));
    for (const call of calls.sort((a, b) => loopsOf(b) - loopsOf(a))) {
      const site = { linked: caller, call };
      const given = constantsGiven(this.model, site, callee);
      if (needs.switches.some((one) => isDenied(one, given))) continue;
      if (callConditions(this.model, caller)[call]?.isSeldom || isBeforeClock(caller, call, further)) continue;
      const isMultipliedAnyway = loopsOf(call) > 0;
      if (!isMultipliedAnyway && needs.many !== undefined && this.handsFew(site, callee, needs.many)) continue;
      const { switches } = needs;
      const upwards = this.needsOf(site, callee, isMultipliedAnyway ? { switches } : needs);
      const before = this.from(caller, upwards, further);
      if (!before) continue;
      if (areOpposed(this.model, [...before.calls, site, ...this.further])) {
        this.hasOpposed = true;
        continue;
      }
      const own = given.filter(({ parameter }) => needs.switches.some((one) => one.parameter === parameter));
      return { ...before, calls: [...before.calls, site], switches: [...before.switches, ...own] };
    }
    return undefined;
  }

  /** What the caller has to be given for that: what its call is under, and what it hands on. */
  private needsOf(site: ReachedCall, callee: FunctionSummary, { switches, many }: Needs): Needs {
    const own = callConditions(this.model, site.linked)[site.call]?.switches ?? [];
    const passedOn = switches.flatMap(({ parameter, value }): Switch[] => {
      const name = handedOn(this.model, site, callee, parameter);
      return name === undefined ? [] : [{ parameter: name, value }];
    });
    const from = many === undefined ? undefined : this.listHandedOn(site, callee, many);
    return { switches: [...own, ...passedOn], ...(from !== undefined && { many: from }) };
  }

  private listHandedOn(site: ReachedCall, callee: FunctionSummary, parameter: string): string | undefined {
    const known = this.argumentFor(site, callee, parameter);
    const { passedOn = [] } = known?.notes ?? {};
    const noted = passedOn.find(([start, argument]) => start === known?.start && argument === known.at)?.[2];
    return noted ?? handedOn(this.model, site, callee, parameter);
  }

  /** Whether a call gives a parameter a list that is written out there with few elements. */
  private handsFew(site: ReachedCall, callee: FunctionSummary, parameter: string): boolean {
    const known = this.argumentFor(site, callee, parameter);
    if (!known) return false;
    const { handed = [] } = known.notes;
    const written = handed.find(([start, argument]) => start === known.start && argument === known.at)?.[2];
    const areWritten = written !== undefined && written <= fewWritten;
    return known.rest && known.count !== 1 ? known.count <= fewWritten : areWritten;
  }

  /** Which argument a parameter is given, how many there are from there on, and what is noted of the caller. */
  private argumentFor({ linked, call }: ReachedCall, { parameters }: FunctionSummary, parameter: string) {
    const place = functionAt(this.model, linked);
    const site = place?.fn.calls[call];
    const at = parameters.findIndex(({ name }) => name === parameter);
    if (!site || at < 0) return undefined;
    return {
      at,
      start: site.start - place.fn.start,
      count: site.arguments.length - at,
      rest: parameters[at]?.rest === true,
      notes: notesOf(place.fn),
    };
  }
}

/** What a function does before it starts to wait for its clock, or for messages, is done once, and what others send it is up to them. */
export function isBeforeClock({ id, links }: LinkedFunction, call: number, { kind, root, registered }: Reach): boolean {
  const timed = kind === "timer" ? links.callsByTheClock : links.callsByMessages;
  return root === id && registered === undefined && timed !== undefined && !timed.has(call);
}

/** The loops over data around a call, with the one that the call itself is. */
export function loopsAround(model: WorkspaceModel, linked: LinkedFunction, call: number): readonly DataLoop[] {
  const around = callConditions(model, linked)[call]?.loops ?? [];
  const own = loopOfCall(model, linked, call);
  return own ? [...around, own] : around;
}

/** A call as a loop, where it runs a function of the workspace for each element. */
export function loopOfCall(model: WorkspaceModel, linked: LinkedFunction, call: number): DataLoop | undefined {
  const site = functionAt(model, linked)?.fn.calls[call];
  const elements = elementsAt(model, linked, call);
  if (!elements || !site) return undefined;
  const [id] = linked.links.handedOver.get(call)?.[0]?.functions ?? [];
  const each = id === undefined ? undefined : model.functions.get(id);
  const item = each && functionAt(model, each)?.fn.parameters[0]?.name;
  return { ...elements, start: site.start, ...(item !== undefined && { item }) };
}

/** What is noted of the functions that the call which starts at an offset of its function may run. */
export function notesOfCallees(
  model: WorkspaceModel,
  linked: LinkedFunction,
  { calls, start }: FunctionSummary,
  offset: number,
): LoopNotes[] {
  const call = calls.findIndex((site) => site.start === start + offset);
  const callees = linked.edges.filter((edge) => edge.call === call).map(({ callee }) => model.functions.get(callee));
  return callees.flatMap((callee) => {
    const fn = callee && functionAt(model, callee)?.fn;
    return fn ? [notesOf(fn)] : [];
  });
}
