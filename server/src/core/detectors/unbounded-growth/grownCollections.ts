import { code } from "../../base/markdown";
import { rangeOf, type Span } from "../../base/text";
import type { Turns } from "../../base/turns";
import { wordsOf } from "../../base/words";
import { lastPart } from "../../model/accessPath";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { callersOf } from "../../model/graph/callersOf";
import { isConstruction } from "../../model/graph/construction";
import { memberName } from "../../model/graph/effectText";
import { type FieldDeclaration, fieldDeclaration } from "../../model/graph/fieldTypes";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { isAside, isRunByHand } from "../../model/graph/runByHand";
import { isOnlyInSetUp } from "../../model/graph/setUpGuards";
import {
  isCalledByMachinery,
  isOwnEvent,
  registersRoute,
  registrationCall,
  routeOf,
  type WayFromOutside,
  wayFromHandler,
} from "../../model/graph/wayFromOutside";
import { oftenText, stepsTo } from "../../model/graph/wayText";
import { stepAt } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { keyComesWithRequest } from "./askersKeys";
import { type CollectionUse, collectionUses, evicts, growthOf, isFixedKey } from "./collectionUses";
import { reasonForLess } from "./fewKeys";
import { looksUpHere } from "./foundKeys";
import { notesOf } from "./growthNotes";
import { Lifetimes } from "./lifetimes";
import { isOfNewObject } from "./newObjects";

/** After so many calls it is seldom something of the request that is added. */
const farthest = 6;

/** A use of a collection in a function. */
interface UsePlace {
  linked: LinkedFunction;
  use: CollectionUse;
}

/** Collections that live as long as the process and that requests only ever add to. */
export function* grownCollections(model: WorkspaceModel): Turns<DetectorFinding[]> {
  const candidates = yield* candidatesIn(model);
  if (candidates.length === 0) return [];
  const against = yield* usesAgainst(model, new Set(candidates.flatMap(namesOf)));
  const findings: DetectorFinding[] = [];
  let lifetimes: Lifetimes | undefined;
  for (const { key, name, declaration, addition } of candidates) {
    yield;
    if (against.bounded.has(name)) continue;
    const shared = sharedFacts(declaration);
    if ((against.taken.get(name) ?? []).some((place) => takesFrom(model, place, key, shared))) continue;
    lifetimes ??= new Lifetimes(model);
    if (!isKept(declaration, key, lifetimes)) {
      const { container } = addition.use;
      const around = container === undefined ? undefined : fieldDeclaration(model, container);
      if (container === undefined || !around || !isKept(around, container, lifetimes)) continue;
      const name = lastPart(container);
      const taken = against.taken.get(name) ?? [];
      if (against.bounded.has(name) || taken.some((place) => takesFrom(model, place, container, undefined))) continue;
    }
    findings.push(...findingFor(model, key, declaration, addition));
  }
  return findings;
}

/** Whether a collection lives as long as the process. */
function isKept(declaration: FieldDeclaration, key: string, lifetimes: Lifetimes): boolean {
  return isOfModule(declaration, key) || lifetimes.isLongLived(key.slice(0, key.lastIndexOf(".")));
}

/** The last names of a collection, and of the one in whose elements it is. */
function namesOf({ name, addition }: Candidate): string[] {
  const { container } = addition.use;
  return container === undefined ? [name] : [name, lastPart(container)];
}

/** A collection that a request adds to. */
interface Candidate {
  key: string;
  name: string;
  declaration: FieldDeclaration;
  addition: UsePlace;
}

function* candidatesIn(model: WorkspaceModel): Turns<Candidate[]> {
  const additions = new Map<string, UsePlace[]>();
  for (const file of model.files.values()) {
    yield;
    for (const place of usesInFile(model, file).additions) push(additions, place.use.key as string, place);
  }
  const candidates: Candidate[] = [];
  for (const [key, places] of additions) {
    yield;
    const declaration = fieldDeclaration(model, key);
    if (!declaration || declaration.file.isTest || isOfMetric(key) || evictsOldest(declaration)) continue;
    const growth = typeTexts(declaration).map((text) => growthOf(text, declaration.file.language));
    const form = growth.every((known) => known !== undefined) ? growth[0] : undefined;
    const grown =
      form === "set" ? places.map(({ linked, use }) => ({ linked, use: { ...use, isKeyed: true } })) : places;
    const addition =
      form && grown.find((place) => (form !== "list" || !place.use.isKeyed) && isByRequest(model, place));
    if (addition) candidates.push({ key, name: lastPart(key), declaration, addition });
  }
  return candidates;
}

/** What keeps collections of these names small, in the whole workspace. */
function* usesAgainst(
  model: WorkspaceModel,
  names: ReadonlySet<string>,
): Turns<{ taken: ReadonlyMap<string, readonly UsePlace[]>; bounded: ReadonlySet<string> }> {
  const taken = new Map<string, UsePlace[]>();
  const bounded = new Set<string>();
  for (const file of model.files.values()) {
    yield;
    const uses = usesInFile(model, file);
    for (const [name, places] of uses.taken) if (names.has(name)) for (const place of places) push(taken, name, place);
    for (const name of uses.bounded) if (names.has(name)) bounded.add(name);
  }
  return { taken, bounded };
}

/**
 * What is new to everybody else may be made anew: that takes nothing away. Of a collection that its object was handed,
 * another object may take under the same name.
 */
function takesFrom(
  model: WorkspaceModel,
  { linked, use }: UsePlace,
  key: string,
  shared: FieldDeclaration["facts"] | undefined,
): boolean {
  const isIt =
    use.key === undefined ||
    use.key === key ||
    (shared !== undefined && fieldDeclaration(model, use.key)?.facts.type === shared.type);
  // Nobody empties what is new: `cache.clear()` in what loads the rest again.
  return isIt && (use.drains === true || (use.call !== undefined && use.key === key) || !isStartUp(model, linked));
}

/** Whether a function runs before there are requests, or on what nobody else has yet. */
function isStartUp(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const way = wayFromHandler(model, linked);
  if (way && way.calls.length === 0 && answersRoute(model, way)) return false;
  return isConstruction(model, linked);
}

/** What a field is declared as whose object is handed what it holds by whoever makes it; nothing for others. */
function sharedFacts({ file, facts }: FieldDeclaration): FieldDeclaration["facts"] | undefined {
  const name = memberName(facts.name);
  const isHanded = file.functions.some(
    (fn) =>
      (fn.form === "constructor" || isMaker.test(fn.name)) &&
      fn.parameters.some((parameter) => parameter.name === name && parameter.type === facts.type),
  );
  return isHanded && facts.type !== undefined ? facts : undefined;
}

const isMaker = /^(?:__init__|[nN]ew(?:[A-Z]\w*)?|[sS]et[uU]p|[iI]nit)$/;

interface FileUses {
  /** Code that handlers reach and that adds to a collection whose key is known. */
  additions: readonly UsePlace[];
  /** By the last name: the key may not be known. */
  taken: ReadonlyMap<string, readonly UsePlace[]>;
  bounded: ReadonlySet<string>;
}

function push(lists: Map<string, UsePlace[]>, key: string, place: UsePlace): void {
  const list = lists.get(key);
  if (list) list.push(place);
  else lists.set(key, [place]);
}

const noUses: FileUses = { additions: [], taken: new Map(), bounded: new Set() };
const inFiles = new WeakMap<FileSummary, { stamp: unknown; uses: FileUses }>();

/** Kept for as long as nothing is another about the functions of the file. */
function usesInFile(model: WorkspaceModel, file: FileSummary): FileUses {
  if (file.isTest) return noUses;
  const stamp = model.functions.stampOf(file.path);
  const known = inFiles.get(file);
  if (known && known.stamp === stamp) return known.uses;
  const additions: UsePlace[] = [];
  const taken = new Map<string, UsePlace[]>();
  const bounded = new Set<string>();
  file.functions.forEach(({ isTest }, index) => {
    const linked = isTest ? undefined : linkedFunction(model, file, index);
    if (!linked) return;
    const isAsked = linked.reachedFrom.some(({ kind }) => kind === "handler");
    for (const use of collectionUses(model, linked, file)) {
      if (use.kind === "bounds") bounded.add(use.name);
      else if (use.kind === "takes") push(taken, use.name, { linked, use });
      else if (isAsked && use.key !== undefined) additions.push({ linked, use });
    }
  });
  const uses = { additions, taken, bounded };
  inFiles.set(file, { stamp, uses });
  return uses;
}

function isByRequest(model: WorkspaceModel, { linked, use }: UsePlace): boolean {
  const { file, fn } = functionAt(model, linked) ?? {};
  if (!file || !fn || isAside(model, file, fn) || isStartUp(model, linked)) return false;
  const way = wayFromHandler(model, linked);
  // What is called from outside is no start-up code, whatever its name.
  if (!way || (way.calls.length > 0 && isRegistration(fn))) return false;
  if (isRunByHand(way.root.path) || isOwnEvent(model, way) || isOnlyInSetUp(model, way, linked, use)) return false;
  const conditions = use.call === undefined ? undefined : callConditions(model, linked)[use.call];
  if (conditions?.isSeldom && !conditions.isMissing) return false;
  const starts = /^(?:run|main|start|ready|startup|onApplicationEvent)$/;
  const isSetOff = answersRoute(model, way) || way.root.links.callsByMessages !== undefined;
  if (starts.test(functionAt(model, way.root)?.fn.name ?? "") && !isSetOff) return false;
  if (isOfNewObject(model, way.calls, linked, use)) return false;
  if (!use.isKeyed) return true;
  const last = way.calls.at(-1);
  const key = fn.parameters.findIndex(({ name }) => name === use.keyName);
  if (last && key >= 0 && isConstantAt(model, last, key)) return false;
  if (isFileNamedInCode(model, fn, { linked, use })) return false;
  return way.calls.every((call) => handsSomethingOn(model, call));
}

/** Whether a call gives a parameter what is written in the code. */
function isConstantAt(model: WorkspaceModel, { linked, call }: ReachedCall, parameter: number): boolean {
  const place = functionAt(model, linked);
  const argument = place?.fn.calls[call]?.arguments[parameter] ?? "";
  if (argument.startsWith('"')) return true;
  return place?.file.constants.some(({ name, mutable }) => !mutable && name === argument) ?? false;
}

/** Whether the key names a file that is read there, of which everybody who asks says in the code which one is meant. */
function isFileNamedInCode(model: WorkspaceModel, fn: FunctionSummary, { linked, use }: UsePlace): boolean {
  const path = use.call === undefined ? undefined : fn.calls[use.call]?.arguments[0];
  const isRead = fn.calls.some(({ arguments: [first] }, call) => first === path && reads(linked, call));
  if (!path || !isRead) return false;
  const sites = callersOf(model, linked).flatMap((caller) =>
    caller.edges.map(({ call }): ReachedCall => ({ linked: caller.linked, call })),
  );
  const parts = use.keyName?.split(",") ?? [];
  return fn.parameters.some(
    ({ name }, i) => parts.includes(name) && sites.length > 0 && sites.every((site) => isConstantAt(model, site, i)),
  );
}

function reads({ links }: LinkedFunction, call: number): boolean {
  return links.calls[call]?.entry?.role === "file";
}

function isRegistration({ name }: FunctionSummary): boolean {
  return /^_?(?:register|setup|configure|bootstrap|define|declare|install|enable)/i.test(name);
}

/** Whether somebody outside asks for the root of a way under a path. */
function answersRoute(model: WorkspaceModel, way: WayFromOutside): boolean {
  const registered = way.reach.registered && registrationCall(model, way.reach.registered);
  return registered ? registersRoute(registered.callee) : routeOf(model, way) !== undefined;
}

/** Where a call gives nothing but what is written in the code, no key comes from the request. */
function handsSomethingOn(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const given = functionAt(model, linked)?.fn.calls[call]?.arguments ?? [];
  return given.some((argument) => !isFixedKey(argument) && !/^(?:true|false|null|nil|None|True|False)$/.test(argument));
}

/** What is known of the type: as declared, and of the object it is declared with. */
function typeTexts({ file, facts }: FieldDeclaration): string[] {
  const { type, origin } = facts;
  // Of a static field that is kept with the variables of the file.
  const variable = "value" in facts ? facts : file.constants.find(({ start }) => start === facts.start);
  const value = variable?.value;
  const made = "made" in facts ? facts.made : undefined;
  const ofOrigin =
    origin === undefined ? undefined : (/^<([^<>]+)>$/.exec(origin)?.[1] ?? /^([\w$.]+)\(\)/.exec(origin)?.[1]);
  // A wrapper is what it holds: `Collections.newSetFromMap(new WeakHashMap<>())`.
  const ofValue = value && (/\(new ([\w$.]+)[(<]/.exec(value)?.[1] ?? /^(?:new )?([\w$.]+)[(<]/.exec(value)?.[1]);
  const texts = [type ?? ofOrigin ?? "", ...(type && made ? [made] : [])];
  // A wrapper around it may do anything: `lru_cache(...)`, `ImmutableMap.of()`.
  const tells = ofValue && (/^[A-Z]\w*(?:Map|List|Set|Array)$/.test(ofValue) || evicts.test(ofValue));
  return type && tells ? [...texts, ofValue] : texts;
}

/** Whether the object that a field is declared with, or may be given, takes away what is oldest. */
function evictsOldest({ file, facts }: FieldDeclaration): boolean {
  const made = "made" in facts ? facts.made : undefined;
  const mayBeGiven = made === undefined && plainMap.test(facts.type ?? "");
  const declared = [...file.types.flatMap(({ fields }) => fields), ...file.constants].map(({ start }) => start);
  return file.functions.some(({ name, start, end, typeName = "" }) => {
    if (name !== "removeEldestEntry") return false;
    const type = typeName.split(".").at(-1) ?? "";
    if (!type.startsWith("$")) return mayBeGiven || (made ?? facts.type ?? "").replace(/<.*$/s, "").endsWith(type);
    if (file.functions.some((around) => around.start < start && around.end > end)) return mayBeGiven;
    // A class without a name belongs to the field before it.
    return Math.max(...declared.filter((at) => at < start)) === facts.start;
  });
}

const plainMap = /^(?:java\.util\.)?(?:Linked|Sequenced|Abstract)?(?:Hash)?Map\b/;

function isOfModule({ file }: FieldDeclaration, key: string): boolean {
  const name = key.slice(key.lastIndexOf(".") + 1);
  const owner = key.slice(0, -name.length - 1);
  const type = owner.slice(owner.lastIndexOf(".") + 1);
  return file.constants.some((variable) => variable.name === name || variable.name === `${type}.${name}`);
}

function findingFor(
  model: WorkspaceModel,
  key: string,
  declaration: FieldDeclaration,
  { linked, use }: UsePlace,
): DetectorFinding[] {
  const place = functionAt(model, linked);
  const way = wayFromHandler(model, linked);
  if (!place || !way) return [];
  const { file, fn } = place;
  const often = oftenText(model, way);
  const name = code(memberName(key));
  const what = use.isKeyed ? "may add an element to it" : "adds to it";
  const declared = stepAt(model, declaration.file, declaration.facts, `${name} is declared`);
  const span = spanOf(fn, use);
  const keys = keysOf(model, fn, use, way);
  const isOfRequest = keyComesWithRequest(model, way, linked, use, keys);
  const less =
    reasonForLess(model, declaration.facts.name, typeTexts(declaration)[0] ?? "", keys, way, linked, isOfRequest) ??
    (isFoundBefore(model, linked, fn, use)
      ? "It is kept only where something was found by the same key before."
      : undefined) ??
    (use.isKeyed && !isOfRequest ? "Nothing shows that whoever asks can make up new keys." : undefined);
  const byAsker = less === undefined && isOfRequest ? ` ${asAskerLikes}` : "";
  return [
    {
      path: file.path,
      range: rangeOf(file.lineStarts, span),
      symbol: fn.symbol,
      message: `${name} only ever grows: ${often} ${what}. Nothing in the workspace takes anything out, starts it anew or looks at its size.${byAsker}`,
      steps: [...stepsTo(model, way, linked), stepAt(model, linked, span, `adds to ${name}`), declared].filter(
        (step) => step !== undefined,
      ),
      rank: (use.isKeyed ? 6 : 8) - Math.min(5, way.calls.length),
      mild: less,
      ...((isCalledByMachinery(model, way) || way.calls.length > farthest) && { atMost: "info" as const }),
    },
  ];
}

/**
 * What the key is called where it is given its value, and further up on the way, down to what it is asked of:
 * `userID`, `tenant.TenantID`.
 */
function keysOf(model: WorkspaceModel, fn: FunctionSummary, use: CollectionUse, way: WayFromOutside): string[] {
  const { keyName, isKeyed } = use;
  if (!isKeyed || keyName === undefined) return [];
  const names = [keyName];
  let callee = fn;
  let name: string | undefined = keyName;
  for (const { linked, call } of way.calls.toReversed()) {
    const caller = functionAt(model, linked)?.fn;
    const at = callee.parameters.findIndex((parameter) => parameter.name === name);
    const given = at < 0 ? undefined : caller?.calls[call]?.arguments[at];
    if (!caller || !given) break;
    const position = /^<func#\d+@(\d+)>/.exec(given)?.[1];
    name = position === undefined ? undefined : caller.parameters[Number(position)]?.name;
    names.push(name ?? given.replace(/\(.*$|\[\w*\]|#\d+/g, ""));
    callee = caller;
  }
  return names;
}

/** Whether something has to be found by the same key before. */
function isFoundBefore(
  model: WorkspaceModel,
  linked: LinkedFunction,
  fn: FunctionSummary,
  use: CollectionUse,
): boolean {
  const start = use.call === undefined ? use.start : fn.calls[use.call]?.start;
  return notesOf(fn).found?.some(([at, call]) => at === start && looksUpHere(model, linked, fn, call)) ?? false;
}

const asAskerLikes = "The key comes with the request: whoever asks can add as many as they like.";

/** What is counted for each label of a metric is as many as the metric has anyway. */
function isOfMetric(key: string): boolean {
  return wordsOf(key.split(".").slice(-2).join(".")).some((word) => /^(?:metrics?|gauges?)$/.test(word));
}

/** The text of a write is not kept: the span goes as far as is known without it. */
function spanOf(fn: FunctionSummary, { start, call, path }: CollectionUse): Span {
  const site = call === undefined ? undefined : fn.calls[call];
  if (site) return site;
  const rest = /^<[^<>]+>((?:\.[\w$]+)+)$/.exec(path)?.[1];
  const length =
    rest === undefined ? (/^[\w$]+$/.exec(path)?.[0].length ?? 1) : (fn.receiver?.name ?? "this").length + rest.length;
  return { start, end: start + length };
}
