import type { AccessPath, LanguageId } from "../../model/facts";
import { type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { type Change, isFixedName, keyed, notesOf, usualChange } from "./growthNotes";

/** Part of a function that matters for how big a collection gets. */
export interface CollectionUse {
  kind: "adds" | "takes" | "bounds";
  /** `module.Type.field` or `module.variable`, as far as it is known. */
  key: string | undefined;
  /** The last name of the path. */
  name: string;
  path: AccessPath;
  /** Where it stands. */
  start: number;
  call?: number;
  /** It gives an element its value, where it might have had one already. */
  isKeyed?: boolean;
  /** What is there is handed to a local before: it is no mere beginning. */
  drains?: boolean;
  /** What names the key: `tenantId`, `account.getName`. */
  keyName?: string;
  /** Where that comes from, where it is a local. */
  keyFrom?: string;
  /** The key of the collection in whose element it is: `rooms` of `rooms[id].log`. */
  container?: string;
}

const adding =
  /^(?:add|addAll|addFirst|addLast|append|appendleft|extend|insert|offer|push|put|putAll|putIfAbsent|computeIfAbsent|compute|merge|set|setdefault|unshift|update|Store|LoadOrStore)$/;
const taking =
  /^(?:clear|computeIfPresent|delete|del|discard|poll\w*|pop\w*|remove\w*|retainAll|shift|splice|Delete\w*|LoadAndDelete|CompareAndDelete|Clear|Remove\w*|Swap|evict\w*|prune\w*|expire\w*|drain\w*|take|invalidate\w*|difference_update|intersection_update|symmetric_difference_update|truncate|resize|trim\w*)$/;
const takesByName =
  /^_?(?:[rR]emove|[dD]elete|[uU]nsubscribe|[uU]nregister|[dD]eregister|[dD]etach|[eE]vict|[pP]rune|[dD]iscard|[fF]orget)(?![a-z])/;
/** Of an emitter of events; one that listens once is taken away when it is called. */
const addingListeners = /^(?:on|addListener|prependListener)$/;
const takingListeners = /^(?:off|removeListener|removeAllListeners)$/;
const views = /(?:\.(?:entrySet|keySet|values|iterator|keys|entries|listIterator|stream)\(\))+$/;
const harmless =
  /(?:^|\.)(?:len|cap|sorted|list|tuple|dict|set|str|repr|print|range|sum|any|all|enumerate|max|min|zip|map|filter|iter|copy|Clone|Keys|Values|keys|values|entries|from|stringify|dumps|Marshal|MarshalIndent|Encode|Sprintf|Printf|Println|Errorf|copyOf|unmodifiable\w+|isinstance|append|bool|id|type|freeze|isArray|Contains|Index\w*|[jJ]oin|info|debug|warn|error|log|json|send|render|jsonify|JSON|ok)$/;

const known = new WeakMap<LinkedFunction, readonly CollectionUse[]>();

/** The uses of collections in a function that outlive it. */
export function collectionUses(
  model: WorkspaceModel,
  linked: LinkedFunction,
  file: FileSummary,
): readonly CollectionUse[] {
  let uses = known.get(linked);
  if (!uses) {
    uses = usesIn(model, linked, file);
    known.set(linked, uses);
  }
  return uses;
}

function usesIn(model: WorkspaceModel, linked: LinkedFunction, file: FileSummary): CollectionUse[] {
  const fn = file.functions[linked.index] as FunctionSummary;
  const { links } = linked;
  const uses: CollectionUse[] = [];
  const module = model.modules.get(file.path);
  const notes = notesOf(fn);
  const changes = new Map(notes.changes);
  const keys = new Map(notes.keys?.map(([start, ...key]) => [start, key]));
  const ofProgram = new Set(notes.ofProgram);
  const extended = new Set(notes.extended);
  fn.writes.forEach((path, i) => {
    const start = fn.writeStarts[i] as number;
    // What stays of an element when one of its own has gone: `rooms[id] = others`.
    const isLeft = /\]$/.test(path) && takesByName.test(fn.name);
    const change = isLeft ? "takes" : (changes.get(start) ?? usualChange(path));
    const element = elementField(file, module, withoutKeys(path));
    const key = links.writes[i] || element?.key;
    const name = nameIn(path);
    if (name === undefined || start < 0) return;
    for (const kind of kindsOf(change))
      uses.push({
        kind,
        key,
        name,
        path: withoutKeys(path),
        start,
        ...(element && { container: element.container }),
        ...(change === "drains" && { drains: true }),
        ...(kind === "adds" && { isKeyed: /\]$/.test(path) && !extended.has(start), ...named(keys.get(start)) }),
      });
  });
  const keyOf = (path: AccessPath): string | undefined => {
    const read = fn.reads.indexOf(path);
    return (read >= 0 && links.reads[read]) || declaredKey(file, module, path);
  };
  fn.calls.forEach(({ callee, origin, arguments: given, start }, call) => {
    const path = origin ?? callee;
    const dot = path.lastIndexOf(".");
    const method = path.slice(dot + 1);
    // What waits for room in a queue, or for somebody who takes it, does not let it grow.
    const isQueue = links.calls[call]?.entry?.role === "channel";
    const isOutside = !isQueue && links.calls[call]?.functions.length === 0;
    const add = (kind: CollectionUse["kind"], whole: AccessPath, isKeyed = false) => {
      const base = withoutKeys(whole);
      const name = nameIn(base);
      if (name === undefined) return;
      const element = elementField(file, module, base);
      const inElement = element && { container: element.container };
      const key = kind === "adds" ? named(keys.get(start)) : {};
      uses.push({
        kind,
        key: keyOf(base) ?? element?.key,
        name,
        path: base,
        start,
        call,
        isKeyed,
        ...key,
        ...inElement,
      });
    };
    if (file.language === "go" && (callee === "delete" || callee === "clear")) {
      if (given[0] !== undefined && (callee === "clear" || !/\]$/.test(given[0]))) add("takes", given[0]);
      return;
    }
    if (dot > 0) {
      const receiver = path.slice(0, dot).replace(views, "");
      const isListener = links.calls[call]?.external?.module === "events";
      if (taking.test(method) || answersWithNothing(model, linked, call, method)) add("takes", receiver);
      else if (isListener && takingListeners.test(method)) add("takes", receiver);
      else if (isListener && addingListeners.test(method)) add("adds", receiver);
      else if (isOutside && /^(?:append|extend)$/.test(method) && isElementOfDefaults(file, receiver))
        add("adds", receiver);
      else if (isOutside && adding.test(method) && madeWhereMissing.test(receiver))
        add("adds", receiver.replace(madeWhereMissing, ""));
      else if (isOutside && adding.test(method) && !/\]$/.test(receiver) && !receiver.endsWith(")")) {
        const isKeyed = keyed.test(method);
        // Elsewhere than in Java it is a set that has this method.
        const isOwnKey = method === "add" && file.language !== "java" && isLiteral(given[0] ?? "");
        const isFixed = isKeyed && (isFixedKey(given[0] ?? "") || isFixedKey(keys.get(start)?.[0] ?? ""));
        if (!isFixed && !isOwnKey && !ofProgram.has(start)) add("adds", receiver, isKeyed);
      }
    }
    // Who is handed the whole of it may take from it.
    if (
      harmless.test(callee) ||
      links.calls[call]?.entry?.role === "serialise" ||
      links.calls[call]?.entry?.role === "log"
    )
      return;
    for (const argument of given) {
      const method = /^(.+)\.(\w+)$/.exec(argument);
      // A method that is handed over is called some time: `task.add_done_callback(tasks.discard)`.
      if (method && taking.test(method[2] as string)) add("takes", method[1] as string);
      else if (isOfSomething(argument)) add("takes", argument);
    }
  });
  for (const path of notes.removed ?? []) {
    const name = nameIn(path);
    if (name !== undefined) uses.push({ kind: "takes", key: undefined, name, path, start: 0 });
  }
  for (const name of comparedSizes(fn.flow)) uses.push({ kind: "bounds", key: undefined, name, path: name, start: 0 });
  return uses;
}

/** The element of a map, which is made where there is none: `listeners.setdefault(topic, []).append(each)`. */
const madeWhereMissing = /\.(?:setdefault|computeIfAbsent)(?:\([^()]*\))$/;

function named([keyName, keyFrom]: readonly (string | undefined)[] = []): Pick<CollectionUse, "keyName" | "keyFrom"> {
  return { ...(keyName !== undefined && { keyName }), ...(keyFrom !== undefined && { keyFrom }) };
}

/** `compute` and `merge` remove the element for which the function they are handed returns `null`. */
function answersWithNothing(model: WorkspaceModel, { links }: LinkedFunction, call: number, method: string): boolean {
  if (!/^(?:compute|merge)$/.test(method)) return false;
  const ids = (links.handedOver.get(call) ?? []).flatMap(({ functions }) => functions);
  return ids.some((id) => {
    const handed = model.functions.get(id);
    return handed !== undefined && functionAt(model, handed)?.fn.failures.returnsNull === true;
  });
}

function kindsOf(change: Change): readonly CollectionUse["kind"][] {
  if (change === "both") return ["adds", "takes"];
  if (change === "drains") return ["takes"];
  return change === "neither" ? [] : [change];
}

export function isFixedKey(argument: string): boolean {
  if (isLiteral(argument)) return true;
  return argument !== "" && isFixedName(argument);
}

/** A text without a part that is put in, or a number. */
function isLiteral(argument: string): boolean {
  return /^"[^?]*"$|^\d/.test(argument);
}

/** Whether a path is an element that Python makes where it is missing: `notes[patient]` of `notes = defaultdict(list)`. */
function isElementOfDefaults(file: FileSummary, path: AccessPath): boolean {
  const [, owner, name] = /^(?:<(\w+)>\.)?(\w+)\[\w*\]$/.exec(path) ?? [];
  const declared =
    owner === undefined
      ? file.constants.find((one) => one.name === name)
      : file.types.find((type) => type.name === owner)?.fields.find((one) => one.name === name);
  const { origin = "" } = declared ?? {};
  const made = declared && ("made" in declared ? declared.made : "value" in declared ? declared.value : undefined);
  return file.language === "python" && /^(?:collections\.)?defaultdict\b/.test(made ?? origin);
}

/** A path that leads to a field or to a variable, whole. */
function isOfSomething(path: AccessPath): boolean {
  return /^<[\w$]+>(?:\.[\w$]+)+$|^[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\w$]+)*$/u.test(path);
}

function withoutKeys(path: AccessPath): AccessPath {
  return path.replace(/(?:\[\w*\])+$/, "");
}

/** The name of what a path ends in; of what a method answers without asking for more, that of the field: `ferry.getQueue()`. */
function nameIn(path: AccessPath): string | undefined {
  const answered = /(?:^|[.>])(?:get_?)?([\p{L}$][\p{L}\p{N}_$]*)\(\)$/u.exec(path)?.[1];
  if (answered !== undefined) return answered.charAt(0).toLowerCase() + answered.slice(1);
  return /([\p{L}_$][\p{L}\p{N}_$]*)(?:\[\w*\])*$/u.exec(path)?.[1];
}

/** The key of a variable of the file, or of a field of a type declared in it. */
function declaredKey(file: FileSummary, module: string | undefined, path: AccessPath): string | undefined {
  if (module === undefined) return undefined;
  const field = /^<\*?(\w+)>\.([\w$]+)$/.exec(path);
  if (field) return file.types.some(({ name }) => name === field[1]) ? `${module}.${field[1]}.${field[2]}` : undefined;
  return file.constants.some(({ name }) => name === path) ? `${module}.${path}` : undefined;
}

/** The field of an element of a collection of the file, as far as the file declares the types: `rooms[id].log`. */
function elementField(file: FileSummary, module: string | undefined, path: AccessPath) {
  const [, whole = "", field = ""] = /^(.+?)(?:\[\w*\]|\.get\(\))\.([\w$]+)$/.exec(path) ?? [];
  const container = whole === "" ? undefined : declaredKey(file, module, whole);
  if (container === undefined) return undefined;
  const [owner = "", name = owner] = container.split(".").slice(-2);
  const declared =
    file.types.find((type) => type.name === owner)?.fields.find((one) => one.name === name) ??
    file.constants.find((one) => one.name === name);
  const element = /[,\]]\s*\*?([A-Z]\w*)[\]>]*$/.exec(declared?.type ?? declared?.origin ?? "")?.[1];
  const hasField = file.types.some((type) => type.name === element && type.fields.some((one) => one.name === field));
  return hasField ? { container, key: `${module}.${element}.${field}` } : undefined;
}

const sizes =
  /\blen\(([\w.$]+)(?:\[|\))|([\w.$]+)(?:\[[^\]]*\]|\.get\([^()]*\))?\??\.(?:length|size|Len|Size|Count|count)\b(?:\(\))?/;

/**
 * The names of collections whose size, or that of one of their elements, decides something other than whether there is
 * anything at all.
 */
function comparedSizes(flow: readonly Flow[]): string[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [];
    const test = node.kind === "branch" || node.kind === "loop" ? node.test : undefined;
    const found =
      test !== undefined && /[<>]|[!=]==?/.test(test) && !/ (?:>|[!=]==?|<=) 0$/.test(test) ? sizes.exec(test) : null;
    const name = found && (found[1] ?? found[2])?.split(".").at(-1);
    return [...(name ? [name] : []), ...flowsInside(node).flatMap(comparedSizes)];
  });
}

/** What the name of a type says that takes elements away by itself. */
export const evicts =
  /LRU|Lru|\blru|TTL|Ttl|[wW]eak|Reference\w*Map|[eE]xpir|[eE]vict|[bB]ounded|Ring\b|RingBuffer|[cC]ircular|Pool\b|ThreadLocal|\bchan\b|Limited|Cache(?:d|r)?\b|^\[\d+\]/;

/** As what the declared type, or what it is declared with, grows by being added to; of a set each element is its own key. */
export function growthOf(text: string, language: LanguageId): "map" | "set" | "list" | undefined {
  if (evicts.test(text)) return undefined;
  const type = text.replace(/^\*/, "");
  switch (language) {
    case "go":
      return /^map\[(?:reflect\.\w+|bool|u?int8|byte|\w*(?:Type|Kind|Level|State|Status|Mode|Category|Op|Method|Enum)\])/.test(
        type,
      )
        ? undefined
        : /^map\[|^sync\.Map$/.test(type)
          ? "map"
          : /^\[\]/.test(type)
            ? "list"
            : undefined;
    case "python":
      return /^["']?(?:typing\.|t\.)?(?:[Dd]ict|OrderedDict|(?:collections\.)?[Dd]efault[Dd]ict|Counter|MutableMapping|map)\b/.test(
        type,
      )
        ? /^\w+\[(?:[Tt]ype\[|\w*(?:Type|Kind|Enum)\b)/.test(type)
          ? undefined
          : "map"
        : /^["']?(?:typing\.|t\.)?(?:[Ss]et|MutableSet)\b/.test(type)
          ? "set"
          : /^["']?(?:typing\.|t\.)?(?:[Ll]ist|MutableSequence)\b/.test(type)
            ? "list"
            : undefined;
    case "java":
      if (/(?:Map|Hashtable)<(?:Class|Type|Method|Locale|\w*(?:Type|Kind|Enum)\b)|Enum(?:Map|Set)/.test(type))
        return undefined;
      return /^(?:java\.util\.)?(?:concurrent\.)?(?:\w*Map|Hashtable)\b/.test(type)
        ? "map"
        : /^(?:java\.util\.)?\w*Set\b/.test(type)
          ? "set"
          : /^(?:java\.util\.)?\w*(?:List|Collection|Vector|Queue|Deque)\b/.test(type)
            ? "list"
            : undefined;
    default:
      if (/^(?:Map|Record)<\w*(?:Type|Kind|Enum|Locale)\b/.test(type)) return undefined;
      return /^(?:readonly )?(?:Map|Record)\b|^\{ ?\[|^(?:map|object)$/.test(type)
        ? "map"
        : /^(?:readonly )?[Ss]et\b/.test(type)
          ? "set"
          : /^(?:readonly )?(?:Array|list)\b|\[\]$|^(?:\w+\.)?EventEmitter\b/.test(type)
            ? "list"
            : undefined;
  }
}
