import { folderOf } from "../../../base/paths";
import type { AccessPath } from "../../../model/facts";
import { fileIndex } from "../../../model/fileIndex";
import { callsOf, type FileSummary, type Flow, flowsInside } from "../../../model/fileSummary";
import type { Effect } from "../../../model/graph/functionEffects";
import type { Holding } from "../../../model/graph/heldLocks";
import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import { takesIn } from "./forkAndJoin";

/** A function that takes out of a channel or a queue, again and again, what others put in. */
interface Consumer {
  file: FileSummary;
  index: number;
}

/** Those outside tests, by the folder and the channel or queue. */
const consumersByQueue = fileIndex(function* (file): Iterable<readonly [string, Consumer]> {
  if (file.isTest) return;
  const folder = folderOf(file.path);
  for (const [index, { calls, flow }] of file.functions.entries()) {
    const again = repeated(flow);
    for (const call of callsOf(again)) {
      const { callee = "", origin = callee } = calls[call] ?? {};
      const queue = takes.exec(origin)?.[1];
      if (queue !== undefined) yield [keyOf(folder, queue), { file, index }];
    }
    const inside = file.functions.filter(({ parent }) => parent === index).map((inner) => inner.flow);
    const givenBack = new Set([flow, ...inside].flatMap((own) => [...channelsIn(own, "send")]));
    for (const channel of channelsIn(again, "receive")) {
      // Whoever puts back what it takes makes no room.
      if (givenBack.has(channel)) continue;
      yield [keyOf(folder, channel), { file, index }];
      if (/>\.\w+$/.test(channel)) yield [keyOf(folder, fieldOfElement(channel)), { file, index }];
    }
  }
});

/** The outermost loops. Who takes out one thing and no more has it before whatever comes after. */
function repeated(flow: readonly Flow[]): Flow[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [];
    return node.kind === "loop" ? [node] : flowsInside(node).flatMap(repeated);
  });
}

const takes = /^(.+)\.(?:get|take(?:First|Last)?|poll(?:First|Last)?)$/;

function* channelsIn(flow: readonly Flow[], form: "send" | "receive"): Iterable<AccessPath> {
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (node.kind === "channel" && node.form === form) yield node.path;
    if (node.kind === "loop" && node.over !== undefined && form === "receive") yield node.over;
    for (const inner of flowsInside(node)) yield* channelsIn(inner, form);
  }
}

/** A pointer leads to the same channel as what it points to. */
function keyOf(folder: string, path: AccessPath): string {
  return `${folder} ${/\]\.\w+$/.test(path) ? fieldOfElement(path) : path.replace(/^<\*/, "<")}`;
}

/** Of which type the elements of a collection are the path does not tell. */
function fieldOfElement(path: AccessPath): string {
  return path.slice(path.lastIndexOf("."));
}

/** Who takes out what an operation puts in; nobody where it is no such operation. */
function consumersFor(model: WorkspaceModel, { linked, effect }: EffectPlace): LinkedFunction[] {
  const place = functionAt(model, linked);
  const path = queueOf(effect, place?.fn.calls[effect.call]);
  if (!place || path === undefined) return [];
  const found = consumersByQueue(model.files).get(keyOf(folderOf(place.file.path), path));
  return [...new Set(found)].flatMap(({ file, index }) => linkedFunction(model, file, index) ?? []);
}

function queueOf({ detail }: Effect, site: { callee: string; origin?: string } | undefined): AccessPath | undefined {
  const { callee = "", origin = callee } = site ?? {};
  return /^send (.+)$/.exec(detail)?.[1] ?? /^(.+)\.put(?:First|Last)?$/.exec(origin)?.[1];
}

/** The function that has to make room and needs the lock for it: once there is no room, neither goes on. */
export function consumerNeedingLock(
  model: WorkspaceModel,
  place: EffectPlace,
  lock: Holding,
): LinkedFunction | undefined {
  return consumersFor(model, place).find(
    (consumer) => consumer.id !== place.linked.id && takesIn(consumer, lock).length > 0,
  );
}

/** The functions outside tests that end or serve a wait for a channel: they close it or send to it. */
const sendersByChannel = fileIndex(function* (file): Iterable<readonly [string, Consumer]> {
  if (file.isTest) return;
  const folder = folderOf(file.path);
  for (const [index, { calls, flow }] of file.functions.entries()) {
    const closed = calls.flatMap(({ callee, arguments: [given] }) => (callee === "close" && given ? given : []));
    for (const channel of [...closed, ...channelsIn(flow, "send")]) yield [keyOf(folder, channel), { file, index }];
  }
});

/** The function that a wait for a channel is for and that needs the lock first; nothing where others may end the wait. */
export function senderNeedingLock(
  model: WorkspaceModel,
  { linked, effect }: EffectPlace,
  lock: Holding,
): LinkedFunction | undefined {
  const channel = /^receive (.+)$/.exec(effect.detail)?.[1];
  const found = channel ? sendersByChannel(model.files).get(keyOf(folderOf(linked.path), channel)) : undefined;
  const senders = [...new Set(found)].flatMap(({ file, index }) => linkedFunction(model, file, index) ?? []);
  return senders.every((sender) => sender.id !== linked.id && takesIn(sender, lock).length > 0)
    ? senders[0]
    : undefined;
}

/** Whether what is put in is taken out to be sent on: who is at the other end decides how soon there is room. */
export function isReadForNetwork(model: WorkspaceModel, place: EffectPlace): boolean {
  return consumersFor(model, place).some(({ effects }) => effects.effects.some(({ kind }) => kind === "network"));
}
