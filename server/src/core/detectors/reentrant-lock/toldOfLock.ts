import { wordsOf } from "../../base/words";
import type { Acquisition } from "../../model/graph/acquisitions";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { type EffectPlace, effectChain } from "../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/**
 * Whether a call on the way to a lock is handed something that by its name says who takes it, and what comes behind
 * asks for a condition first: `k.read(ctx, withAlreadyLocked(true))`.
 */
export function isToldOfLock(model: WorkspaceModel, { locked, effect }: Acquisition): boolean {
  const chain = effectChain(model, locked.linked, effect);
  const told = chain.findIndex(({ linked, effect: { call } }) =>
    (functionAt(model, linked)?.fn.calls[call]?.arguments ?? []).some(saysWhoLocks),
  );
  return told >= 0 && chain.slice(told + 1).some((place) => isConditional(model, place));
}

function isConditional(model: WorkspaceModel, { linked, effect: { call } }: EffectPlace): boolean {
  const fn = functionAt(model, linked)?.fn;
  // A block that holds its lock is no step by itself.
  return fn !== undefined && (call < 0 || conditionsAt(fn.flow, call).length > 0);
}

const aboutLocks = /^(?:un)?lock(?:s|ed|ing)?$/;
const aboutWho =
  /^(?:already|no|non|not|without|skip|omit|is|has|have|held|holds|holding|with|under|caller|locked|unlocked)$/;

function saysWhoLocks(argument: string): boolean {
  const name = /([\p{L}\p{N}_$]+)(?:\(\))?$/u.exec(argument)?.[1] ?? "";
  const words = wordsOf(name);
  return words.some((word) => aboutLocks.test(word)) && words.some((word) => aboutWho.test(word));
}
