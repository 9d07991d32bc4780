import type { FileSummary } from "../../../model/fileSummary";
import type { Effect } from "../../../model/graph/functionEffects";
import type { Holding } from "../../../model/graph/heldLocks";
import { isDeferred } from "../../../model/graph/stepsAround";
import { type EffectPlace, witnessOf } from "../../../model/graph/witness";
import { functionIds } from "../../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import { othersAnswer } from "./knownCalls";

const waitsForGroup = /\bWaitGroup\.Wait$/;

/** Whether it is seen to be slow what is waited for: others have to answer what is started for it. */
export function isForSlowWork(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return startedFor(model, chain).some(({ effects }) => effects.effects.some(({ kind }) => othersAnswer.has(kind)));
}

/** What a function starts that waits, and the members of the group that it waits for. */
function startedFor(model: WorkspaceModel, chain: readonly EffectPlace[]): LinkedFunction[] {
  const members = groupOf(model, chain).map(({ linked }) => linked);
  return [...startedBy(model, (chain.at(-1) as EffectPlace).linked), ...members];
}

function startedBy(model: WorkspaceModel, { edges }: LinkedFunction): LinkedFunction[] {
  return edges.flatMap(({ callee, runs }) => (runs === "later" ? (model.functions.get(callee) ?? []) : []));
}

/**
 * Whether a function waits for goroutines that it has started for its own work while it holds a lock for reading, which
 * none of them wants for writing: others who read go on meanwhile.
 */
export function isOwnWorkOfReader(model: WorkspaceModel, chain: readonly EffectPlace[], lock: Holding): boolean {
  if (!lock.forReading) return false;
  const started = startedFor(model, chain);
  return started.length > 0 && started.every((one) => takesIn(one, lock).length === 0);
}

/**
 * The function that needs the lock before a group of goroutines that is waited for can end: neither goes on then. Of a
 * group that a field holds, what is handed to it and what tells it that it is done are its members.
 */
export function neededByGroup(
  model: WorkspaceModel,
  chain: readonly EffectPlace[],
  lock: Holding,
): LinkedFunction | undefined {
  for (const member of groupOf(model, chain)) {
    const taken = takesIn(member.linked, lock).find(({ call }) => isWithinWork(model, member, call));
    if (taken) return witnessOf(model, taken).at(-1) ?? member.linked;
  }
  return undefined;
}

/** A function that a group of goroutines runs, and the call by which it says itself that it is done. */
interface Member {
  linked: LinkedFunction;
  done?: number;
}

/** Whether a call is made while its function is waited for: not behind the call of `Done`, nor before a deferred one. */
function isWithinWork(model: WorkspaceModel, { linked, done }: Member, call: number): boolean {
  const { calls = [], flow = [] } = functionAt(model, linked)?.fn ?? {};
  if (done === undefined) return true;
  const isBehind = (calls[call]?.start ?? 0) > (calls[done]?.start ?? 0);
  return isDeferred(flow, done) ? isBehind : !isBehind && !isDeferred(flow, call);
}

/** The members of the group that a field holds and a chain leads to a wait for. */
function groupOf(model: WorkspaceModel, chain: readonly EffectPlace[]): Member[] {
  if (!waitsForGroup.test((chain.at(-1) as EffectPlace).effect.detail)) return [];
  return chain.flatMap(({ linked, effect }) => {
    const place = functionAt(model, linked);
    const { callee = "", origin = callee } = place?.fn.calls[effect.call] ?? {};
    const group = /^(<[^<>]+>\.[\w$]+)\.Wait$/.exec(origin)?.[1];
    return place && group !== undefined ? membersOf(model, place.file, group) : [];
  });
}

function membersOf(model: WorkspaceModel, file: FileSummary, group: string): Member[] {
  return functionIds(file).flatMap((id, i) => {
    const linked = model.functions.get(id);
    return (file.functions[i]?.calls ?? []).flatMap(({ callee, origin = callee }, call): Member[] => {
      if (!linked || !origin.startsWith(`${group}.`)) return [];
      if (origin === `${group}.Done`) return [{ linked, done: call }];
      const handed = linked.links.handedOver.get(call)?.flatMap(({ functions }) => functions) ?? [];
      return handed.flatMap((one) => {
        const member = model.functions.get(one);
        return member ? [{ linked: member }] : [];
      });
    });
  });
}

/** Where a function takes a lock that whoever holds it keeps from it. */
export function takesIn({ effects }: LinkedFunction, { lock, forReading }: Holding): Effect[] {
  return effects.effects.filter(
    (effect) => effect.kind === "acquire" && effect.detail === lock && !(forReading && effect.lock?.forReading),
  );
}
