import { wordsOf } from "../../base/words";
import { fileIndex, fileList } from "../fileIndex";
import type { FileSummary } from "../fileSummary";
import type { FunctionId } from "../link/links";
import {
  functionAt,
  type LinkedFunction,
  linkedFunction,
  type Reach,
  type RegistrationSite,
  type WorkspaceModel,
} from "../workspaceModel";
import { handlesEvent } from "./entryShapes";
import type { ReachedCall } from "./givenConstants";
import { nameOf } from "./witness";

/** How a request gets to a function. */
export interface WayFromOutside {
  reach: Reach;
  /** The function that is called from outside. */
  root: LinkedFunction;
  /** The calls from the root to the function, each in its caller. */
  calls: readonly ReachedCall[];
}

/** The shortest way on which somebody outside gets to a function. */
export function wayFromHandler(model: WorkspaceModel, linked: LinkedFunction): WayFromOutside | undefined {
  const calls: ReachedCall[] = [];
  let current = linked;
  for (;;) {
    const reach = current.reachedFrom.find(({ kind }) => kind === "handler");
    if (!reach) return undefined;
    if (reach.via === undefined) return { reach, root: current, calls: calls.reverse() };
    const caller = model.functions.get(reach.via);
    const call = caller && callTo(caller, current.id);
    if (!caller || call === undefined || calls.length > reach.distance + 20) return undefined;
    calls.push({ linked: caller, call });
    current = caller;
  }
}

const ofEvents = new WeakMap<WorkspaceModel, ReadonlyMap<FunctionId, Reach>>();

/**
 * How what somebody has done gets to a function that no request is known to reach: through a listener that nothing in
 * the workspace leads to, since a bus finds it by reflection or in a table.
 */
export function wayFromEvent(model: WorkspaceModel, linked: LinkedFunction): WayFromOutside | undefined {
  let reached = ofEvents.get(model);
  if (!reached) {
    reached = reachedByEvents(model);
    ofEvents.set(model, reached);
  }
  const calls: ReachedCall[] = [];
  for (let current: LinkedFunction | undefined = linked; current; ) {
    const reach = reached.get(current.id);
    if (!reach) return undefined;
    if (reach.via === undefined) return { reach, root: current, calls: calls.reverse() };
    const caller = model.functions.get(reach.via);
    const call = caller && callTo(caller, current.id);
    if (!caller || call === undefined) return undefined;
    calls.push({ linked: caller, call });
    current = caller;
  }
  return undefined;
}

/** Functions outside tests that handle events by what they look like. */
const listeners = fileList(function* (file): Iterable<{ file: FileSummary; index: number }> {
  for (const [index, fn] of file.isTest ? [] : file.functions.entries())
    if (!fn.isTest && fn.decorators.length === 0 && handlesEvent(fn)) yield { file, index };
});

function reachedByEvents(model: WorkspaceModel): ReadonlyMap<FunctionId, Reach> {
  const reached = new Map<FunctionId, Reach>();
  let front: LinkedFunction[] = [];
  for (const { file, index } of listeners(model.files)) {
    const linked = linkedFunction(model, file, index);
    if (!linked || linked.reachedFrom.length > 0) continue;
    reached.set(linked.id, { kind: "handler", root: linked.id, distance: 0 });
    front.push(linked);
  }
  for (let distance = 1; front.length > 0; distance++) {
    const next: LinkedFunction[] = [];
    for (const from of front) {
      for (const { callee } of from.edges) {
        const target = reached.has(callee) ? undefined : model.functions.get(callee);
        if (!target || target.reachedFrom.some(({ kind }) => kind === "handler")) continue;
        const root = reached.get(from.id)?.root ?? from.id;
        reached.set(callee, { kind: "handler", root, via: from.id, distance });
        next.push(target);
      }
    }
    front = next;
  }
  return reached;
}

/** The first call that leads to a function, as one of many at least. */
function callTo({ edges, links }: LinkedFunction, id: FunctionId): number | undefined {
  const edge = edges.find(({ callee }) => callee === id);
  if (edge) return edge.call;
  const call = links.calls.findIndex(({ alternatives }) => alternatives?.includes(id));
  return call < 0 ? undefined : call;
}

/** How many functions a call on the way may lead to instead, where which of many is meant is not known. */
export function othersOnWay({ calls }: WayFromOutside, linked: LinkedFunction): number {
  return calls.reduce((most, { linked: { edges, links }, call }, i) => {
    const next = calls[i + 1]?.linked ?? linked;
    const isCertain = edges.some((edge) => edge.call === call && edge.callee === next.id);
    return isCertain ? most : Math.max(most, (links.calls[call]?.alternatives?.length ?? 1) - 1);
  }, 0);
}

/** The route under which a function is registered, by its registration or its decorators. */
export function routeOf(model: WorkspaceModel, { root, reach }: WayFromOutside): string | undefined {
  const registered = reach.registered && registrationCall(model, reach.registered);
  // Where a server listens is no route: `":8080"`, `"0.0.0.0"`.
  if (registered)
    return firstMatch(registered.arguments, /^"(?!(?:[\w.]*:\d+|(?:\d+\.){3}\d+)")(?:[A-Z]+ (?=\/))?(.{1,60})"$/);
  return firstMatch(functionAt(model, root)?.fn.decorators ?? [], /["'`](?:[A-Z]+ )?(\/[^"'`]{0,60})["'`]/);
}

/**
 * Whether a way starts with an event that the program tells itself, and no request is seen to have it told:
 * `api.on(REGISTERED, this.add)` where something says `emit(REGISTERED, …)`.
 */
export function isOwnEvent(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  const registered = reach.registered && registrationCall(model, reach.registered);
  const [event] = registered?.arguments ?? [];
  if (!event || !registered || !listens.test(registered.callee)) return false;
  const told = emitters(model.files).get(event);
  return (
    told.length > 0 &&
    told.every(({ file, index }) => {
      const emitter = linkedFunction(model, file, index);
      return !emitter?.reachedFrom.some((before) => before.kind === "handler" && before.root !== root.id);
    })
  );
}

const listens = /\.(?:on|once|addListener|prepend(?:Once)?Listener)$/;

/** The functions that tell an event, by its name as written. */
const emitters = fileIndex((file) =>
  file.functions.flatMap(({ calls, isTest }, index) =>
    calls.flatMap(({ callee, arguments: [event] }) =>
      event && !isTest && !file.isTest && /(?:^|\.)emit$/.test(callee) ? [[event, { file, index }] as const] : [],
    ),
  ),
);

/** The call that hands a function to whoever calls it from outside. */
export function registrationCall(model: WorkspaceModel, { path, index, call }: RegistrationSite) {
  const file = model.files.get(path);
  const calls = index === undefined ? file?.calls : file?.functions[index]?.calls;
  return calls?.[call];
}

function firstMatch(texts: readonly string[], pattern: RegExp): string | undefined {
  return texts.map((text) => pattern.exec(text)?.[1]).find(Boolean);
}

/** Whether a queue, a stream of events or a command line calls a function, and not somebody outside. */
export function isCalledByMachinery(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  const registered = reach.registered && registrationCall(model, reach.registered);
  if (registered)
    return (
      !registersRoute(registered.callee) &&
      /subscri|consum|process|queue|worker|command|\bcron|schedul|listen(?!AndServe)/i.test(registered.callee)
    );
  const { decorators: written = [], typeName = "" } = functionAt(model, root)?.fn ?? {};
  const decorators = written.map((decorator) => decorator.replace(/\(.*$/s, ""));
  // A signal of a model is sent while a request saves it.
  const isOfModel = decorators.includes("receiver") && !written.some((decorator) => byTheClock.test(decorator));
  if (isOfModel || decorators.some((decorator) => routes.test(decorator))) return false;
  if (/(?:Processor|Consumer|Worker|Job|Listener|Subscriber)$/.test(typeName)) return true;
  // A bare one puts it into a table of the program's own.
  if (decorators.includes("command")) return false;
  return decorators.some((decorator) =>
    /task|listener|consum|subscri|job|actor|process|pattern|event|signal|receiver|worker|rabbit|kafka|sqs|schedul|command|group|flow/i.test(
      decorator,
    ),
  );
}

/** `@receiver(periodic_task)`: such a signal is sent when it is time. */
const byTheClock = /periodic|cron|schedul|hourly|daily|nightly|minute|\btick/i;

/** `taskRouter.post`: what a router is called says nothing of who asks. */
export function registersRoute(callee: string): boolean {
  return routes.test(callee);
}

/** `taskRouter.post`, `@events.route`, `@PUT`, `@PostMapping`, and what somebody sends through a socket: `@SubscribeMessage`. */
const routes =
  /\.(?:get|post|put|patch|delete|all|route|api_route|websocket|add_url_rule|handle|HandleFunc|Handle)$|^(?:Path|SubscribeMessage|(?:Get|Post|Put|Patch|Delete|Request)(?:Mapping)?)$/i;

/** Who does this is trusted, or nobody outside at all. */
export function isForStaff(model: WorkspaceModel, way: WayFromOutside): boolean {
  // Most Go programs keep all they have in a folder of this name.
  const folders = way.root.path.replace(/(^|\/)internal\//g, "$1");
  const text = [
    ownName(way.root),
    folders,
    routeOf(model, way) ?? "",
    ...way.calls.map(({ linked }) => ownName(linked)),
  ].join(" ");
  return wordsOf(text).some((word) => forStaff.test(word));
}

/** A function without a name is called for what it does, and not for what the one does that sets it up. */
function ownName({ id }: LinkedFunction): string {
  const name = nameOf(id);
  return name.includes("<anonymous>") ? "" : name;
}

const forStaff =
  /^(?:admin\w*|internal|cron|migrat\w*|backfill|debug|seed|maintenance|install(?:er)?|setup|bootstrap|reindex\w*|syncer|synchroni\w*|staff|superuser|import(?:s|er|ing)?)$/;
