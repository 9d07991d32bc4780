import { code } from "../../base/markdown";
import type { CatalogEntry } from "../../catalog/catalog";
import type { LanguageId } from "../../model/facts";
import { type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { callEffect } from "../../model/graph/effects";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { graphFunction } from "../../model/graph/graphFunction";
import { runBy, seenOnWay } from "../../model/graph/roundTrips";
import type { FunctionId } from "../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { notesOf } from "./rowNotes";

/** Something new that a call leads to. */
export interface Creation {
  kind: "row" | "message" | "work";
  /** What is made, as the rest of a sentence: Markdown. */
  text: string;
  /** The calls that lead there, the one that makes it last. */
  calls: readonly ReachedCall[];
}

/** Further away it is another story. */
const maxCalls = 5;
const maxVisits = 100;

/** The nearest thing that one run of a call makes; what is made in further loops belongs to them. */
export function nearestCreation(model: WorkspaceModel, linked: LinkedFunction, call: number): Creation | undefined {
  return ownCreation(model, linked, call) ?? creationBehind(model, linked, call);
}

/** The nearest thing that is made in what a call runs. */
export function creationBehind(model: WorkspaceModel, linked: LinkedFunction, call: number): Creation | undefined {
  const visited = new Set<string>();
  let front: { at: ReachedCall; before: readonly ReachedCall[] }[] = [{ at: { linked, call }, before: [] }];
  for (let depth = 1; depth < maxCalls && front.length > 0; depth++) {
    const next: typeof front = [];
    for (const { at, before } of front) {
      for (const id of [...runBy(model, at.linked, at.call), ...writtenInPlace(model, at)]) {
        const callee = model.functions.get(id);
        const place = callee && functionAt(model, callee);
        if (!callee || !place || visited.has(id) || place.file.isTest || place.fn.isTest) continue;
        if (givesWhatThereIs.test(place.fn.name)) continue;
        if (visited.add(id).size > maxVisits) return undefined;
        const queue = isOneForAll(model, at, linked) ? queueFilledBy(place.fn.flow, place.fn.typeName) : undefined;
        if (queue !== undefined)
          return { kind: "message", text: `puts 1 message into ${code(queue)}`, calls: [...before, at] };
        const conditions = callConditions(model, callee);
        for (let inside = 0; inside < conditions.length; inside++) {
          const known = conditions[inside];
          if (!known || known.loops.length > 0 || known.isSeldom) continue;
          const path = [...before, at];
          const creation = ownCreation(model, callee, inside) ?? rowAskedFor(model, path, callee, inside);
          if (creation) return { ...creation, calls: [...path, ...creation.calls] };
          next.push({ at: { linked: callee, call: inside }, before: path });
        }
      }
    }
    front = next;
  }
  return undefined;
}

/** Functions written in place for a call that nobody has described: `cache.store(order, () => insert(order))`. */
function writtenInPlace(model: WorkspaceModel, { linked, call }: ReachedCall): readonly FunctionId[] {
  const unknown = linked.edges.filter((edge) => edge.call === call && edge.runs === "unknown");
  return unknown.flatMap(({ callee }) => {
    const given = model.functions.get(callee);
    const isInside = given?.path === linked.path && functionAt(model, given)?.fn.parent === linked.index;
    return isInside ? callee : [];
  });
}

/** What such a function makes, it makes where there is none yet: another round makes no more. */
const givesWhatThereIs = /^_?(?:[gG]et|[lL]oad|[fF]etch|[fF]ind|[eE]nsure|[lL]ookup)(?=[A-Z_])/;

/** Whether a call asks something of what all rounds share, and not of the element. */
function isOneForAll(model: WorkspaceModel, { linked, call }: ReachedCall, looping: LinkedFunction): boolean {
  if (linked !== looping) return true;
  const site = functionAt(model, linked)?.fn.calls[call];
  return site !== undefined && !(site.origin ?? site.callee).startsWith("<each ");
}

/** So many work at what it is handed, and the others wait. */
const isPool = /(?:Pool|Executor|Limiter)$/;

/** The channel of its object that a function sends to, where it waits until it can, and for no answer. */
function queueFilledBy(flow: readonly Flow[], typeName: string | undefined): string | undefined {
  if (flow.some((node) => typeof node !== "number" && node.kind === "channel" && node.form === "receive"))
    return undefined;
  for (const node of flow) {
    if (typeName === undefined || isPool.test(typeName) || typeof node === "number" || node.kind === "loop") continue;
    if (node.kind === "channel") {
      const field = node.form === "send" ? /^<\*?\w+>\.(\w+)$/.exec(node.path)?.[1] : undefined;
      if (field !== undefined) return `${typeName}.${field}`;
    } else if (!(node.kind === "branch" && node.select === "polls")) {
      const inside = flowsInside(node).map((within) => queueFilledBy(within, typeName));
      const found = inside.find((queue) => queue !== undefined);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function ownCreation(model: WorkspaceModel, linked: LinkedFunction, call: number): Creation | undefined {
  const fn = graphFunction(model, linked);
  const site = fn.summary.calls[call];
  if (!site) return undefined;
  const calls = [{ linked, call }];
  const language = model.files.get(linked.path)?.language ?? "go";
  const { entry, external } = linked.links.calls[call] ?? {};
  const path = site.origin ?? site.callee;
  if (fn.spawned.has(call))
    return { kind: "work", text: `starts 1 ${language === "go" ? "goroutine" : "task"}`, calls };
  const isUnknown = !entry && (linked.links.calls[call]?.functions.length ?? 0) === 0;
  if (isUnknown && sendsLetter.test(site.callee))
    return { kind: "message", text: `sends 1 message (${code(writtenName(site.callee))})`, calls };
  if (isUnknown && buildsInsert.test(path) && /\.(?:exec\w*|run|go)$/i.test(path))
    return { kind: "row", text: `makes 1 row (${code(writtenName(site.callee))})`, calls };
  if (!external) return undefined;
  const name = external.symbol.slice(external.symbol.lastIndexOf(".") + 1);
  if (takesMany(name)) return undefined;
  if (!entry)
    return sends.test(external.symbol)
      ? { kind: "message", text: `sends 1 message (${code(shortName(external.symbol))})`, calls }
      : undefined;
  if (goesByItself.test(external.symbol)) return { kind: "work", text: "starts 1 request", calls };
  if (entry.role === "spawn") {
    if (handsToPool.test(external.symbol))
      return { kind: "work", text: `${toPool} (${code(writtenName(site.callee))})`, calls };
    const started = startedBy(external.symbol, entry, language);
    return started === undefined ? undefined : { kind: "work", text: `starts 1 ${started}`, calls };
  }
  const isQueued = entry.role === "cache" && entry.access === "write" && pushesToList.test(name);
  if (entry.role === "publish" || isQueued || (entry.role === "network" && sendsMail.test(external.symbol)))
    return isFlush(name) || staysInProcess.test(external.symbol) || ofEmitters.test(external.module)
      ? undefined
      : { kind: "message", text: `sends 1 message (${code(shortName(external.symbol))})`, calls };
  if (entry.role !== "database") return undefined;
  const effect = callEffect({ ...fn, spawned: new Set() }, call);
  const detail = effect?.detail ?? "write";
  const table = insertsInto.exec(detail)?.[1];
  if (table) return { kind: "row", text: `makes 1 INSERT on ${code(table)}`, calls };
  // Looked up before, and made where there is none: another request makes no more.
  if (isMadeWhereMissing(model, linked, call)) return undefined;
  const isNew =
    /^(?:create|insert|insert_?one)$/i.test(name) ||
    // What a mapper declares itself: `mapper.insertNotification(recipient, text)`.
    (language === "java" && /^insert[A-Z]\w*$/.test(name)) ||
    buildsInsert.test(path) ||
    notesOf(fn.summary).news?.includes(site.start) ||
    (/^(?:save|saveAndFlush|add|persist|merge)$/.test(name) && savesNew(path, site.arguments, fn.summary));
  if (entry.access !== "write" || !isNew || (entry.query !== undefined && !/^create$/i.test(name))) return undefined;
  return { kind: "row", text: `makes 1 row (${code(writtenName(site.callee))})`, calls };
}

/** The row of a query whose text the caller hands over: `this.run("INSERT INTO moorings …")`. */
function rowAskedFor(
  model: WorkspaceModel,
  before: readonly ReachedCall[],
  linked: LinkedFunction,
  call: number,
): Creation | undefined {
  const asked = callEffect(graphFunction(model, linked), call);
  if (asked?.text === undefined) return undefined;
  const seen = seenOnWay(model, [...before, { linked, call }], asked);
  const table = seen === asked ? undefined : insertsInto.exec(seen.detail)?.[1];
  return table === undefined
    ? undefined
    : { kind: "row", text: `makes 1 INSERT on ${code(table)}`, calls: [{ linked, call }] };
}

const insertsInto = /^insert (.+)$/;

function isMadeWhereMissing(model: WorkspaceModel, linked: LinkedFunction, call: number): boolean {
  // That there is no failure says nothing of what is there.
  const missing =
    callConditions(model, linked)[call]?.switches.filter(
      ({ parameter, value }) => !value && !/err|\./i.test(parameter),
    ) ?? [];
  if (missing.length === 0) return false;
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return linked.links.calls
    .slice(0, call)
    .some(
      ({ entry }, i) =>
        (entry?.role === "database" && entry.access === "read") ||
        looksUp.test(calls[i]?.callee.split(".").at(-1) ?? ""),
    );
}

const looksUp = /^(?:first|exists|one_or_none|scalar_one_or_none|find_?(?:one|first|unique|by_?\w+)|get_?by_?\w+)$/i;

/** What a library that nobody has described says of itself by its names: `MsgClient.SendMsg`, `Mailer.send`. */
const sends =
  /(?:^|\w)(?:Client|Sender|Mailer|Notifier|Publisher|Producer|Messenger|Queue)\.(?:Send|Notify|Push|Publish|Enqueue|Produce)(?:[A-Z]\w*)?$|(?:^|\w)(?:Sender|Mailer|Notifier|Publisher|Messenger)\.(?:send|notify|push|publish)(?:[A-Z]\w*)?$/;

/** A letter that is made elsewhere: `email.send()`. */
const sendsLetter = /(?:^|\.|_)(?:e?mail|e?mail_?message|invitation|sms)\.(?:send|deliver|deliver_?(?:now|later))$/i;

/** A statement that is put together by calls: `db.NewInsert().Model(row).Exec(ctx)`. */
const buildsInsert = /\.(?:[nN]ew)?(?:[iI]nsert|insertInto)\(\)(?:\.\w+\(\))*\.\w+$/;

/** A request to elsewhere that is on its way when the call is done. */
const goesByItself = /^(?:HttpClient|AsyncHttpClient)\.sendAsync$/;

const sendsMail =
  /(?:mail|sms|push|notif|Message)\w*\.?\w*send|send\w*(?:mail|message|sms|push|notif)|sendMail|SendMail|^Dialer\.DialAndSend|^Transport\.send/i;

/** Puts something at the end of a list or a stream that somebody takes from: `redis.lPush("inbox", text)`. */
const pushesToList = /^(?:[lr]push|xadd)$/i;

/** Calls whoever listens in the same process: nothing waits anywhere. */
const staysInProcess = /^(?:ApplicationEventPublisher|EventEmitter\w*|EventBus|Signal)\./;
const ofEmitters = /^(?:node:)?events$|^eventemitter\d?$/;

function takesMany(name: string): boolean {
  return /bulk|batch|(?:save|insert|put|create|add|send|produce)_?(?:all|many|list|messages)|copyFrom|starmap|^map$/i.test(
    name,
  );
}

function isFlush(name: string): boolean {
  return /^(?:flush|poll|close|start|stop)$/i.test(name);
}

/** An object that has just been made. */
function savesNew(
  path: string,
  [given = ""]: readonly string[],
  { name, calls, parameters }: FunctionSummary,
): boolean {
  const made = /^(?:[\w$]+\.)*[A-Z][\w$]*\(\)$/;
  const type = /^<([A-Z]\w*)>$/.exec(given)?.[1] ?? (given === "" ? /^<([A-Z]\w*)>\.\w+$/.exec(path)?.[1] : undefined);
  return (
    made.test(given) ||
    // `repository.save(repository.create(row))`, `save(Order.builder().name(name).build())`
    /\.(?:create|build)\(\)$/.test(given) ||
    /^(?:[\w$]+\.)*[A-Z][\w$]*\(\)\.\w+$/.test(path) ||
    // `create(order) { orders.save(order) }`
    (type !== undefined && /^(?:create|insert|register)/.test(name) && parameters.some((one) => one.type === type)) ||
    (type !== undefined && calls.some(({ callee }) => makes(callee, type)))
  );
}

/** `new Order(…)`, `Order.of(…)`, `Order.pending(…)` */
function makes(callee: string, type: string): boolean {
  const names = callee.replace(/<.*>$/, "").split(".");
  return names.at(-1) === type || (names.length === 2 && names[0] === type);
}

const handsToPool =
  /^(?:Scheduled)?(?:ExecutorService|Executor|ThreadPoolExecutor|ThreadPoolTaskExecutor|TaskExecutor|AsyncTaskExecutor)\.(?:submit|execute)$|^CompletableFuture\.(?:run|supply)Async$/;
const toPool = "hands 1 task to a pool";

/** Whether what is made is a task that waits in the queue of a pool until a thread has time for it. */
export function isHandedToPool({ kind, text }: Creation): boolean {
  return kind === "work" && text.startsWith(toPool);
}

/** What goes on by itself afterwards; pools and loops that do one thing after the other have a bound. */
function startedBy(symbol: string, { blocks }: CatalogEntry, language: LanguageId): string | undefined {
  if (language === "go") return /^(?:Group|WaitGroup)\.(?:Go|TryGo)$/.test(symbol) ? "goroutine" : undefined;
  if (/^(?:threading\.)?(?:Thread|Thread\.(?:startVirtualThread|Builder\.start))$|start_new_thread/.test(symbol))
    return "thread";
  if (symbol === "Process") return "process";
  return blocks === false && /create_task|ensure_future|start_soon|\bspawn\b|add_task/.test(symbol)
    ? "task"
    : undefined;
}

function shortName(symbol: string): string {
  return symbol.split(".").slice(-2).join(".");
}

function writtenName(callee: string): string {
  return callee
    .replace(/<[^<>]*>\.?/g, "")
    .split(".")
    .slice(-3)
    .join(".");
}
