import type { FunctionSummary } from "../fileSummary";
import { loopsIn } from "../link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";

/** Whether a function goes over a field of its object to which others of its type add: `fleet.near(harbour)`. */
export function givesHeld(model: WorkspaceModel, giver: LinkedFunction | undefined): boolean {
  const place = giver && functionAt(model, giver);
  if (!giver || !place) return false;
  const held = fieldsGoneOver(place.fn);
  return (
    held.length > 0 &&
    place.file.functions.some(
      (fn) =>
        fn.typeName === place.fn.typeName &&
        held.some(
          (field) =>
            fn.writes.includes(`${field}[]`) ||
            fn.calls.some(({ callee, origin = callee }) => origin.startsWith(`${field}.`) && addsOne.test(origin)),
        ),
    )
  );
}

const addsOne = /\.(?:set|add|put|putIfAbsent|computeIfAbsent|push|append|setdefault|Store|LoadOrStore)$/;

/** `boats.values()`, `boats.filter(near)` */
const goesOver = /^\w+\.(?:values|keys|entries|items|stream|filter|map|flatMap)$/;

/** Whether a function goes over what its object holds. */
export function readsState(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const place = functionAt(model, linked);
  return place !== undefined && fieldsGoneOver(place.fn).length > 0;
}

/** The fields of its object that a function goes over. */
function fieldsGoneOver({ typeName, flow, calls }: FunctionSummary): string[] {
  const own = `<${typeName}>.`;
  const paths = [
    ...loopsIn(flow).map(({ over = "" }) => over),
    ...calls.flatMap(({ callee, origin = callee }) => (goesOver.test(origin.slice(own.length)) ? origin : [])),
  ];
  return paths.filter((path) => path.startsWith(own)).map((path) => own + path.slice(own.length).split(".")[0]);
}
