import type { FunctionSummary, LoopFlow } from "../fileSummary";
import { type FunctionId, functionIds } from "../link/links";
import { loopsIn } from "../link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { elementsAt } from "./elementCalls";
import { fieldDeclaration } from "./fieldTypes";
import { argumentsGiven, type ReachedCall } from "./givenConstants";
import { functionsAround } from "./graphFunction";
import { isHeldByProgram, type Looped } from "./heldCollections";
import { givesHeld, readsState } from "./heldData";
import type { WayFromOutside } from "./wayFromOutside";

/** Whose the things are that a loop goes over: those of the request itself, or of the server. */
export type Owner = "request" | "server";

const ofRequest =
  /^<[*[\]]*(?:[\w$]+\.)*\w*(?:Request|Req|Body|Payload|D[Tt][Oo]|Input|Form|Params|Command|Args|Query|Options|Config|Context|Ctx)>/;
const partOfRequest =
  /(?:^|[.\])>])(?:body|payload|req|request|params|query|form|args|inputs?|files|headers|data|options|config|Form|PostForm|Header|Body|Request|URL)(?=[.[]|$)/;
const parses =
  /parse|split|decode|extract|unmarshal|bind|validate|loads|read_?body|from_?request|getlist|get_json|tokeni[sz]e|entries|keys/i;

/** A query put together as object mapping does: `User.objects.filter().distinct()`, `User.query.filter_by()`. */
const asksForRows =
  /(?:^|\.)(?:objects|[A-Z]\w*\.query)\.(?:all|filter|filter_by|exclude|select_related|prefetch_related|order_by|annotate|join|values\w*)\(\)/;

const related =
  /^[\w$<>#@]+(?:\(\))?(?:\.\w+(?:\(\))?)+\.(?:all|iterator|order_by|select_related|prefetch_related|values_list)\(\)$/;

/** What a loop, or a call that is made for each element, goes over, closed. */
export function closedOver(model: WorkspaceModel, linked: LinkedFunction, call: number, start: number): string {
  const fn = functionAt(model, linked)?.fn;
  const loop = loopsIn(fn?.flow ?? []).find((known) => known.start === start);
  if (fn && loop) return overOf(fn, loop);
  return elementsAt(model, linked, call)?.origin ?? "";
}

/** What a loop goes over, closed; of one that fetches rows one by one, or empties a list, what has them. */
function overOf({ calls }: FunctionSummary, { over, written = "", start }: LoopFlow): string {
  if (over !== undefined) return over;
  const rows = calls.find(
    ({ callee, start: at }) => at > start && /\.(?:[nN]ext|hasNext|pop|popleft|shift)$/.test(callee),
  );
  return (rows?.origin ?? rows?.callee ?? written).replace(/\.\w+$/, "");
}

/** Whose the things are that a loop goes over; absent when that is not known. */
export function ownerOf(model: WorkspaceModel, way: WayFromOutside, looped: Looped): Owner | undefined {
  return owner(model, way.calls, looped, 0);
}

/** Whether what a loop goes over is, or is part of, what the function was called with. */
export function isGivenToFunction(model: WorkspaceModel, { linked, written, over }: Looped): boolean {
  const fn = functionAt(model, linked)?.fn;
  return fn !== undefined && parameterOf(fn, linked.index, over, written) !== undefined;
}

function owner(
  model: WorkspaceModel,
  before: readonly ReachedCall[],
  { linked, written, over: path, handedOnBy }: Looped,
  depth: number,
): Owner | undefined {
  const over = path.replace(/\(<func#\d+>\)/g, "()");
  const place = functionAt(model, linked);
  if (!place || depth > 6) return undefined;
  const { file, fn } = place;
  const wrapped = /^<each (.+)\[each\]>$/s.exec(over)?.[1];
  if (wrapped !== undefined) return owner(model, before, { linked, written, over: wrapped }, depth + 1);
  const call = callBehind(fn, over);
  const { entry, functions: asked = [] } = linked.links.calls[call] ?? {};
  const isQuery = entry?.role === "database" || asked.some((id) => asksDatabase(model.functions.get(id)));
  const isPart = !isQuery && partOfRequest.test(over) && !/^(?:<\w+>|\w+)\.\w*[dD]b\.|^[A-Z]\w*\.query\./.test(over);
  if (isPart || (!isQuery && ofRequest.test(over))) return "request";
  // What an object is related to, asked for as object mapping does: `group.memberships.all()`.
  if (file.language === "python" && related.test(over)) return "server";
  // What an object of the program gives of those it holds is not the caller's, whoever hands the object on.
  if (asked.some((id) => givesHeld(model, model.functions.get(id)))) return "server";
  const name = /^[\w$]+/.exec(written)?.[0];
  const givers = name === undefined ? [] : giversOf(model, before, linked, name, depth, handedOnBy);
  // What a local may be given from either side: `members(room) if toAll else post.mentions`.
  if (givers.includes("server")) return "server";
  // What a query gives that is asked of a parameter is not what was handed in.
  const parameter = isQuery ? undefined : parameterOf(fn, linked.index, over, written);
  if (parameter !== undefined) {
    const caller = before.at(-1);
    if (!caller) return "request";
    const calling = functionAt(model, caller.linked);
    const site = calling?.fn.calls[caller.call];
    const given = calling && argumentsGiven(calling, caller.call, fn)[parameter];
    if (given === undefined) return undefined;
    const handed = calling?.fn.data?.handed;
    const written = handed?.find(([start, argument]) => start === site?.start && argument === parameter)?.[2] ?? "";
    const looped = { linked: caller.linked, written, over: given, handedOnBy: caller.call };
    return owner(model, before.slice(0, -1), looped, depth + 1);
  }
  if (givers.length > 0) return "request";
  const listed = listAskedFor(fn, over);
  // A list that is put together there is not known more closely: `filter(email__in=[row.email for row in rows])`.
  if (listed !== undefined) return owner(model, before, { linked, written: "", over: listed }, depth + 1) ?? "request";
  if (file.language === "python" && asksForRows.test(over)) return "server";
  if (isRelation(model, linked, over)) return "server";
  const named = call < 0 ? undefined : idsGiven(fn, call);
  if (named !== undefined) return owner(model, before, { linked, ...named }, depth + 1) ?? "request";
  const chosenFrom = call < 0 ? undefined : dataOf(fn, linked, call);
  if (chosenFrom !== undefined) return owner(model, before, { linked, written: "", over: chosenFrom }, depth + 1);
  const parsed = linked.links.calls[call]?.entry?.role === "deserialise" ? fn.calls[call]?.arguments[0] : undefined;
  const ofParsed = parsed && owner(model, before, { linked, written: "", over: parsed }, depth + 1);
  if (ofParsed) return ofParsed;
  const isHeld = () => isHeldByProgram(model, { linked, written, over });
  if (call >= 0)
    return giverOf(model, linked, call) ?? (continuesQuery(linked, fn, over) || isHeld() ? "server" : undefined);
  const made = makerOf(model, linked, fn, over);
  if (made >= 0) return giverOf(model, linked, made);
  const outer = fn.parent === undefined ? undefined : model.functions.get(functionIds(file)[fn.parent] ?? "");
  const ofOuter = outer && owner(model, upTo(before, outer), { linked: outer, written, over }, depth + 1);
  if (ofOuter !== undefined) return ofOuter;
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
  return isHeld() ? "server" : undefined;
}

/** The calls that lead to a function that another one stands in. */
function upTo(calls: readonly ReachedCall[], outer: LinkedFunction): readonly ReachedCall[] {
  const inside = calls.findIndex(({ linked }) => linked === outer);
  return inside < 0 ? calls : calls.slice(0, inside);
}

/** Whose the things are that a local of a function is given or gathers, from each place where it is. */
function giversOf(
  model: WorkspaceModel,
  before: readonly ReachedCall[],
  linked: LinkedFunction,
  name: string,
  depth: number,
  handedOnBy: number | undefined,
): Owner[] {
  const fn = functionAt(model, linked)?.fn;
  if (!fn) return [];
  const { gathered, filled } = fn.data ?? {};
  const ask = (written: string, over: string) => owner(model, before, { linked, written, over }, depth + 1) ?? [];
  // `const lines: Line[] = order.lines`
  const taken = fn.data?.taken && Object.hasOwn(fn.data.taken, name) ? fn.data.taken[name] : undefined;
  const at = fn.parameters.findIndex((parameter) => parameter.name === taken?.split(".")[0]);
  const fromPath = taken === undefined ? [] : ask(taken, at < 0 ? taken : `<func#${linked.index}@${at}>`);
  const fromLoops = placesIn(gathered, name).flatMap((start) => {
    const loop = loopsIn(fn.flow).find((known) => known.start === start);
    const over = loop && overOf(fn, loop);
    return over ? ask(loop.written ?? over, over) : [];
  });
  const fromClosures = [...linked.links.handedOver].flatMap(([call, handed]) => {
    const site = fn.calls[call];
    const adds = handed.some(({ functions }) => functions.some((closure) => addsTo(model, closure, name)));
    return site && adds ? ask(ownName(site.callee), ownName(site.origin ?? site.callee)) : [];
  });
  const fromCalls = placesIn(filled, name).flatMap((start) => {
    // The calls of a chain all start where it does; the last is the one that is asked.
    const call = fn.calls.findLastIndex((site) => site.start === start);
    if (call === handedOnBy) return [];
    const named = call < 0 ? undefined : idsGiven(fn, call);
    if (named !== undefined) return ask(named.written, named.over);
    const found = call < 0 ? undefined : giverOf(model, linked, call);
    if (found) return found;
    const query = fn.calls[call];
    if (query && asksForRows.test(`${query.origin ?? query.callee}()`)) return "server";
    // `const invites: Invite[] = users.map(...)`: whose the users are.
    const data = query && dataBehind(query.origin ?? query.callee);
    if (data !== undefined) return ask(ownName(query?.callee), data);
    // `List<Crate> crates = change.crates()`: whose the change is.
    const asked = query?.callee.split(".")[0] ?? "";
    const isGiven = fn.parameters.some((parameter) => parameter.name === asked);
    return isGiven && query ? ask(ownName(query.callee), ownName(query.origin ?? query.callee)) : [];
  });
  return [...[fromPath].flat(), ...fromLoops, ...fromClosures, ...fromCalls];
}

/** What a chain of calls goes over that only order, choose or change elements: `users` of `users.stream().map().toList`. */
function dataBehind(callee: string): string | undefined {
  let data: string | undefined;
  for (let step = lastCall.exec(callee); step && givesTheSame.test(step[2] as string); step = lastCall.exec(data))
    data = step[1] as string;
  return data;
}

const lastCall = /^(.+)\.(\w+)(?:\([^()]*\))?$/s;

/** Whether a closure adds elements to a list of the function around. */
function addsTo(model: WorkspaceModel, closure: FunctionId, name: string): boolean {
  const linked = model.functions.get(closure);
  const fn = linked && functionAt(model, linked)?.fn;
  return fn !== undefined && (fn.data?.addsTo?.includes(name) ?? false);
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
  const type = /^<([\w.$*]+)>(?:[.[]|$)/.exec(over)?.[1];
  const typed = parameters.flatMap((parameter, i) => (parameter.type === type ? [i] : []));
  return type !== undefined && typed.length === 1 ? typed[0] : undefined;
}

/** Whether a path is what a query of the function gives. */
export function isGivenByQuery({ links }: LinkedFunction, fn: FunctionSummary, over: string): boolean {
  const call = callBehind(fn, over);
  return (
    links.calls[call]?.entry?.role === "database" && over === `${fn.calls[call]?.origin ?? fn.calls[call]?.callee}()`
  );
}

/** Whether a path goes on from a query that is put together step by step: `knex("orders").where({ open })`. */
function continuesQuery({ links }: LinkedFunction, { calls }: FunctionSummary, over: string): boolean {
  return calls.some(({ origin, callee }, i) => {
    const { entry, external } = links.calls[i] ?? {};
    return (
      entry?.role === "database" &&
      external?.symbol.endsWith(".__call__") === true &&
      over.startsWith(`${origin ?? callee}().`)
    );
  });
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
export function listAskedFor({ calls }: FunctionSummary, over: string): string | undefined {
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

/** What a call gives in another order or form, or in part: `uniqBy(users, "id")`, `sorted(members)`, `users.filter(…)`. */
function dataOf({ calls }: FunctionSummary, { links }: LinkedFunction, call: number): string | undefined {
  const { callee = "", origin = callee, arguments: given = [] } = calls[call] ?? {};
  const { functions = [] } = links.calls[call] ?? {};
  const name = callee.split(".").at(-1) ?? "";
  if (functions.length > 0 || !givesTheSame.test(name)) return undefined;
  const [first = ""] = given;
  if (first !== "" && !/^(?:<func#\d+>|["'\d].*)$/.test(first)) return first;
  const receiver = ownName(origin);
  return receiver === origin || receiver === "" ? undefined : receiver;
}

const givesTheSame =
  /^(?:uniq\w*|partition|difference\w*|intersection\w*|compact|(?:sort|order)(?:ed|By)?|toSorted|reversed?|shuffle|flat|flatten|filter|reject|map|pluck|set|list|tuple|frozenset|enumerate|chain|from|values|keySet|entrySet|keys|entries|items|copy|distinct|unique|toList|toSet|toArray|collect|stream|copyOf|Set|Array|ArrayList|HashSet|LinkedHashSet|newArrayList|newHashSet)$/;

function placesIn(notes: Readonly<Record<string, readonly number[]>> | undefined, name: string): readonly number[] {
  return notes && Object.hasOwn(notes, name) ? (notes[name] ?? []) : [];
}

function giverOf(model: WorkspaceModel, linked: LinkedFunction, call: number): Owner | undefined {
  const { entry, functions = [] } = linked.links.calls[call] ?? {};
  const fn = functionAt(model, linked)?.fn;
  const { callee = "", origin = callee } = fn?.calls[call] ?? {};
  if (entry?.role === "database" || entry?.role === "cache") return "server";
  if (entry?.role === "deserialise" || decodes.test(callee)) return "request";
  if (functions.some((id) => takesRequestApart(model, model.functions.get(id)))) return "request";
  const method = callee.split(".").at(-1) ?? "";
  if (parses.test(method)) return /mention/i.test(method) ? "request" : undefined;
  // What is asked for page by page: `new Pages<Crane>(page -> cranes.findAll(page))`.
  const asking = linked.links.handedOver.get(call)?.flatMap((given) => given.functions) ?? [];
  // What is asked of the answer: `client.SMembers(ctx, key).Result()`.
  const asked = fn?.calls.findIndex((site) => `${site.origin ?? site.callee}()` === ownName(origin)) ?? -1;
  if (asked >= 0 && /^(?:database|cache)$/.test(linked.links.calls[asked]?.entry?.role ?? "")) return "server";
  const holds =
    asking.some((id) => asksOutside(model.functions.get(id))) ||
    functions.some((id) => {
      const giver = model.functions.get(id);
      return giver !== undefined && (asksOutside(giver) || readsState(model, giver) || givesRows(model, giver));
    });
  return holds ? "server" : undefined;
}

/** Whether a function gives what it makes out of a request that it is handed: `order, ok := decode(r)`. */
function takesRequestApart(model: WorkspaceModel, giver: LinkedFunction | undefined): boolean {
  const fn = giver && functionAt(model, giver)?.fn;
  const isHanded = fn?.parameters.some(({ type = "" }) => ofRequest.test(`<${type}>`) || /\bReader$/.test(type));
  return (
    isHanded === true &&
    fn?.calls.some(
      ({ callee }, call) => giver?.links.calls[call]?.entry?.role === "deserialise" || decodes.test(callee),
    ) === true
  );
}

const decodes = /\b(?:Decode|Bind\w*|ShouldBind\w*|Unmarshal)$/;

/** The call that gives something of which only the declared type is known: `order, ok := decode(r)` for `<Order>`. */
function makerOf(model: WorkspaceModel, { links }: LinkedFunction, { calls }: FunctionSummary, over: string): number {
  const type = /^<([\w.*]+)>$/.exec(over)?.[1];
  if (type === undefined) return -1;
  return calls.findIndex((_, call) =>
    links.calls[call]?.functions.some((id) => {
      const giver = model.functions.get(id);
      return giver !== undefined && functionAt(model, giver)?.fn.results.includes(type);
    }),
  );
}

function asksDatabase(giver: LinkedFunction | undefined): boolean {
  return giver?.effects.effects.some(({ kind }) => kind === "database") ?? false;
}

function asksOutside(giver: LinkedFunction | undefined): boolean {
  return giver?.effects.effects.some(({ kind }) => kind === "database" || kind === "network") ?? false;
}

/** Whether a function gives the rows of a query that is asked when somebody goes over them. */
function givesRows(model: WorkspaceModel, giver: LinkedFunction): boolean {
  const place = functionAt(model, giver);
  return (
    place?.file.language === "python" &&
    place.fn.calls.some(({ callee, origin = callee }) => asksForRows.test(`${origin}()`))
  );
}
