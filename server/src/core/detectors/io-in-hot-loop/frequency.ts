import { code } from "../../base/markdown";
import type { LanguageId } from "../../model/facts";
import { fileIndex } from "../../model/fileIndex";
import { type CallSummary, callsOf, type FileSummary, type FunctionSummary } from "../../model/fileSummary";
import { registrationCall, type WayFromOutside } from "../../model/graph/wayFromOutside";
import { oftenText } from "../../model/graph/wayText";
import type { CallTarget } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

/** How often something runs. */
export interface Frequency {
  /** The start of a phrase: `every 10 s`, `each request to /berths`. */
  text: string;
  /** Between two ticks, where that is known. */
  seconds?: number;
}

/** How often what is reached from outside runs, by a call of the function that is reached first. */
export function frequencyOf(model: WorkspaceModel, way: WayFromOutside, call: number): Frequency {
  const { root, reach } = way;
  if (reach.kind === "handler") return { text: oftenText(model, way) };
  const place = functionAt(model, root);
  if (!place) return { text: "every time" };
  const registration = reach.registered && registrationCall(model, reach.registered);
  const registeredIn = reach.registered && model.files.get(reach.registered.path);
  const interval =
    registration && registeredIn
      ? intervalIn(registration, registeredIn)
      : (declaredInterval(place.fn) ??
        scheduledInterval(model, root, place.fn) ??
        ownInterval(model, root, place.fn, call));
  return interval === undefined ? { text: "every tick" } : { ...interval, text: `every ${interval.text}` };
}

function declaredInterval({ decorators }: FunctionSummary): Frequency | undefined {
  for (const decorator of decorators) {
    const milliseconds =
      /fixed(?:Rate|Delay) = ([\d_]+)L?\b(?!.*timeUnit)|^Interval\((?:["'][^"']*["'], )?([\d_]+(?: \* [\d_]+)*)\)/.exec(
        decorator,
      );
    if (milliseconds) return inUnits(productOf((milliseconds[1] ?? milliseconds[2]) as string) / 1000);
    const [, times = "1", named] = /\bCronExpression\.EVERY_(?:(\d+)_)?([A-Z]+?)S?(?:_|\))/.exec(decorator) ?? [];
    if (named !== undefined) return inUnits(Number(times) * (timeUnits[`${named}S`] ?? (timeUnits.DAYS as number)));
    const schedule = /["']((?:[\d*/,?LW#-]+ ){4,6}[\w*/,?#-]+)["']/.exec(decorator)?.[1];
    if (schedule) return ofSchedule(schedule);
    const [, unit, count] = /(hours|minutes|seconds)=(\d+)\b/.exec(decorator) ?? [];
    if (unit) return { text: `${count} ${unit}`, seconds: Number(count) * (timeUnits[unit.toUpperCase()] as number) };
  }
  return undefined;
}

/** `{"task": "harbour.tasks.count", "schedule": 300.0}` */
function scheduledInterval(model: WorkspaceModel, { path }: LinkedFunction, { name }: FunctionSummary) {
  const module = path.replace(/\.py$/, "").replace(/\//g, ".");
  const task = schedules(model.files)
    .get(name)
    .find(({ task }) => `.${module}.${name}`.endsWith(`.${task}`));
  return task?.seconds === undefined ? undefined : inUnits(task.seconds);
}

const schedules = fileIndex(({ schedules = [], isTest }) =>
  isTest ? [] : schedules.map((one) => [one.task.slice(one.task.lastIndexOf(".") + 1), one] as const),
);

/** The length of the ticks or of the sleep in the function itself, of the loop around the call where several wait. */
function ownInterval(
  model: WorkspaceModel,
  { links, path }: LinkedFunction,
  fn: FunctionSummary,
  call: number,
): Frequency | undefined {
  const file = model.files.get(path);
  if (!file) return undefined;
  const isWaiting = (target: CallTarget | undefined) =>
    isClock(target?.entry?.role) || (target?.functions.some((id) => isPause(model.functions.get(id))) ?? false);
  const clocks = new Set(fn.calls.flatMap((_, i) => (isWaiting(links.calls[i]) ? [i] : [])));
  const loops = loopsIn(fn.flow).map(({ body }) => callsOf(body));
  const inLoop = loops.filter((calls) => calls.includes(call)).at(-1) ?? [];
  const outside = [...clocks].filter((clock) => !loops.some((calls) => calls.includes(clock)));
  const clock = inLoop.find((inside) => clocks.has(inside)) ?? outside.at(-1) ?? [...clocks][0];
  const waiting = clock === undefined ? undefined : fn.calls[clock];
  if (waiting) return intervalIn(waiting, file) ?? variedInterval(waiting, fn, file);
  // What a closure waits for may be made around it.
  const around = fn.parent === undefined ? undefined : file.functions[fn.parent];
  const outer = around?.calls.find(({ callee }) => /\b(?:NewTicker|Tick)$/.test(callee));
  return outer && intervalIn(outer, file);
}

/** `time.After(jitter(time.Hour))`. */
function variedInterval(
  { start, end }: CallSummary,
  { calls }: FunctionSummary,
  file: FileSummary,
): Frequency | undefined {
  const varied = calls.find((inner) => inner.start > start && inner.end <= end);
  return varied && intervalIn(varied, file);
}

/** Whether a function sleeps itself. */
function isPause(linked: LinkedFunction | undefined): boolean {
  return linked?.effects.effects.some(({ kind, distance }) => kind === "sleep" && distance === 0) ?? false;
}

function isClock(role: string | undefined): boolean {
  return role === "timer" || role === "sleep";
}

function intervalIn(call: CallSummary, { constants, language }: FileSummary): Frequency | undefined {
  const given = call.arguments;
  const schedule = given.find((argument) => /^"(?:@\w+|(?:[\d*/,?-]+ ){4,5}[\w*/,?-]+)/.test(argument));
  if (schedule) return ofSchedule(JSON.parse(schedule) as string);
  const { text, unit } = lengthGiven(call, language);
  if (text === undefined) return undefined;
  const value = constants.find(({ name }) => name === text)?.value ?? text;
  return goDuration(value) ?? durationIn(withoutType(value), unit);
}

/** What is longer is cut where it is told. */
const maxShown = 50;

/** `this.period` is known as `<Sweeper>.period`; what is only a type, or would be cut, tells nobody anything. */
function withoutType(text: string): string {
  return text.length > maxShown ? "" : text.replace(/^<[^<>]*>\.?/, "");
}

/** Seconds in what a number stands for, where nothing else says so; Go says so. */
const numberUnits: Readonly<Partial<Record<LanguageId, number>>> = {
  python: 1,
  typescript: 0.001,
  javascript: 0.001,
  java: 0.001,
};
const timeUnits: Readonly<Record<string, number>> = {
  MILLISECONDS: 0.001,
  SECONDS: 1,
  MINUTES: 60,
  HOURS: 3600,
  DAYS: 86_400,
};

/** What a call is given for a length, if that is not calculated, and its unit in seconds. */
function lengthGiven(
  { callee, arguments: given, interval }: CallSummary,
  language: LanguageId,
): { text: string | undefined; unit: number | undefined } {
  const unit = numberUnits[language];
  const at = given.findIndex((argument) => /^TimeUnit\.\w+$/.test(argument));
  if (at >= 0) return { text: given[at - 1], unit: timeUnits[(given[at] as string).slice("TimeUnit.".length)] };
  if (interval !== undefined) return { text: interval, unit };
  // `setInterval(run, length)`: what runs comes first. `Timer.schedule(task, delay, period)`
  const lengths = /\bset(?:Interval|Timeout)$/.test(callee) ? given.slice(1) : given;
  const isLength = (argument: string): boolean => /^[\w.]*[\w)]$/.test(argument);
  return { text: language === "java" ? lengths.findLast(isLength) : lengths.find(isLength), unit };
}

/** `10 * time.Second`. */
function goDuration(text: string): Frequency | undefined {
  const [, count = "1", unit] = /^(?:(\d+) \* )?time\.(Millisecond|Second|Minute|Hour)$/.exec(text) ?? [];
  const [name, seconds] = (unit && goUnits[unit]) || [];
  return name && seconds ? { text: `${count} ${name}`, seconds: Number(count) * seconds } : undefined;
}

const goUnits: Readonly<Record<string, readonly [name: string, seconds: number]>> = {
  Millisecond: ["ms", 0.001],
  Second: ["s", 1],
  Minute: ["min", 60],
  Hour: ["h", 3600],
};

/** `60 * 1000` in units of so many seconds. */
function durationIn(text: string, unit: number | undefined): Frequency | undefined {
  const product = text.replace(/(?<=\d)L\b/g, "");
  if (product === "") return undefined;
  if (!/^[\d_.]+(?: \* [\d_.]+)*$/.test(product)) return { text: code(text) };
  const seconds = (unit ?? 0) * productOf(product);
  return seconds > 0 ? inUnits(seconds) : undefined;
}

/** `0 3 * * *`, with seconds in front or not, `@daily`. */
function ofSchedule(schedule: string): Frequency {
  const text = code(schedule);
  const named = /^@(?:hour|dai|midnight|week|month|annual|year)/.test(schedule);
  if (named) return { text, seconds: 3600 };
  const fields = schedule.split(" ");
  const [second = "", minute = "", hour = ""] = fields.length > 5 ? fields : ["0", ...fields];
  for (const [field, unit] of [
    [second, 1],
    [minute, 60],
    [hour, 3600],
  ] as const) {
    const steps = /^(?:\*|\d+|\d+-\d+)\/(\d+)$/.exec(field)?.[1];
    if (field === "*" || steps !== undefined) return { text, seconds: unit * Number(steps ?? 1) };
    if (/[,-]/.test(field)) return { text, seconds: (unit * 60) / field.split(",").length };
  }
  return { text, seconds: 24 * 3600 };
}

/** `24 * 60 * 60 * 1000` */
function productOf(text: string): number {
  return text.split(" * ").reduce((sofar, factor) => sofar * numberOf(factor), 1);
}

function numberOf(text: string): number {
  return Number(text.replace(/_/g, ""));
}

function inUnits(seconds: number): Frequency {
  const text = (): string => {
    if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
    if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60} min`;
    return seconds >= 1 ? `${Number(seconds.toFixed(3))} s` : `${Math.round(seconds * 1000)} ms`;
  };
  return { text: text(), seconds };
}
