import { extendsType } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import { effectChain } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { OrderSite } from "./orders";

/**
 * Whether some lock of a circle is the monitor of objects of one base class, held of an object of one class here and
 * waited for of one of another class there: neither derives from the other, so that no object is of both.
 */
export function areOfDifferentTypes(model: WorkspaceModel, sites: readonly OrderSite[]): boolean {
  return sites.some((site, i) => {
    const before = sites[(i + sites.length - 1) % sites.length] as OrderSite;
    const { lock } = site.held;
    const held = heldClass(model, site);
    const taken = takenClass(model, before);
    // What classes derive from is only known in full where it leads to the one that has the lock.
    const areKnown = [held, taken].every((type) => type !== undefined && extendsType(model, type, lock));
    if (!areKnown || held === undefined || taken === undefined || held === taken) return false;
    return !extendsType(model, held, taken) && !extendsType(model, taken, held);
  });
}

function heldClass(model: WorkspaceModel, { held, acquisition }: OrderSite): string | undefined {
  const { linked } = acquisition.locked;
  // `synchronized (Outer.this)`
  const outer = /^([\w$]+)\.this$/.exec(held.scope?.written ?? held.scope?.resource ?? "")?.[1];
  if (outer !== undefined) return `${model.modules.get(linked.path)}.${outer}`;
  return held.instance === "this" && held.callee === undefined ? classOf(model, linked) : undefined;
}

function takenClass(model: WorkspaceModel, { acquisition: { locked, effect } }: OrderSite): string | undefined {
  const last = effectChain(model, locked.linked, effect).at(-1);
  return last?.effect.lock?.instance === "this" ? classOf(model, last.linked) : undefined;
}

/** The key of the Java class whose method a function is. */
function classOf(model: WorkspaceModel, linked: LinkedFunction): string | undefined {
  const place = functionAt(model, linked);
  if (place?.file.language !== "java") return undefined;
  const type = functionsAround(place.file, linked.index).at(-1)?.typeName;
  return type === undefined ? undefined : `${model.modules.get(place.file.path)}.${type}`;
}
