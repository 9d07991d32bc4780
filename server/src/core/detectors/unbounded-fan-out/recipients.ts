import type { FileFacts, FunctionFacts, Step, Value } from "../../model/facts";
import type { CallSummary, FunctionSummary, LoopFlow } from "../../model/fileSummary";
import { fieldDeclaration } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import type { ReachedCall } from "../../model/graph/roundTrips";
import type { WayFromOutside } from "../../model/graph/wayFromOutside";
import type { FunctionId } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";
import { walkSteps } from "../../model/walkSteps";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

/** Whose the things are that a loop goes over: those of the request itself, or of the server. */
export type Owner = "request" | "server";

/** What summaries leave out of a function and the origin of data hangs on. */
export interface SourceNotes {
  /** Calls that give a local of a declared type its value, or are handed it to fill: where they start, by its name. */
  filled?: Readonly<Record<string, readonly number[]>>;
  /** Locals that loops add elements to: where the loops start, by name. */
  gathered?: Readonly<Record<string, readonly number[]>>;
  /** Lists of the functions around that a closure adds elements to. */
  addsTo?: readonly string[];
  /** Such a local handed to a call: where the call starts, the position, the name. */
  handed?: readonly (readonly [start: number, argument: number, name: string])[];
  /** A query is told how many to give: `take: 20`. */
  isLimited?: true;
}

const maxCallsNoted = 4;

/** Of locals of a declared type summaries keep nothing but the type, and of options that they are there. */
export function sourceNotes({ steps, form }: FunctionFacts, { language }: FileFacts): SourceNotes | undefined {
  const wanted = new Set<string>();
  let isLimited = false as boolean;
  const typed = new Map<string, number[]>();
  const gathered = new Map<string, number[]>();
  const handed: [number, number, string][] = [];
  const addsTo = new Set<string>();
  walkSteps(steps, (step, { loops }) => {
    const list = addedTo(step);
    const [loop] = loops;
    if (list !== undefined && loop) gathered.set(list, [...(gathered.get(list) ?? []), loop.start]);
    if (list !== undefined && !loop && form === "closure") addsTo.add(list);
    if (step.kind === "call" && loops.length === 0)
      step.arguments.forEach((given, i) => {
        if (given.kind === "path" && gathered.has(given.path)) handed.push([step.start, i, given.path]);
      });
    if (step.kind === "assign" && step.declares && (step.type !== undefined || isEmpty(step.value))) {
      const calls = typed.get(step.target) ?? [];
      if (step.value.kind === "call" && !isEmpty(step.value)) calls.push(step.value.start);
      typed.set(step.target, calls);
    } else if (step.kind === "assign" && step.value.kind === "call") typed.get(step.target)?.push(step.value.start);
    else if (step.kind === "loop" && step.over?.kind === "path") wanted.add(step.over.path);
    else if (step.kind === "call") {
      isLimited ||= step.arguments.some(limits);
      wanted.add(step.callee.slice(0, Math.max(0, step.callee.indexOf("."))));
      if (language === "go")
        for (const given of step.arguments) if (given.kind === "path") typed.get(given.path)?.push(step.start);
    }
  });
  const found = [...typed].filter(([name, calls]) => wanted.has(name) && calls.length > 0);
  const passedOn = new Set(handed.map(([, , name]) => name));
  const lists = [...gathered].filter(([name]) => wanted.has(name) || passedOn.has(name));
  if (found.length === 0 && lists.length === 0 && addsTo.size === 0 && !isLimited) return undefined;
  return {
    ...(found.length > 0 && { filled: firstOf(found) }),
    ...(lists.length > 0 && { gathered: firstOf(lists) }),
    ...(addsTo.size > 0 && { addsTo: [...addsTo].slice(0, maxCallsNoted) }),
    ...(handed.length > 0 && { handed }),
    ...(isLimited && { isLimited: true as const }),
  };
}

function firstOf(
  places: readonly (readonly [string, readonly number[]])[],
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(places.map(([name, starts]) => [name, starts.slice(0, maxCallsNoted)]));
}

/** A collection or an object that is filled later: `make([]T, 0)`, `[]T{}`. */
function isEmpty(value: Value): boolean {
  return (value.kind === "composite" && value.parts.length === 0) || (value.kind === "call" && value.callee === "make");
}

/** The local that a step adds an element to: `x = append(x, y)`, `x.push(y)`. */
function addedTo(step: Step): string | undefined {
  if (step.kind === "assign") {
    const { target, value } = step;
    const [first] = value.kind === "call" && value.callee === "append" ? value.arguments : [];
    return first?.kind === "path" && first.path === target ? target : undefined;
  }
  return step.kind === "call" ? /^([\w$]+)\.(?:append|add|push)$/.exec(step.callee)?.[1] : undefined;
}

function limits(value: Value): boolean {
  if (value.kind !== "composite") return false;
  return (value.keys ?? []).some((key) =>
    /^(?:take|limit|first|top|pageSize|perPage|max\w*)$/.test(
      key.kind === "literal" ? key.text : key.kind === "path" ? key.path : "",
    ),
  );
}

/** What a loop of a function goes over. */
export interface Looped {
  linked: LinkedFunction;
  /** As written. */
  written: string;
  /** Closed, as far as it is known. */
  over: string;
}

const ofRequest =
  /^<[*[\]]*(?:[\w$]+\.)*\w*(?:Request|Req|Body|Payload|D[Tt][Oo]|Input|Form|Params|Command|Args|Query|Options|Config|Context|Ctx)>/;
const partOfRequest =
  /(?:^|[.\])>])(?:body|payload|req|request|params|query|form|args|inputs?|files|headers|data|options|config|Form|PostForm|Header|Body|Request|URL)(?=[.[]|$)/;
const parses =
  /parse|split|decode|extract|unmarshal|bind|validate|loads|read_?body|from_?request|getlist|get_json|tokeni[sz]e|entries|keys/i;

/** A query put together as object mapping does: `User.objects.filter().distinct()`. */
const asksForRows =
  /(?:^|\.)objects\.(?:all|filter|exclude|select_related|prefetch_related|order_by|annotate|values\w*)\(\)/;

const related = /^[\w$<>#@]+(?:\.\w+)+\.(?:all|iterator)\(\)$/;

/** What a loop goes over, closed; of one that fetches rows one by one, what has the rows. */
export function overOf({ calls }: FunctionSummary, { over, written = "", start }: LoopFlow): string {
  if (over !== undefined) return over;
  const rows = calls.find(({ callee, start: at }) => at > start && /\.(?:[nN]ext|hasNext)$/.test(callee));
  return (rows?.origin ?? rows?.callee ?? written).replace(/\.\w+$/, "");
}

/** Whose the things are that a loop goes over; absent when that is not known. */
export function ownerOf(model: WorkspaceModel, way: WayFromOutside, looped: Looped, id: string): Owner | undefined {
  return owner(model, way.calls, looped, id, 0);
}

/** Whether what a loop goes over is, or is part of, what the function was called with. */
export function isGivenToFunction(model: WorkspaceModel, { linked, written, over }: Looped): boolean {
  const fn = functionAt(model, linked)?.fn;
  return fn !== undefined && parameterOf(fn, linked.index, over, written) !== undefined;
}

function owner(
  model: WorkspaceModel,
  before: readonly ReachedCall[],
  { linked, written, over }: Looped,
  id: string,
  depth: number,
): Owner | undefined {
  const place = functionAt(model, linked);
  if (!place || depth > 6) return undefined;
  const { file, fn } = place;
  const wrapped = /^<each (.+)\[each\]>$/s.exec(over)?.[1];
  if (wrapped !== undefined) return owner(model, before, { linked, written, over: wrapped }, id, depth + 1);
  if (ofRequest.test(over) || (partOfRequest.test(over) && !/^(?:<\w+>|\w+)\.\w*[dD]b\./.test(over))) return "request";
  // What an object is related to, asked for as object mapping does: `group.memberships.all()`.
  if (file.language === "python" && related.test(over)) return "server";
  const parameter = parameterOf(fn, linked.index, over, written);
  if (parameter !== undefined) {
    const caller = before.at(-1);
    if (!caller) return "request";
    const calling = functionAt(model, caller.linked)?.fn;
    const site = calling?.calls[caller.call];
    const given = argumentFor(site, fn.parameters[parameter]?.name ?? "", parameter);
    if (given === undefined) return undefined;
    const handed = (calling?.observations[id] as SourceNotes | undefined)?.handed;
    const written = handed?.find(([start, argument]) => start === site?.start && argument === parameter)?.[2] ?? "";
    return owner(model, before.slice(0, -1), { linked: caller.linked, written, over: given }, id, depth + 1);
  }
  const name = /^[\w$]+/.exec(written)?.[0];
  const givers = name === undefined ? [] : giversOf(model, before, linked, name, id, depth);
  if (givers.length > 0) return givers.includes("server") ? "server" : "request";
  const listed = listAskedFor(fn, over);
  // A list that is put together there is not known more closely: `filter(email__in=[row.email for row in rows])`.
  if (listed !== undefined)
    return owner(model, before, { linked, written: "", over: listed }, id, depth + 1) ?? "request";
  if (file.language === "python" && asksForRows.test(over)) return "server";
  if (isRelation(model, linked, over)) return "server";
  const call = callBehind(fn, over);
  const named = call < 0 ? undefined : idsGiven(fn, call);
  if (named !== undefined) return owner(model, before, { linked, ...named }, id, depth + 1) ?? "request";
  if (call >= 0) return giverOf(model, linked, call);
  const around = functionsAround(file, linked.index).map(({ typeName }) => typeName);
  const type = /^<(\w+)>\.[\w$]/.exec(over)?.[1];
  if (type !== undefined && around.includes(type)) return "server";
  const root = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(over)?.[0];
  if (
    root !== undefined &&
    over !== "" &&
    file.constants.some((variable) => variable.name === root && variable.mutable)
  )
    return "server";
  return undefined;
}

/** Whose the things are that a local of a function is given or gathers, from each place where it is. */
function giversOf(
  model: WorkspaceModel,
  before: readonly ReachedCall[],
  linked: LinkedFunction,
  name: string,
  id: string,
  depth: number,
): Owner[] {
  const fn = functionAt(model, linked)?.fn;
  if (!fn) return [];
  const notes = fn.observations[id] as SourceNotes | undefined;
  const ask = (written: string, over: string) => owner(model, before, { linked, written, over }, id, depth + 1) ?? [];
  const fromLoops = placesIn(notes?.gathered, name).flatMap((start) => {
    const loop = loopsIn(fn.flow).find((known) => known.start === start);
    const over = loop && overOf(fn, loop);
    return over ? ask(loop.written ?? over, over) : [];
  });
  const fromClosures = [...linked.links.handedOver].flatMap(([call, handed]) => {
    const site = fn.calls[call];
    const adds = handed.some(({ functions }) => functions.some((closure) => addsTo(model, closure, name, id)));
    return site && adds ? ask(ownName(site.callee), ownName(site.origin ?? site.callee)) : [];
  });
  const fromCalls = placesIn(notes?.filled, name).flatMap((start) => {
    // The calls of a chain all start where it does; the last is the one that is asked.
    const call = fn.calls.findLastIndex((site) => site.start === start);
    const named = call < 0 ? undefined : idsGiven(fn, call);
    if (named !== undefined) return ask(named.written, named.over);
    const found = call < 0 ? undefined : giverOf(model, linked, call);
    if (found) return found;
    // `const invites: Invite[] = users.map(...)`: whose the users are.
    const site = fn.calls[call];
    const mapped = /^(.+)\.(?:map|filter|flatMap|slice|sort|concat)$/s.exec(site?.origin ?? site?.callee ?? "")?.[1];
    return mapped === undefined ? [] : ask(ownName(site?.callee), mapped);
  });
  return [...fromLoops, ...fromClosures, ...fromCalls];
}

/** Whether a closure adds elements to a list of the function around. */
function addsTo(model: WorkspaceModel, closure: FunctionId, name: string, id: string): boolean {
  const linked = model.functions.get(closure);
  const notes = linked && (functionAt(model, linked)?.fn.observations[id] as SourceNotes | undefined);
  return notes?.addsTo?.includes(name) ?? false;
}

/** Whether a field of an object holds the rows that others have beside it: SQLAlchemy's `relationship`. */
function isRelation(model: WorkspaceModel, linked: LinkedFunction, over: string): boolean {
  const read = functionAt(model, linked)?.fn.reads.indexOf(over) ?? -1;
  const key = linked.links.reads[read];
  const facts = key === undefined || key === "" ? undefined : fieldDeclaration(model, key)?.facts;
  return facts !== undefined && /^(?:\w+\.)?relationship\(/.test(facts.origin ?? facts.type ?? "");
}

/** What a method is called on, as written. */
function ownName(callee = ""): string {
  return callee.replace(/\.\w+$/, "");
}

/** The position of the parameter that a path starts with. */
function parameterOf(
  { parameters }: FunctionSummary,
  index: number,
  over: string,
  written: string,
): number | undefined {
  const position = /^<func#(\d+)@(\d+)>/.exec(over);
  if (position) return Number(position[1]) === index ? Number(position[2]) : undefined;
  if (!over.startsWith("<")) return undefined;
  const name = /^[\w$]+(?=[.[]|$)/.exec(written)?.[0];
  const named = parameters.findIndex((parameter) => parameter.name === name);
  if (named >= 0) return named;
  // What was taken out of a parameter before: `const { userIds } = job`.
  const type = /^<([\w.$]+)>\./.exec(over)?.[1];
  const typed = parameters.flatMap((parameter, i) => (parameter.type === type ? [i] : []));
  return type !== undefined && typed.length === 1 ? typed[0] : undefined;
}

/** What a call gives a parameter, by its name or by its position. */
function argumentFor(site: CallSummary | undefined, name: string, position: number): string | undefined {
  const named = site?.arguments.find((argument) => argument.startsWith(`${name}=`));
  return named === undefined ? site?.arguments[position] : named.slice(name.length + 1);
}

/** The call whose result a path starts with, the longest. */
function callBehind({ calls }: FunctionSummary, over: string): number {
  let found = -1;
  let length = 0;
  calls.forEach(({ origin, callee }, i) => {
    const path = `${origin ?? callee}()`;
    if (path.length > length && over.startsWith(path)) {
      found = i;
      length = path.length;
    }
  });
  return found;
}

/** What a query is given of which each may find something: `filter(id__in=ids)`. */
function listAskedFor({ calls }: FunctionSummary, over: string): string | undefined {
  for (const { origin, callee, arguments: given } of calls) {
    if (!over.startsWith(`${origin ?? callee}()`)) continue;
    for (const argument of given) {
      const list = /^(?:\w+_)?(?:ids?|pks?|uuids?|emails?|usernames?|slugs?)__in=(.+)$/s.exec(argument)?.[1];
      if (list !== undefined) return list;
    }
  }
  return undefined;
}

/** The ids of which a query gives what each names, and no more: `new QueryWrapper<Crane>().in("id", ids)`, `findByIds(ids)`. */
function idsGiven({ calls, parameters }: FunctionSummary, call: number): { written: string; over: string } | undefined {
  const query = calls[call];
  for (const { start, end, callee, arguments: given } of query ? calls : []) {
    if (!query || start < query.start || end > query.end) continue;
    const [first = "", second] = given;
    const isOwnKey = /\.in$/.test(callee) && /^"(?:\w+\.)?id"$/.test(first);
    const list = isOwnKey ? second : asksByIds.test(callee) ? first : undefined;
    if (!list) continue;
    if (!list.startsWith("<")) return { written: "", over: list };
    // Of what has a declared type no more is known than that, unless a parameter alone has it.
    const [parameter, ...others] = parameters.filter(({ type }) => list === `<${type}>`);
    return parameter && others.length === 0 ? { written: parameter.name, over: list } : undefined;
  }
  return undefined;
}

const asksByIds =
  /(?:^|\.)(?:(?:find|select|list|get|query)(?:All)?ByIds?(?:In)?|selectBatchIds|findByIdIn|findAllById)$/;

function placesIn(notes: Readonly<Record<string, readonly number[]>> | undefined, name: string): readonly number[] {
  return notes && Object.hasOwn(notes, name) ? (notes[name] ?? []) : [];
}

function giverOf(model: WorkspaceModel, linked: LinkedFunction, call: number): Owner | undefined {
  const { entry, functions = [] } = linked.links.calls[call] ?? {};
  const callee = functionAt(model, linked)?.fn.calls[call]?.callee ?? "";
  if (entry?.role === "database" || entry?.role === "cache") return "server";
  if (entry?.role === "deserialise" || /\b(?:Decode|Bind\w*|ShouldBind\w*|Unmarshal)$/.test(callee)) return "request";
  const method = callee.split(".").at(-1) ?? "";
  if (parses.test(method)) return undefined;
  const holds = functions.some((id) => {
    const giver = model.functions.get(id);
    return (
      giver?.effects.effects.some(({ kind }) => kind === "database" || kind === "network") ||
      (giver && readsState(model, giver))
    );
  });
  return holds ? "server" : undefined;
}

/** Whether a function goes over what its object holds. */
function readsState(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  const { fn } = place;
  return loopsIn(fn.flow).some(({ over }) => over?.startsWith(`<${fn.typeName}>.`));
}
