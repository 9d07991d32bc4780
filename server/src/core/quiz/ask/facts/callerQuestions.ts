import { code } from "../../../base/markdown";
import type { FileSummary, FunctionSummary } from "../../../model/fileSummary";
import { type FunctionId, functionIds } from "../../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import {
  chooseOne,
  type FactsAsked,
  type FactsDraft,
  isNamed,
  lastName,
  neighbours,
  type Option,
  pathText,
  placeText,
} from "./factsAsked";

/** Who calls it, and which files have to change with its parameters. */
export function callerQuestions(asked: FactsAsked): FactsDraft[] {
  const callers = certainCallers(asked);
  if (callers.length === 0) return [];
  return asked.random.shuffled([...direct(asked, callers), ...files(asked, callers)]);
}

interface Caller {
  linked: LinkedFunction;
  file: FileSummary;
  fn: FunctionSummary;
  start: number;
}

/** Callers outside tests whose call can mean nothing else. */
function certainCallers({ model, linked, fn }: FactsAsked): Caller[] {
  const found: Caller[] = [];
  for (const id of linked.callers.slice(0, maxCallers)) {
    const caller = model.functions.get(id);
    const place = caller && functionAt(model, caller);
    if (!caller || !place || id === linked.id || !isNamed(place.file, place.fn)) continue;
    const call = caller.links.calls.findIndex(
      ({ functions }, i) =>
        functions.length === 1 && functions[0] === linked.id && lastName(place.fn.calls[i]?.callee ?? "") === fn.name,
    );
    const site = place.fn.calls[call];
    if (site) found.push({ linked: caller, ...place, start: site.start });
  }
  return found;
}

const maxCallers = 200;

function direct(asked: FactsAsked, callers: readonly Caller[]): FactsDraft[] {
  const { fn, model, linked } = asked;
  const isTelling = (name: string) => holdsName(name, fn.name);
  const right = callers.filter(({ fn: { name } }) => !isTelling(name)).map(callerOption);
  const isCaller = new Set(
    linked.callers.flatMap((id) => functionAt(model, model.functions.get(id) as LinkedFunction)?.fn.symbol ?? []),
  );
  const strangers = (file: FileSummary): Option[] =>
    file.functions.flatMap((other, i): Option[] => {
      if (
        !isNamed(file, other) ||
        isTelling(other.name) ||
        isCaller.has(other.symbol) ||
        functionIds(file)[i] === linked.id
      )
        return [];
      if (mentions(file, i, fn.name)) return [];
      const place = placeText(file, other.nameSpan.start);
      return [{ text: code(other.symbol), reason: `${code(other.symbol)} (${place}) does not call it.` }];
    });
  const near = new Set(
    asked.random
      .shuffled(callers)
      .slice(0, 6)
      .map(({ file }) => file),
  );
  const around = callers.slice(0, 3).flatMap(({ file }) => neighbours(model, file.path).slice(0, 8));
  return chooseOne(asked, {
    prompt: "Which of these functions calls it directly?",
    right: onlyOneSymbol(right),
    wrong: [[...near].flatMap(strangers), around.flatMap(strangers)],
    why: ({ reason }) => reason ?? "",
  }).map((draft) => ({ ...draft, about: ["callers"] }));
}

function onlyOneSymbol(options: readonly Option[]): Option[] {
  return [...new Map(options.map((option) => [option.text, option])).values()];
}

function callerOption({ file, fn, start }: Caller): Option {
  return { text: code(fn.symbol), reason: `${code(fn.symbol)} calls it in ${placeText(file, start)}.` };
}

function files(asked: FactsAsked, callers: readonly Caller[]): FactsDraft[] {
  const { model, facts, fn } = asked;
  const outside = callers.filter(({ file }) => file.path !== facts.path);
  const all = new Set(asked.linked.callers.flatMap((id) => model.functions.get(id)?.path ?? []));
  const right = [...new Map(outside.map((caller) => [caller.file.path, caller])).values()];
  const strangers = [...new Set(right.slice(0, 4).flatMap(({ file }) => neighbours(model, file.path)))];
  const wrong = [...strangers, ...neighbours(model, facts.path)]
    .filter((file) => file.path !== facts.path && !all.has(file.path) && !mentionsAnywhere(file, fn.name))
    .map(({ path }) => ({ text: code(pathText(path)), reason: `Nothing in ${code(pathText(path))} calls it.` }));
  return chooseOne(asked, {
    prompt: "Its parameters get another order. In which of these files do calls have to change with it?",
    right: right.map(({ file, start }) => ({
      text: code(pathText(file.path)),
      reason: `${code(pathText(file.path))} calls it: ${placeText(file, start)}.`,
    })),
    wrong: [wrong],
    why: ({ reason }) => reason ?? "",
  })
    .filter(() => fn.parameters.length > 1)
    .map((draft) => ({ ...draft, about: ["calling files"] }));
}

/** Whether a name gives another away: `saveAll` does `save`. */
export function holdsName(name: string, other: string): boolean {
  const [a, b] = [name.toLowerCase().replace(/_/g, ""), other.toLowerCase().replace(/_/g, "")];
  return a.includes(b) || (a.length > 3 && b.includes(a));
}

/** Whether a function, or one written inside it, calls or reads something of a name. */
export function mentions(file: FileSummary, index: number, name: string): boolean {
  return file.functions.some((fn, i) => isWithin(file, i, index) && mentionsName(fn, name));
}

function isWithin({ functions }: FileSummary, index: number, outer: number): boolean {
  for (let next: number | undefined = index; next !== undefined; next = functions[next]?.parent)
    if (next === outer) return true;
  return false;
}

/** What is read is kept up to a number; where it is reached, anything may be read. */
const maxReads = 40;

function mentionsName({ calls, reads, writes }: FunctionSummary, name: string): boolean {
  if (reads.length >= maxReads) return true;
  const isIt = (path: string | undefined) => path?.includes(name) === true;
  return (
    calls.some(({ callee, origin, arguments: given }) => isIt(callee) || isIt(origin) || given.some(isIt)) ||
    reads.some(isIt) ||
    writes.some(isIt)
  );
}

export function mentionsAnywhere(file: FileSummary, name: string): boolean {
  return (
    file.functions.some((fn) => mentionsName(fn, name)) ||
    file.calls.some(
      ({ callee, arguments: given }) => callee.includes(name) || given.some((argument) => argument.includes(name)),
    ) ||
    file.imports.some(({ member, localName }) => member?.includes(name) || localName.includes(name))
  );
}

// --- ways in from outside ---

const reachWords = {
  handler: {
    prompt: "Somebody outside calls one of these, and gets here through it. Which one?",
    is: "is called from outside",
  },
  timer: { prompt: "A timer runs one of these, and gets here through it. Which one?", is: "is run by a timer" },
} as const;

/** Through what a handler or a timer gets here. */
export function wayInQuestions(asked: FactsAsked): FactsDraft[] {
  const { model, linked, fn } = asked;
  return (["handler", "timer"] as const).flatMap((kind) => {
    const reach = linked.reachedFrom.find((one) => one.kind === kind);
    const root = reach && model.functions.get(reach.root);
    const place = root && functionAt(model, root);
    if (
      !reach ||
      !root ||
      !place ||
      reach.distance === 0 ||
      !isNamed(place.file, place.fn) ||
      holdsName(place.fn.name, fn.name)
    )
      return [];
    const back = reachedBackwards(model, linked);
    const way = wayFrom(model, linked, kind);
    if (!back || way.length === 0) return [];
    const names = new Set(
      [...back].flatMap(
        (id) =>
          model.files.get(model.functions.get(id)?.path ?? "")?.functions[model.functions.get(id)?.index ?? -1]?.name ??
          [],
      ),
    );
    const wrong: Option[] = [];
    for (const other of rootsNear(model, root, kind)) {
      if (wrong.length >= 9) break;
      const at = functionAt(model, other);
      if (
        !at ||
        !isNamed(at.file, at.fn) ||
        holdsName(at.fn.name, fn.name) ||
        back.has(other.id) ||
        mayReach(model, other, names)
      )
        continue;
      wrong.push({
        text: code(at.fn.symbol),
        reason: `From ${code(at.fn.symbol)} (${placeText(at.file, at.fn.nameSpan.start)}) no call leads here.`,
      });
    }
    return chooseOne(asked, {
      prompt: reachWords[kind].prompt,
      right: [{ text: code(place.fn.symbol) }],
      wrong: [wrong],
      why: () =>
        `${code(place.fn.symbol)} (${placeText(place.file, place.fn.nameSpan.start)}) ${reachWords[kind].is}: ${way.join(" → ")}.`,
    }).map((draft) => ({ ...draft, about: ["ways in"] }));
  });
}

function wayFrom(model: WorkspaceModel, linked: LinkedFunction, kind: "handler" | "timer"): string[] {
  const way: string[] = [];
  for (let current: LinkedFunction | undefined = linked; current && way.length < 20; ) {
    const at = functionAt(model, current);
    if (at) way.unshift(`${code(at.fn.symbol)} (${placeText(at.file, at.fn.nameSpan.start)})`);
    const via: FunctionId | undefined = current.reachedFrom.find((reach) => reach.kind === kind)?.via;
    if (via === undefined) return way;
    current = model.functions.get(via);
  }
  return [];
}

const maxBackwards = 1500;

/** Everything that leads to a function; nothing where that is too much. */
function reachedBackwards(model: WorkspaceModel, linked: LinkedFunction): Set<FunctionId> | undefined {
  const found = new Set<FunctionId>([linked.id]);
  for (const id of found) {
    for (const caller of model.functions.get(id)?.callers ?? []) found.add(caller);
    if (found.size > maxBackwards) return undefined;
  }
  return found;
}

const maxForwards = 400;

/** Whether a function leads to one of these names, or may do so by a call that nobody could resolve. */
function mayReach(model: WorkspaceModel, from: LinkedFunction, names: ReadonlySet<string>): boolean {
  const found = new Set<FunctionId>([from.id]);
  for (const id of found) {
    const linked = model.functions.get(id);
    const fn = linked && functionAt(model, linked)?.fn;
    if (!linked || !fn || found.size > maxForwards) return true;
    if (fn.calls.some(({ callee }) => names.has(lastName(callee)))) return true;
    if (fn.calls.some(({ arguments: given }) => given.some((argument) => names.has(lastName(argument))))) return true;
    for (const { callee } of linked.edges) found.add(callee);
  }
  return false;
}

/** Other functions of the same language that are called from outside in the same way, nearest files first. */
function rootsNear(model: WorkspaceModel, root: LinkedFunction, kind: "handler" | "timer"): LinkedFunction[] {
  const folder = root.path.slice(0, root.path.lastIndexOf("/") + 1);
  const rank = (path: string) => (path === root.path ? 0 : path.startsWith(folder) ? 1 : 2);
  const language = model.files.get(root.path)?.language;
  const found: LinkedFunction[] = [];
  for (const other of model.functions.values()) {
    if (
      other.id !== root.id &&
      model.files.get(other.path)?.language === language &&
      other.reachedFrom.some((reach) => reach.kind === kind && reach.distance === 0)
    )
      found.push(other);
  }
  return found.sort((a, b) => rank(a.path) - rank(b.path) || (a.id < b.id ? -1 : 1)).slice(0, 40);
}
