import { wordsOf } from "../../base/words";
import type { CatalogEntry } from "../../catalog/catalog";
import { lastPart } from "../accessPath";
import {
  type CallSummary,
  callsOf,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
} from "../fileSummary";
import { type CallTarget, type FileLinks, type FunctionId, type FunctionLinks, functionIds } from "./links";

/** What a function and those it knows nothing of have in common: one publishes under it, the others listen. */
export type Topic = string;

/** To more than so many it says nothing of who is reached. */
const maxListeners = 8;
const maxInTable = 400;

const noTopics: ReadonlyMap<number, readonly Topic[]> = new Map();

/** Who publishes and who listens under the topics of a workspace. */
export class Topics {
  private readonly byFile = new Map<string, ReadonlyMap<Topic, readonly FunctionId[]>>();
  private readonly listening = new Map<Topic, Map<string, readonly FunctionId[]>>();
  private readonly publishing = new Map<Topic, Set<FunctionId>>();

  /** @returns those who publish what somebody else listens for now */
  listen(path: string, listeners: ReadonlyMap<Topic, readonly FunctionId[]>): FunctionId[] {
    const before = this.byFile.get(path);
    const changed: Topic[] = [];
    for (const [topic, ids] of before ?? []) {
      if (isSame(listeners.get(topic), ids)) continue;
      if (!listeners.has(topic)) removeFrom(this.listening, topic, path);
      changed.push(topic);
    }
    for (const [topic, ids] of listeners) {
      if (isSame(before?.get(topic), ids)) continue;
      const files = this.listening.get(topic);
      if (files) files.set(path, ids);
      else this.listening.set(topic, new Map([[path, ids]]));
      changed.push(topic);
    }
    if (listeners.size > 0) this.byFile.set(path, listeners);
    else this.byFile.delete(path);
    return changed.flatMap((topic) => [...(this.publishing.get(topic) ?? [])]);
  }

  publish(id: FunctionId, before: ReadonlyMap<number, readonly Topic[]>, now: ReadonlyMap<number, readonly Topic[]>) {
    for (const topic of [...before.values()].flat()) removeFrom(this.publishing, topic, id);
    for (const topic of [...now.values()].flat()) {
      const publishers = this.publishing.get(topic);
      if (publishers) publishers.add(id);
      else this.publishing.set(topic, new Set([id]));
    }
  }

  /** In order; none where they are too many. */
  listenersOf(topics: readonly Topic[]): readonly FunctionId[] {
    const ids = new Set(topics.flatMap((topic) => [...(this.listening.get(topic)?.values() ?? [])].flat()));
    // A table holds one for each key, and any of them may be meant.
    return ids.size > (topics.every(isTable) ? maxInTable : maxListeners) ? [] : [...ids].sort();
  }
}

function removeFrom<V extends { delete(key: string): boolean; size: number }>(
  map: Map<Topic, V>,
  topic: Topic,
  key: string,
) {
  const known = map.get(topic);
  known?.delete(key);
  if (known?.size === 0) map.delete(topic);
}

function isSame(a: readonly FunctionId[] | undefined, b: readonly FunctionId[] | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((id, i) => id === b[i]);
}

/** Who calls what a field keeps has in common with who puts it there: the field. */
function keptIn(field: string, byKey?: true): Topic {
  return byKey ? `table ${field}` : `field ${field}`;
}

/** What a table holds under its keys. */
export function isTable(topic: Topic): boolean {
  return topic.startsWith("table ");
}

/** The topics that the calls of a function publish under, by index of the call. */
export function topicsPublished(
  { calls }: FunctionSummary,
  links: FunctionLinks,
): ReadonlyMap<number, readonly Topic[]> {
  let found: Map<number, readonly Topic[]> | undefined;
  for (const [call, field] of links.callsKept ?? []) {
    found ??= new Map();
    found.set(call, [keptIn(field)]);
  }
  for (const [call, field] of links.callsByKey ?? []) {
    found ??= new Map();
    found.set(call, [...(found.get(call) ?? []), keptIn(field, true)]);
  }
  links.calls.forEach((target, call) => {
    const site = calls[call];
    const topics = site && publishedBy(site, target);
    if (!topics || topics.length === 0) return;
    found ??= new Map();
    found.set(call, topics);
  });
  return found ?? noTopics;
}

/** The functions of a file that listen, by what they listen for. */
export function listenersIn(summary: FileSummary, links: FileLinks): ReadonlyMap<Topic, readonly FunctionId[]> {
  const found = new Map<Topic, Set<FunctionId>>();
  const add = (topics: readonly Topic[], functions: readonly FunctionId[]) => {
    for (const topic of functions.length > 0 ? topics : []) {
      const known = found.get(topic);
      if (known) for (const id of functions) known.add(id);
      else found.set(topic, new Set(functions));
    }
  };
  const addFrom = (calls: readonly CallSummary[], fn: FunctionLinks, isTest: boolean) => {
    if (!isTest) for (const { field, functions, byKey } of fn.kept ?? []) add([keptIn(field, byKey)], functions);
    for (const [call, given] of fn.handedOver) {
      const site = calls[call] as CallSummary;
      add(
        listenedForBy(site, fn.calls[call] as CallTarget),
        given.flatMap(({ functions }) => functions),
      );
    }
  };
  addFrom(summary.calls, links.outside, summary.isTest);
  links.functions.forEach((fn, i) => {
    const { calls, isTest } = summary.functions[i] as FunctionSummary;
    addFrom(calls, fn, summary.isTest || isTest);
  });
  const ids = functionIds(summary);
  for (const [index, roles] of links.roles) {
    const fn = summary.functions[index] as FunctionSummary;
    const entry = roles.find(({ role, topic }) => role === "handler" && topic !== undefined);
    if (entry) add(declaredFor(fn, entry), [ids[index] as FunctionId]);
  }
  summary.functions.forEach((fn, index) => {
    const message = summary.isTest || fn.isTest ? undefined : messageOf(fn);
    if (message !== undefined) add(typeIn(`<${message}>`), [ids[index] as FunctionId]);
  });
  return new Map([...found].map(([topic, functions]) => [topic, [...functions].sort()]));
}

/** What a function is made to be handed by whoever has it: `processOrder(ctx, order *messages.NewOrder)`. */
function messageOf({ name, form, parameters }: FunctionSummary): string | undefined {
  if (form === "constructor" || !/^(?:process|handle|consume|receive|execute|on)(?:[A-Z_]\w*)?$/i.test(name))
    return undefined;
  const [message, ...others] = parameters.filter(
    (parameter) => parameter.name !== "self" && parameter.name !== "ctx" && parameter.type !== "context.Context",
  );
  return others.length === 0 ? message?.type?.replace(/<.*$/, "") : undefined;
}

const publishes = /^(?:[eE]mit|[pP]ublish|[dD]ispatch|[fF]ire|[tT]rigger|[rR]aise|[nN]otify)(?:[A-Z_]\w*)?$/;
/** What waits in a queue of the workspace, or of a library that nobody has described: `workers.Queue.Push(order)`. */
const putsInto = /(?:queue|bus|broker|outbox|mailbox)\.(?:push|put|add|offer|send|submit|enqueue|execute)$/i;
const listens =
  /^(?:on|once|subscribe|(?:add|register)_?(?:event_?)?(?:listener|handler|subscriber|observer)s?|add_?event_?listener)$/i;

/** What has a listener called that the workspace keeps itself. */
export function isRegisteringListener(callee: string): boolean {
  return listens.test(lastPart(callee));
}

function publishedBy(site: CallSummary, { entry, functions, external }: CallTarget): readonly Topic[] {
  const { callee, origin = callee, arguments: given } = site;
  if (entry?.role === "publish") {
    if (entry.topic === "object") return ofObject(origin);
    if (entry.topic === "type") return typeIn(given[0] ?? "");
    return entry.topic === "name" ? nameIn(given[entry.route ?? 0] ?? "") : [];
  }
  if (entry === undefined && putsInto.test(callee)) return typeIn(given[0] ?? "");
  if (functions.length === 0 || external || !publishes.test(lastPart(callee))) return [];
  // Something to go by may come first: a context, a session.
  return given.slice(0, 2).flatMap((what) => [...nameIn(what), ...typeIn(what)]);
}

function listenedForBy(site: CallSummary, { entry, functions, external }: CallTarget): readonly Topic[] {
  const { callee, origin = callee, arguments: given } = site;
  if (entry?.role === "handler") {
    if (entry.topic === "object") return ofObject(origin);
    return entry.topic === "name" ? nameIn(given[entry.route ?? 0] ?? "") : [];
  }
  if (functions.length === 0 || external || !isRegisteringListener(callee)) return [];
  const [what = ""] = given;
  return [...nameIn(what), ...typeIn(what)];
}

/** What the decorators of a function say that it listens for, or the type of what it takes. */
function declaredFor(fn: FunctionSummary, { topic }: CatalogEntry): readonly Topic[] {
  const { decorators, parameters } = fn;
  const given = decorators.map((decorator) => /^[\w.$]+\((.*)\)$/s.exec(decorator)?.[1] ?? "");
  const words = given.flatMap((text) => text.match(/"[^"]*"|'[^']*'|[\w$.]+/g) ?? []);
  if (topic === "object") return words.flatMap((word) => ofObject(`${word}.send`));
  // One that takes whatever comes asks for its name.
  if (topic === "name" && decorators.length === 0) return [...jobsIn(fn).keys()];
  if (topic === "name") return words.flatMap((word) => nameIn(word.replace(/^'(.*)'$/s, '"$1"')));
  const declared = words.flatMap((word) =>
    word.endsWith(".class") ? typeIn(`<${word.slice(0, -".class".length)}>`) : [],
  );
  return declared.length > 0 ? declared : typeIn(`<${parameters[0]?.type?.replace(/<.*$/, "") ?? ""}>`);
}

/**
 * The jobs that a function does which takes whatever comes, by their names, and which of its calls each runs:
 * `case Jobs.SEND_REMINDER:`, `if (job.name === "send reminder")`.
 */
export function jobsIn({ flow, reads }: FunctionSummary): ReadonlyMap<Topic, ReadonlySet<number> | "all"> {
  const found = new Map<Topic, Set<number>>();
  const add = (label: string, calls: readonly number[]) => {
    for (const name of nameIn(label)) {
      const known = found.get(name) ?? new Set();
      for (const call of calls) known.add(call);
      found.set(name, known);
    }
  };
  const walk = (flow: readonly Flow[]): void => {
    for (const node of flow) {
      if (typeof node === "number") continue;
      if (node.kind === "branch") {
        const { cases, arms, test = "" } = node;
        if (cases && isNameOfJob.test(cases.of))
          cases.labels.forEach((labels, i) => {
            for (const label of labels) add(label, callsOf(arms[i] ?? []));
          });
        const [, of = "", label = ""] = /^(\S+) ===? (.+)$/.exec(test) ?? [];
        if (isNameOfJob.test(of)) add(label, callsOf(arms[0] ?? []));
      }
      for (const inner of flowsInside(node)) walk(inner);
    }
  };
  walk(flow);
  // It does nothing else, wherever it asks for the name.
  const [only, ...others] = new Set([...found.keys(), ...reads.flatMap(nameIn)]);
  if (only !== undefined && others.length === 0) return new Map([[only, "all"]]);
  return found;
}

const isNameOfJob = /\.name$/;

/** A text or a constant that means something beside others: `"order.created"`, `Topics.ORDER_CREATED`. */
function nameIn(argument: string): readonly Topic[] {
  const [, text] = /^"(.+)"$/s.exec(argument) ?? [];
  if (text !== undefined) return wordsOf(text).length > 1 ? [`"${text}"`] : [];
  const constant =
    /^(?:[\p{L}_$][\p{L}\p{N}_$]*\.)*(\p{Lu}[\p{L}\p{N}_$]*\.\p{Lu}[\p{L}\p{N}_$]*|\p{Lu}[\p{Lu}\p{N}]*_[\p{Lu}\p{N}_]+)$/u.exec(
      argument,
    );
  return constant ? [constant[1] as string] : [];
}

/** `OrderCreated` for an object of that type, or for what such an object says of itself. */
function typeIn(argument: string): readonly Topic[] {
  const object = argument.replace(/\.(?:[nN]ame|getName)(?:\(\))?$/, "");
  const name = /^(?:<\*?(?:\w+\.)*(\p{Lu}\w*)>|(?:\w+\.)*(\p{Lu}\w*)\(\))$/u.exec(object)?.slice(1).find(Boolean);
  return name !== undefined && wordsOf(name).length > 1 ? [`<${name}>`] : [];
}

/** Of a signal that is a variable, its name: `order_placed.send(order)`. */
function ofObject(callee: string): readonly Topic[] {
  const name = callee.split(".").at(-2) ?? "";
  return wordsOf(name).length > 1 ? [`${name}.`] : [];
}
