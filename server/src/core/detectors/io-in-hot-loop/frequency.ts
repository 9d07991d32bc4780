import { code } from "../../base/markdown";
import type { CallSummary, FileSummary, FunctionSummary } from "../../model/fileSummary";
import { functionAt, type LinkedFunction, type Reach, type WorkspaceModel } from "../../model/workspaceModel";

/** How often what is reached from outside runs, as the start of a phrase: `every 10 s`, `each request to /berths`. */
export function frequencyOf(model: WorkspaceModel, root: LinkedFunction, reach: Reach): string {
  const place = functionAt(model, root);
  const registered = callAt(model, reach);
  if (!place) return "every time";
  if (reach.kind === "handler") {
    const route = registered
      ? routeIn(registered.call.arguments, /^"(.{1,60})"$/)
      : routeIn(place.fn.decorators, quotedPath);
    return route === undefined ? `each call of ${code(readableName(place.fn))}` : `each request to ${code(route)}`;
  }
  const length = registered
    ? intervalIn(registered.call, registered.file)
    : (declaredInterval(place.fn) ?? ownInterval(model, root, place.fn));
  return length === undefined ? "every tick" : `every ${length}`;
}

/** An anonymous function goes by the one around it. */
export function readableName({ symbol, name }: Pick<FunctionSummary, "symbol" | "name">): string {
  return (
    name ||
    (symbol
      .replace(/(?:\.<anonymous>)+$/, "")
      .split(".")
      .at(-1) ??
      symbol)
  );
}

function callAt(model: WorkspaceModel, { registered }: Reach): { call: CallSummary; file: FileSummary } | undefined {
  if (!registered) return undefined;
  const file = model.files.get(registered.path);
  const calls = registered.index === undefined ? file?.calls : file?.functions[registered.index]?.calls;
  const call = calls?.[registered.call];
  return file && call && { call, file };
}

const quotedPath = /["'`](?:[A-Z]+ )?(\/[^"'`]*)["'`]/;

function routeIn(texts: readonly string[], pattern: RegExp): string | undefined {
  return texts.map((text) => pattern.exec(text)?.[1]).find(Boolean);
}

function declaredInterval({ decorators }: FunctionSummary): string | undefined {
  for (const decorator of decorators) {
    const milliseconds =
      /fixed(?:Rate|Delay) = ([\d_]+)L?\b(?!.*timeUnit)|^Interval\((?:["']\w+["'], )?([\d_]+)\)/.exec(decorator);
    if (milliseconds) return inUnits(numberOf((milliseconds[1] ?? milliseconds[2]) as string) / 1000);
    const schedule = /["']((?:[\d*/,?LW#-]+ ){4,6}[\w*/,?#-]+)["']/.exec(decorator)?.[1];
    if (schedule) return code(schedule);
    const python = /(hours|minutes|seconds)=(\d+)\b/.exec(decorator);
    if (python) return `${python[2]} ${python[1]}`;
  }
  return undefined;
}

/** The length of the ticks or of the sleep in the function itself. */
function ownInterval(model: WorkspaceModel, { links, path }: LinkedFunction, fn: FunctionSummary): string | undefined {
  const file = model.files.get(path);
  if (!file) return undefined;
  const waiting = fn.calls.find((_, i) => isClock(links.calls[i]?.entry?.role));
  if (waiting) return intervalIn(waiting, file);
  // What a closure waits for may be made around it.
  const around = fn.parent === undefined ? undefined : file.functions[fn.parent];
  const outer = around?.calls.find(({ callee }) => /\b(?:NewTicker|Tick)$/.test(callee));
  return outer && intervalIn(outer, file);
}

function isClock(role: string | undefined): boolean {
  return role === "timer" || role === "sleep";
}

function intervalIn(
  { callee, arguments: given, interval }: CallSummary,
  { constants }: FileSummary,
): string | undefined {
  const schedule = given.find((argument) => /^"(?:@\w+|(?:[\d*/,?-]+ ){4,5}[\w*/,?-]+)/.test(argument));
  if (schedule) return code(JSON.parse(schedule) as string);
  const text = interval ?? given.find((argument) => /^[\w.]*[\w)]$/.test(argument));
  if (text === undefined) return undefined;
  const value = constants.find(({ name }) => name === text)?.value ?? text;
  const perSecond = /sleep|every/i.test(callee) ? 1 : /interval|timeout/i.test(callee) ? 1000 : 0;
  return goDuration(value) ?? durationIn(value, perSecond);
}

/** `10 * time.Second`. */
function goDuration(text: string): string | undefined {
  const [, count = "1", unit] = /^(?:(\d+) \* )?time\.(Millisecond|Second|Minute|Hour)$/.exec(text) ?? [];
  return unit && `${count} ${{ Millisecond: "ms", Second: "s", Minute: "min", Hour: "h" }[unit]}`;
}

/** `60 * 1000` of so many in a second. */
function durationIn(text: string, perSecond: number): string | undefined {
  const isProduct = /^[\d_.]+(?: \* [\d_.]+)*$/.test(text);
  if (!isProduct || perSecond === 0) return isProduct ? undefined : code(text);
  return inUnits(text.split(" * ").reduce((product, factor) => product * numberOf(factor), 1) / perSecond);
}

function numberOf(text: string): number {
  return Number(text.replace(/_/g, ""));
}

function inUnits(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60} min`;
  return seconds >= 1 ? `${seconds} s` : `${Math.round(seconds * 1000)} ms`;
}
