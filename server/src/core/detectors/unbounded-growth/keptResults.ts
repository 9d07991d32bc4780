import { code } from "../../base/markdown";
import { rangeOf } from "../../base/text";
import type { Turns } from "../../base/turns";
import { isRunByHand } from "../../model/graph/runByHand";
import { isForStaff, wayFromHandler } from "../../model/graph/wayFromOutside";
import { oftenText, stepsTo } from "../../model/graph/wayText";
import { stepAt } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { keyComesWithRequest } from "./askersKeys";

/** `@lru_cache(maxsize=None)`, `@functools.cache`: one result is kept for all that the function was ever given. */
const keepsAll = /^(?:functools\.)?(?:lru_cache\((?:maxsize=)?None\b|cache$)/;

/** Functions of Python that keep every result, and are given what comes with a request. */
export function* keptResults(model: WorkspaceModel): Turns<DetectorFinding[]> {
  const findings: DetectorFinding[] = [];
  for (const linked of model.functions.values()) {
    const place = functionAt(model, linked);
    if (place?.file.language !== "python" || !place.fn.decorators.some((decorator) => keepsAll.test(decorator)))
      continue;
    yield;
    const found = findingFor(model, linked);
    if (found) findings.push(found);
  }
  return findings;
}

function findingFor(model: WorkspaceModel, linked: LinkedFunction): DetectorFinding | undefined {
  const place = functionAt(model, linked);
  const way = wayFromHandler(model, linked);
  if (!place || !way || way.calls.length === 0 || isRunByHand(linked.path) || isForStaff(model, way)) return undefined;
  const { file, fn } = place;
  if (file.isTest || fn.isTest) return undefined;
  const key = fn.parameters.find(({ name, type = "str" }) => {
    const use = {
      kind: "adds",
      key: undefined,
      name,
      path: name,
      start: fn.start,
      keyName: name,
      isKeyed: true,
    } as const;
    return /^(?:str|bytes|int|float|UUID)$/.test(type) && keyComesWithRequest(model, way, linked, use, []);
  });
  if (!key) return undefined;
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, fn.nameSpan),
    symbol: fn.symbol,
    message: `The cache of ${code(fn.name)} has no bound: ${oftenText(model, way)} may add a result to it, since ${code(key.name)} comes with the request. ${code("lru_cache(maxsize=…)")} lets the oldest go.`,
    steps: [
      ...stepsTo(model, way, linked),
      stepAt(model, linked, fn.nameSpan, `keeps a result for each ${code(key.name)}`),
    ].filter((step) => step !== undefined),
    rank: 6,
  };
}
