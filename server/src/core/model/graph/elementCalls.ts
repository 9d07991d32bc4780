import { calledParameters } from "../link/calledParameters";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { callConditions } from "./callConditions";
import { type DataLoop, elementsOf, nameOfData, originOfElements } from "./dataLoops";
import { argumentsGiven } from "./givenConstants";

/** What a call runs a function for, one element after the other: as a library does, or a function of the workspace. */
export function elementsAt(
  model: WorkspaceModel,
  linked: LinkedFunction,
  call: number,
): Pick<DataLoop, "over" | "origin"> | undefined {
  if (!linked.links.handedOver.has(call)) return undefined;
  const { file, fn } = functionAt(model, linked) ?? {};
  const site = fn?.calls[call];
  if (!file || !site) return undefined;
  const over = elementsOf(site, linked, call, file.language);
  return over === undefined
    ? elementsOfHelper(model, linked, call)
    : { over, origin: originOfElements(site, linked, call) };
}

/**
 * What a function of the workspace goes over that calls the function it is handed in each round: `each(ids, load)`,
 * where that is a parameter, what it is given; `harbour.forEachBoat(load)`, where it is its own.
 */
function elementsOfHelper(
  model: WorkspaceModel,
  linked: LinkedFunction,
  call: number,
): Pick<DataLoop, "over" | "origin"> | undefined {
  const [only = "", ...others] = linked.links.calls[call]?.functions ?? [];
  const helper = others.length === 0 ? model.functions.get(only) : undefined;
  const place = helper && functionAt(model, helper);
  const calling = functionAt(model, linked);
  const site = calling?.fn.calls[call];
  if (!helper || !place || !calling || !site || helper === linked) return undefined;
  const given = argumentsGiven(calling, call, place.fn);
  const handed = linked.links.handedOver.get(call) ?? [];
  for (const [inside, position] of calledParameters(place.fn, place.file.language === "java")) {
    const loop = callConditions(model, helper)[inside]?.loops.at(-1);
    if (!loop || !handed.some(({ argument }) => argument === position)) continue;
    const [root = ""] = /^[\w$]+/.exec(loop.over) ?? [];
    const at = place.fn.parameters.findIndex(({ name }) => name === root);
    if (at < 0) return loop;
    const origin = given[at] ?? "";
    const named = calling.fn.data?.handed?.find(([start, argument]) => start === site.start && argument === at)?.[2];
    const over = named ?? nameOfData(origin) ?? (origin.startsWith("<") ? loop.over : undefined);
    return over === undefined ? undefined : { over, origin };
  }
  return undefined;
}
