import type { ConstantFacts } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { loopsIn } from "../link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";

/** What a loop of a function goes over. */
export interface Looped {
  linked: LinkedFunction;
  /** As written. */
  written: string;
  /** Closed, as far as it is known. */
  over: string;
  /** The call that hands it on, which does not fill it. */
  handedOnBy?: number;
}

/** Whether a loop goes over what a variable of a file holds, or over what a function gives that goes over one. */
export function isHeldByProgram(model: WorkspaceModel, { linked, written, over }: Looped): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  if (isOfFile(place.file, written) || isOfFile(place.file, over)) return true;
  return place.fn.calls.some(({ callee, origin = callee }, call) => {
    if (over !== `${origin}()`) return false;
    return (linked.links.calls[call]?.functions ?? []).some((id) => {
      const giver = model.functions.get(id);
      const given = giver && functionAt(model, giver);
      return given !== undefined && goesOverHeld(given.file, given.fn);
    });
  });
}

function goesOverHeld(file: FileSummary, { calls, flow }: FunctionSummary): boolean {
  return (
    loopsIn(flow).some(({ over = "", written = "" }) => isOfFile(file, written) || isOfFile(file, over)) ||
    calls.some(({ callee }) => goesOver.test(callee) && isOfFile(file, callee.replace(goesOver, "")))
  );
}

const goesOver = /\.(?:values|keys|entries|items|filter|map|forEach)$/;

/** `players`, `players.values()`, `[...players.values()].filter(…)`: a variable that starts empty, and is filled later. */
function isOfFile({ constants }: FileSummary, path: string): boolean {
  const name =
    /^(?:\[\.\.\.|Array\.from\(|list\(|sorted\()?([\w$]+)(?:\.(?:values|keys|entries|items)\(\))?(?:$|[)\].])/.exec(
      path,
    )?.[1];
  return constants.some((one) => one.name === name && startsEmpty(one));
}

/** Whether a variable of a file is declared with a collection that has nothing in it yet. */
export function startsEmpty({ value = "" }: ConstantFacts): boolean {
  return empty.test(value);
}

const empty =
  /^(?:new (?:Map|Set|Array)(?:<.*>)?\(\)|\[\]|\{\}|(?:dict|list|set)\(\)|(?:collections\.)?defaultdict\(\w*\)|(?:map\[[^\]]+\]|\[\])[^({]*\{\}|make\(.*\))$/s;
