import type { CallValue, CompositeValue, FileFacts, Value } from "./facts";
import { stepsInside, valuesOf, valuesWithin } from "./walkSteps";

/** A task that a clock runs by its name: `{"task": "harbour.tasks.count", "schedule": 300.0}`. */
export interface ScheduledTask {
  task: string;
  /** Between two runs, in seconds, where that is written. */
  seconds?: number;
}

/** The tasks of Celery's schedule, in whatever dictionary it is written down. */
export function schedulesIn({ language, steps, functions, imports }: FileFacts): ScheduledTask[] {
  if (language !== "python" || !imports.some(({ module }) => module.split(".")[0] === "celery")) return [];
  const found: ScheduledTask[] = [];
  const waiting = [...steps, ...functions.flatMap((fn) => fn.steps)];
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    waiting.push(...stepsInside(step).flat());
    for (const value of valuesOf(step)) for (const inner of valuesWithin(value)) add(inner, found);
  }
  return found.reverse();
}

function add(value: Value, found: ScheduledTask[]): void {
  if (value.kind !== "composite") return;
  const task = member(value, "task");
  const schedule = member(value, "schedule");
  if (task?.kind !== "literal" || task.type !== "string" || !schedule) return;
  const seconds = secondsOf(schedule);
  found.push({ task: task.text, ...(seconds !== undefined && { seconds }) });
}

function member({ keys = [], parts }: CompositeValue, name: string): Value | undefined {
  return parts[
    keys.findIndex((key) => (key.kind === "literal" ? key.text : key.kind === "path" ? key.path : "") === name)
  ];
}

function secondsOf(value: Value): number | undefined {
  if (value.kind === "literal" && value.type === "number") return Number(value.text);
  const name = value.kind === "call" ? value.callee.replace(/^.*\./, "") : "";
  if (value.kind !== "call") return undefined;
  return name === "timedelta" ? ofLength(value) : name === "crontab" ? ofCrontab(value) : undefined;
}

const units: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

function ofLength({ arguments: given }: CallValue): number | undefined {
  const seconds = given.map((argument) => {
    const [key] = argument.kind === "composite" ? (argument.keys ?? []) : [];
    const [part] = argument.kind === "composite" ? argument.parts : [];
    const unit = key?.kind === "path" ? units[key.path] : undefined;
    return unit !== undefined && part?.kind === "literal" ? unit * Number(part.text) : Number.NaN;
  });
  const sum = seconds.reduce((all, one) => all + one, 0);
  return sum > 0 ? sum : undefined;
}

/** By the finest of its fields: what is not given is every one. */
function ofCrontab({ arguments: given }: CallValue): number | undefined {
  const field = (name: string): string | undefined => {
    for (const argument of given) {
      const value = argument.kind === "composite" ? member(argument, name) : undefined;
      if (value) return value.kind === "literal" ? value.text : "";
    }
    return undefined;
  };
  for (const [name, unit] of [
    ["minute", 60],
    ["hour", 3600],
  ] as const) {
    const written = field(name) ?? "*";
    const every = written === "*" ? 1 : Number(/^\*\/(\d+)$/.exec(written)?.[1]);
    if (every > 0) return unit * every;
  }
  return 86_400;
}
