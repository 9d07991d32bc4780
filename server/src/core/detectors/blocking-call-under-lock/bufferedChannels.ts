import { folderOf } from "../../base/paths";
import type { CallValue, FileFacts, FunctionFacts, Step, Value } from "../../model/facts";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { functionsAround } from "../../model/graph/graphFunction";
import type { EffectPlace } from "../../model/graph/witness";
import { valuesWithin, walkSteps } from "../../model/walkSteps";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/**
 * The names that channels made in a function are given, and whether they have room; that of a field also with its type,
 * where it is made together with the object: `Gate.opened`.
 */
export interface ChannelsMade {
  buffered: string[];
  unbuffered: string[];
}

/** The channels that a function makes. */
export function channelsMade(fn: FunctionFacts, file: FileFacts): ChannelsMade | undefined {
  if (file.language !== "go") return undefined;
  const made: ChannelsMade = { buffered: [], unbuffered: [] };
  walkSteps(fn.steps, (step) => {
    for (const [name, { arguments: given }] of namedChannels(step))
      (hasRoom(given[1]) ? made.buffered : made.unbuffered).push(name);
  });
  return made.buffered.length + made.unbuffered.length > 0 ? made : undefined;
}

function namedChannels(step: Step): [name: string, made: CallValue][] {
  if (step.kind === "assign" && isChannelMade(step.value)) return [[step.target, step.value]];
  if (step.kind === "write" && isChannelMade(step.value)) return [[lastName(step.path), step.value]];
  const values = step.kind === "call" ? step.arguments : step.kind === "return" ? step.values : [];
  const roots = step.kind === "assign" || step.kind === "write" ? [step.value] : values;
  return roots.flatMap((root) => [...valuesWithin(root)].flatMap(namedInside));
}

function namedInside(value: Value): [name: string, made: CallValue][] {
  if (value.kind !== "composite") return [];
  const type = lastName(value.typeName ?? "");
  return value.parts.flatMap((part, i): [string, CallValue][] => {
    const key = value.keys?.[i];
    if (key?.kind !== "path" || !isChannelMade(part)) return [];
    return [[key.path, part], ...(type === "" ? [] : [[`${type}.${key.path}`, part] as [string, CallValue]])];
  });
}

function isChannelMade(value: Value): value is CallValue {
  const [type] = value.kind === "call" && value.callee === "make" ? value.arguments : [];
  return type?.kind === "path" && /^(?:<-)?chan\b/.test(type.path);
}

function hasRoom(capacity: Value | undefined): boolean {
  return capacity !== undefined && !(capacity.kind === "literal" && capacity.text === "0");
}

function lastName(path: string): string {
  return /[\w$]+$/.exec(path)?.[0] ?? "";
}

/** Whether what waits is a send to a channel that is only ever made with room. */
export function isBufferedSend(
  model: WorkspaceModel,
  { linked, effect }: EffectPlace,
  madeIn: (fn: FunctionSummary) => ChannelsMade | undefined,
): boolean {
  if (effect.kind !== "channel" || !effect.detail.startsWith("send ")) return false;
  const path = effect.detail.slice("send ".length);
  const place = functionAt(model, linked);
  if (!place) return false;
  // A local goes by its type once its path is closed.
  const local = functionsAround(place.file, linked.index).flatMap((fn) => madeIn(fn) ?? []);
  if (/^<\*?chan\b[^>]*>$/.test(path)) return local.some(({ buffered }) => buffered.length > 0);
  const made = channelsOfFolder(model, folderOf(place.file.path), madeIn);
  const ofType = /([\w$]+)>\.([\w$]+)$/.exec(path);
  const full = ofType && `${ofType[1]}.${ofType[2]}`;
  const name = full && (made.buffered.has(full) || made.unbuffered.has(full)) ? full : lastName(path);
  return made.buffered.has(name) && !made.unbuffered.has(name);
}

interface ChannelNames {
  buffered: ReadonlySet<string>;
  unbuffered: ReadonlySet<string>;
}

const known = new WeakMap<WorkspaceModel, Map<string, ChannelNames>>();

function channelsOfFolder(
  model: WorkspaceModel,
  folder: string,
  madeIn: (fn: FunctionSummary) => ChannelsMade | undefined,
): ChannelNames {
  let folders = known.get(model);
  if (!folders) {
    folders = new Map();
    known.set(model, folders);
  }
  let names = folders.get(folder);
  if (!names) {
    const made = [...model.files.values()].flatMap((file) =>
      folderOf(file.path) === folder && !file.isTest ? channelsOfFile(file, madeIn) : [],
    );
    names = {
      buffered: new Set(made.flatMap(({ buffered }) => buffered)),
      unbuffered: new Set(made.flatMap(({ unbuffered }) => unbuffered)),
    };
    folders.set(folder, names);
  }
  return names;
}

function channelsOfFile(
  { functions }: FileSummary,
  madeIn: (fn: FunctionSummary) => ChannelsMade | undefined,
): ChannelsMade[] {
  return functions.flatMap((fn) => madeIn(fn) ?? []);
}
