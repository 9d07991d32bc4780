import { memoized } from "../../../base/memoized";
import { callersOf } from "../../../model/graph/callersOf";
import { isConstruction } from "../../../model/graph/construction";
import { isKnownToOthers, isTestDouble } from "../../../model/graph/inProduction";
import { type EffectPlace, nameOf } from "../../../model/graph/witness";
import { functionIds } from "../../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import type { Consequence, Situation } from "../situation";

/**
 * A function that others have put into a field, called under a lock. It may do anything, also need the lock itself; that
 * is worth a warning where code outside the workspace puts it there, whenever it likes.
 */
export function ofCallback({ model, lock, what, chain, contention }: Situation): Consequence {
  const registering = registrations(model).get(what) ?? [];
  if (registering.length === 0 || isAsked.test(what) || contention.others.length === 0) return { level: "none" };
  const later = registering.filter((linked) => !isConstruction(model, linked));
  if (later.length === 0 && !isTold(model, chain.at(-1) as EffectPlace)) return { level: "none" };
  if (later.length === 0) return { level: "info", because: "It was handed in when the object was made." };
  const open = later.find((linked) => isOpen(model, linked));
  if (!open) return { level: "info", because: "Only the workspace itself registers what is called." };
  if (lock.forReading) return { level: "info", because: "Others may read meanwhile." };
  const name = `\`${nameOf(open.id).replace(/^.*\./, "")}\``;
  return lock.reentrant
    ? { level: "info", because: `What ${name} is handed takes as long as it likes.` }
    : { level: "warning", because: `What ${name} is handed may need the lock itself: then neither goes on.` };
}

/** Whether nothing is done with what a function gives: it is told of something, and not asked for it. */
function isTold(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  return functionAt(model, linked)?.fn.calls[effect.call]?.dropped === true;
}

/** What is there to be asked for things, however it is chosen: a part of the program itself. */
const isAsked = /(?:provider|factory|supplier|loader|strategy|resolver|delegate)(?:ies|e?s)?$/i;

/** Whether others than the workspace call what registers. */
function isOpen(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const place = functionAt(model, linked);
  return place !== undefined && isKnownToOthers(place.file, place.fn) && callersOf(model, linked).length === 0;
}

/** The functions that put what they are given into a field or a variable, by its name. */
const registrations = memoized((model: WorkspaceModel): ReadonlyMap<string, readonly LinkedFunction[]> => {
  const found = new Map<string, LinkedFunction[]>();
  for (const inner of model.functions.values()) {
    const { keepsGiven } = inner.links;
    const linked = keepsGiven && outermost(model, inner);
    const place = linked && functionAt(model, linked);
    if (!place || place.file.isTest || isTestDouble(place.file, place.fn)) continue;
    for (const field of keepsGiven) found.set(field, [...(found.get(field) ?? []), linked]);
  }
  return found;
});

/** The function that has a name, around one that is written in it. */
function outermost(model: WorkspaceModel, linked: LinkedFunction): LinkedFunction | undefined {
  const file = model.files.get(linked.path);
  if (!file) return undefined;
  let index = linked.index;
  for (let parent = file.functions[index]?.parent; parent !== undefined; parent = file.functions[index]?.parent)
    index = parent;
  return model.functions.get(functionIds(file)[index] as string);
}
