import { memoized } from "../../../base/memoized";
import { folderOf } from "../../../base/paths";
import type { CallValue, FunctionFacts, Step, Value } from "../../../model/facts";
import { fileIndex, fileList } from "../../../model/fileIndex";
import { type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../../../model/fileSummary";
import { type Caller, callersOf } from "../../../model/graph/callersOf";
import { isChannelFlow } from "../../../model/graph/effects";
import { functionsAround } from "../../../model/graph/graphFunction";
import type { EffectPlace } from "../../../model/graph/witness";
import { valuesWithin, walkSteps } from "../../../model/walkSteps";
import { functionAt, linkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import { endsAll } from "../lifecycle";
import { type ChannelsMade, notedOf } from "../noted";
import { isReadForNetwork } from "./consumers";

/** The channels that a function makes. */
export function channelsMade(fn: FunctionFacts): ChannelsMade | undefined {
  const made: ChannelsMade = { buffered: [], unbuffered: [] };
  const handedIn: string[] = [];
  const registered: string[] = [];
  const locals = new Map<string, CallValue>();
  let sends = false;
  walkSteps(fn.steps, (step) => {
    const own =
      step.kind === "assign" ? (isChannelMade(step.value) ? step.value : appended(step.value, locals)) : undefined;
    if (step.kind === "assign" && own) locals.set(step.target, own);
    for (const [name, { arguments: given }] of namedChannels(step, locals))
      (hasRoom(given[1]) ? made.buffered : made.unbuffered).push(name);
    handedIn.push(...fieldsHandedIn(fn, step));
    registered.push(...channelsRegistered(fn, step));
    sends ||= step.kind === "channel" && step.form === "send";
  });
  if (sends && handedIn.length > 0) made.handedIn = handedIn;
  if (registered.length > 0) made.registered = registered;
  return made.buffered.length + made.unbuffered.length > 0 || made.handedIn || made.registered ? made : undefined;
}

type MadeLocals = ReadonlyMap<string, CallValue>;

/** What makes a channel, here or further up, where a local goes by it. */
function channelMade(value: Value, locals: MadeLocals): CallValue | undefined {
  if (isChannelMade(value)) return value;
  return value.kind === "path" ? locals.get(value.path) : appended(value, locals);
}

/** `append(h.waiting, arrived)`: a list goes by what is added to it. */
function appended(value: Value, locals: MadeLocals): CallValue | undefined {
  if (value.kind !== "call" || value.callee !== "append") return undefined;
  const [, ...added] = value.arguments;
  return added.map((one) => channelMade(one, locals)).find((made) => made !== undefined);
}

function namedChannels(step: Step, locals: MadeLocals): [name: string, made: CallValue][] {
  if (step.kind === "assign" && isChannelMade(step.value)) return [[step.target, step.value]];
  const written = step.kind === "write" ? channelMade(step.value, locals) : undefined;
  if (step.kind === "write" && written) return [[fieldOrLocal(step.path), written]];
  const values = step.kind === "call" ? step.arguments : step.kind === "return" ? step.values : [];
  const roots = step.kind === "assign" || step.kind === "write" ? [step.value] : values;
  return roots.flatMap((root) => [...valuesWithin(root)].flatMap((value) => namedInside(value, locals)));
}

function namedInside(value: Value, locals: MadeLocals): [name: string, made: CallValue][] {
  if (value.kind !== "composite") return [];
  const type = lastName(value.typeName ?? "");
  return value.parts.flatMap((part, i): [string, CallValue][] => {
    const key = value.keys?.[i];
    const made = channelMade(part, locals);
    if (key?.kind !== "path" || !made) return [];
    return [[`.${key.path}`, made], ...(type === "" ? [] : [[`${type}.${key.path}`, made] as [string, CallValue]])];
  });
}

function fieldsHandedIn({ parameters }: FunctionFacts, step: Step): string[] {
  if (step.kind !== "assign") return [];
  return [...valuesWithin(step.value)].flatMap((value) => {
    if (value.kind !== "composite" || value.typeName === undefined) return [];
    const type = lastName(value.typeName);
    return value.parts.flatMap((part, i) => {
      const key = value.keys?.[i];
      const isHanded = part.kind === "path" && parameters.some(({ name }) => name === part.path);
      return key?.kind === "path" && isHanded ? `${type}.${key.path}` : [];
    });
  });
}

/** `h.waiting[ship] = arrived` or `h.arrived = arrived`, where `arrived` is a channel that the function was handed. */
function channelsRegistered({ parameters }: FunctionFacts, step: Step): string[] {
  if (step.kind !== "write" || step.value.kind !== "path") return [];
  const { path } = step.value;
  const isHanded = parameters.some(({ name, type = "" }) => name === path && /^(?:<-)?chan\b/.test(type));
  return isHanded ? [fieldOrLocal(step.path)] : [];
}

function isChannelMade(value: Value): value is CallValue {
  const [type] = value.kind === "call" && value.callee === "make" ? value.arguments : [];
  // A type of the program's own may be one of channels; what else it is nobody sends to.
  return type?.kind === "path" && /^(?:(?:<-)?chan\b|\w+$)/.test(type.path);
}

function hasRoom(capacity: Value | undefined): boolean {
  return capacity !== undefined && !(capacity.kind === "literal" && capacity.text === "0");
}

function lastName(path: string): string {
  return /[\w$]+$/.exec(path)?.[0] ?? "";
}

/** Whether what waits is a send to a channel that is only ever made with room, and not filled again and again. */
export function isBufferedSend(model: WorkspaceModel, place: EffectPlace): boolean {
  return hasRoomForSend(model, place) && !isSentToEach(model, place);
}

/** Whether it is the only send to a channel with room, in what runs once: `s.quit <- struct{}{}` of `Stop`. */
export function isSentToOnce(model: WorkspaceModel, place: EffectPlace): boolean {
  const at = functionAt(model, place.linked);
  const path = sentTo(place);
  if (!at || path === undefined || !endsAll(at.fn.name) || !isBufferedSend(model, place)) return false;
  const sends = sendsByFolder(model.files)
    .get(folderOf(at.file.path))
    .filter((other) => other === path);
  return sends.length === 1 && !isInLoop(at.fn.flow, path);
}

/** What is sent to outside tests, as often as it is written; by folder. */
const sendsByFolder = fileIndex(({ path, isTest, functions }) =>
  (isTest ? [] : functions).flatMap(({ flow }) => sendsIn(flow).map((sent) => [folderOf(path), sent] as const)),
);

function sendsIn(flow: readonly Flow[]): string[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [];
    if (isChannelFlow(node)) return node.form === "send" ? [node.path] : [];
    return flowsInside(node).flatMap(sendsIn);
  });
}

function isInLoop(flow: readonly Flow[], path: string): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    return node.kind === "loop"
      ? sendsIn([node]).includes(path)
      : flowsInside(node).some((inner) => isInLoop(inner, path));
  });
}

/** Whether it is a send to channels with room, which whoever reads slowly from one of them uses up. */
export function fillsUp(model: WorkspaceModel, place: EffectPlace): boolean {
  return hasRoomForSend(model, place) && isSentToEach(model, place);
}

function hasRoomForSend(model: WorkspaceModel, place: EffectPlace): boolean {
  const channel = sentTo(place);
  return channel !== undefined && hasRoomAlways(model, place, channel);
}

/** The channel of a send. */
function sentTo({ effect: { kind, detail } }: EffectPlace): string | undefined {
  return kind === "channel" && detail.startsWith("send ") ? detail.slice("send ".length) : undefined;
}

/** Whether something is sent to each of the channels that an object keeps, and goes on to keep for the next time. */
function isSentToEach(model: WorkspaceModel, place: EffectPlace): boolean {
  const [, kept, ofEach] = /^(<[^>]*>\.[\w$.]+)\[(?:key)?\](\.\w+)?$/.exec(sentTo(place) ?? "") ?? [];
  const fn = functionAt(model, place.linked)?.fn;
  if (kept === undefined || !fn) return false;
  // Objects that have one each, as in `for c := range h.clients { c.out <- text }`, may wait for an answer in it.
  if (ofEach !== undefined && !isReadForNetwork(model, place)) return false;
  const isWritten = fn.writes.some((path) => path === kept || path.startsWith(`${kept}[`));
  const isEnded = fn.calls.some(
    ({ callee, arguments: given }) => /^(?:delete|close|clear)$/.test(callee) && given.length > 0,
  );
  return !isWritten && !isEnded;
}

/** Whether what is received is what the same function puts back: a channel with room for one thing is a lock of it. */
export function isGivenBack(model: WorkspaceModel, place: EffectPlace): boolean {
  const { linked, effect } = place;
  const file = functionAt(model, linked)?.file;
  if (!file || !effect.detail.startsWith("receive ")) return false;
  const path = effect.detail.slice("receive ".length);
  const isInside = (fn: FunctionSummary, i: number) => i === linked.index || fn.parent === linked.index;
  return (
    file.functions.some((fn, i) => isInside(fn, i) && sendsIn(fn.flow).includes(path)) &&
    hasRoomAlways(model, place, path)
  );
}

function hasRoomAlways(model: WorkspaceModel, { linked }: EffectPlace, path: string): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  // A local goes by its type once its path is closed.
  const type = /^<([^>]*)>$/.exec(path)?.[1];
  if (type !== undefined) return hasLocalRoom(model, place.file, linked.index, type);
  const folder = folderOf(place.file.path);
  const made = channelsOf(model, folder);
  const ofType = /([\w$]+)>\.([\w$]+)(?:\[\w*\])*$/.exec(path);
  const full = ofType && `${ofType[1]}.${ofType[2]}`;
  const name = full && (made.buffered.has(full) || made.unbuffered.has(full)) ? full : fieldOrLocal(path);
  if (made.buffered.has(name) || made.unbuffered.has(name)) return isOnlyBuffered(made, name);
  // A field that others can set may be set in their folders.
  return /^\.[A-Z]/.test(name) && isOnlyBuffered(channelsAnywhere(model), name);
}

const maxHandedOn = 2;

/** Whether a function makes its channels with room, or is only ever handed one that has: by all who call it. */
function hasLocalRoom(model: WorkspaceModel, file: FileSummary, index: number, type: string, depth = 0): boolean {
  const around = functionsAround(file, index);
  const made = around.flatMap((fn) => notedOf(fn)?.channels ?? []);
  if (made.some(({ buffered }) => buffered.length > 0)) return true;
  const outermost = around.at(-1);
  const position = outermost?.parameters.findIndex((parameter) => parameter.type === type) ?? -1;
  const target = outermost && linkedFunction(model, file, file.functions.indexOf(outermost));
  if (made.length > 0 || position < 0 || !target || depth === maxHandedOn) return false;
  const callers = callersOf(model, target);
  const isGiven = ({ linked, edges }: Caller) => {
    const by = functionAt(model, linked);
    const given = new Set(edges.map(({ call }) => by?.fn.calls[call]?.arguments[position]));
    given.delete("null");
    const isLocal = given.size === 1 && given.has(`<${type}>`);
    return (
      given.size === 0 || (isLocal && by !== undefined && hasLocalRoom(model, by.file, linked.index, type, depth + 1))
    );
  };
  return callers.length > 0 && callers.every(isGiven);
}

function isOnlyBuffered({ buffered, unbuffered }: ChannelNames, name: string): boolean {
  return buffered.has(name) && !unbuffered.has(name);
}

/** Fields are told apart from variables of the same name. */
function fieldOrLocal(path: string): string {
  const field = path.replace(/(?:\[\w*\])+$/, "");
  const name = lastName(field);
  return field === name ? name : `.${name}`;
}

interface ChannelNames {
  buffered: ReadonlySet<string>;
  unbuffered: ReadonlySet<string>;
  /** Fields in which functions keep, by a key, what they were handed: `.waiting`. */
  registered: ReadonlySet<string>;
}

/** The channels that are made outside tests. */
const allChannels = fileList(channelsIn);
const channelsByFolder = fileIndex((file) => channelsIn(file).map((made) => [folderOf(file.path), made] as const));

function channelsIn({ isTest, functions }: FileSummary): ChannelsMade[] {
  return isTest ? [] : functions.flatMap((fn) => notedOf(fn)?.channels ?? []);
}

/** An index gives the same list as long as nothing in it is another. */
const channelNames = memoized(
  (made: readonly ChannelsMade[]): ChannelNames => ({
    buffered: new Set(made.flatMap(({ buffered }) => buffered)),
    unbuffered: new Set(made.flatMap(({ unbuffered }) => unbuffered)),
    registered: new Set(made.flatMap(({ registered = [] }) => registered)),
  }),
);

function channelsAnywhere(model: WorkspaceModel): ChannelNames {
  return channelNames(allChannels(model.files));
}

function channelsOf(model: WorkspaceModel, folder: string): ChannelNames {
  return channelNames(channelsByFolder(model.files).get(folder));
}

/**
 * Whether what is sent to came from a caller: it is a field that the function itself has given a channel which it was
 * handed, one that can only be sent to and that a function sets to what it was handed, or one of the channels that are
 * kept, by a key, for those who have handed them in.
 */
export function isSendToCaller(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  const place = functionAt(model, linked);
  const [, path = "", isKept] = /^send (.*?)(\[\w*\])?$/.exec(effect.detail) ?? [];
  if (!place) return false;
  const { registered } = channelsOf(model, folderOf(place.file.path));
  if (isKept) {
    const kept = fieldOrLocal(path);
    return registered.has(kept) || isOfSendOnly(place.file, kept);
  }
  const [, type, field] = /([\w$]+)>?\.([\w$]+)$/.exec(path) ?? [];
  if (isOfSendOnly(place.file, `.${field}`, type) && registered.has(`.${field}`)) return true;
  return (notedOf(place.fn)?.channels?.handedIn ?? []).includes(`${type}.${field}`);
}

/** Whether a field, of one type or of any, holds channels that can only be sent to. */
function isOfSendOnly({ types }: FileSummary, field: string, owner?: string): boolean {
  return types.some(
    ({ name: type, fields }) =>
      (owner === undefined || type === owner) &&
      fields.some(({ name, type = "" }) => `.${name}` === field && /\bchan<-/.test(type)),
  );
}
