import { wordsOf } from "../../base/words";
import type { FileFacts, Step, Value } from "../../model/facts";
import { callConditions } from "../../model/graph/callConditions";
import type { RoundTrip } from "../../model/graph/roundTrips";
import { valuesWithin, walkSteps } from "../../model/walkSteps";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

/** Where something can be reached, or what reaches it. */
const target =
  /^(?:addr|address|host|hostname|endpoint|url|uri|dsn|server|peer|backend|upstream|mirror|client|conn|connection)s?$/;

/** Whether each round of a loop, or of a function that is run for each, uses where its element can be reached. */
export function usesAddressOfElement(step: Step, file: FileFacts): boolean {
  if (step.kind === "loop" && step.form !== "while")
    return usesAddress(
      step.variables.map(({ name }) => name),
      step.body,
      file,
    );
  if (step.kind !== "call") return false;
  return step.arguments.some((argument) => {
    const each = argument.kind === "lambda" ? file.functions[argument.function] : undefined;
    const [element] = each?.parameters ?? [];
    return each !== undefined && element !== undefined && usesAddress([element.name], each.steps, file);
  });
}

function usesAddress(elements: readonly string[], steps: readonly Step[], file: FileFacts): boolean {
  let found = false;
  const isOfElement = (path: string): boolean => {
    const [root = "", ...members] = path.split(".");
    if (!elements.includes(root)) return false;
    return (members.length === 0 ? [root] : members).some((name) => target.test(wordsOf(name).at(-1) ?? ""));
  };
  const look = (step: Step): void => {
    found ||= pathsOf(step).some(isOfElement);
    if (step.kind === "lambda" && !found)
      walkSteps(file.functions[step.function]?.steps ?? [], (inner) => {
        found ||= pathsOf(inner).some(isOfElement);
      });
  };
  walkSteps(steps, look);
  return found;
}

function pathsOf(step: Step): string[] {
  if (step.kind === "read") return [step.path];
  const values: readonly Value[] =
    step.kind === "call" ? step.arguments : step.kind === "assign" || step.kind === "write" ? [step.value] : [];
  const within = values.flatMap((value) => [...valuesWithin(value)]);
  return [
    ...(step.kind === "call" ? [step.callee] : []),
    ...within.flatMap((value) => (value.kind === "path" ? value.path : [])),
  ];
}

/**
 * Whether what is asked is kept in the element: `tenant.db.query(...)`, or `mount.tokens()` of what keeps a client. Not
 * what stores itself by object mapping: that goes to one store.
 */
export function isKeptInElement(model: WorkspaceModel, trip: RoundTrip): boolean {
  for (let i = trip.calls.length - 1; i >= 0; i--) {
    const { linked, call } = trip.calls[i] as { linked: LinkedFunction; call: number };
    const fn = functionAt(model, linked)?.fn;
    const site = fn?.calls[call];
    if (!fn || !site) return false;
    const [root = "", ...members] = site.callee.split(".");
    const isOperation = i === trip.calls.length - 1;
    if (isOperation && members.length < 2) return false;
    if (isInLoop(model, linked, call)) return /\[(?:each)?\]\./.test(site.origin ?? "");
    if (root !== (fn.receiver?.name ?? "this") && root !== "self") return false;
  }
  return false;
}

function isInLoop(model: WorkspaceModel, linked: LinkedFunction, call: number): boolean {
  return (callConditions(model, linked)[call]?.loops.length ?? 0) > 0;
}
