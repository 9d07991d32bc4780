import type { TypeFacts } from "../../model/facts";
import { isMade } from "../../model/graph/construction";
import {
  extendsType,
  type FieldDeclaration,
  fieldDeclaration,
  typeDeclaration,
  typesNamed,
} from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import { effectChain } from "../../model/graph/witness";
import type { InstancePath, LockRef } from "../../model/link/links";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
import type { OrderSite } from "./orders";

/**
 * Whether some lock of a circle is held of one object here and waited for of another one there: objects of classes of
 * which neither derives from the other, or what two fields of one type were made with.
 */
export function areOfDifferentObjects(model: WorkspaceModel, sites: readonly OrderSite[]): boolean {
  return sites.some((site, i) => {
    const before = sites[(i + sites.length - 1) % sites.length] as OrderSite;
    return areOfDifferentTypes(model, site, before) || areOfDifferentFields(model, site, before);
  });
}

const fieldsThatTellKinds = ["kind", "Kind", "type", "Type", "typ", "role", "Role"];

/**
 * Whether some lock of a circle belongs to a type whose objects are of several kinds: told apart by a field, and the lock
 * is taken of one object here and of the elements of a collection there, which may hold those of one kind only; or by
 * the structs that embed it, and the lock is that of one of them here and not there.
 */
export function mayBeOfDifferentKinds(model: WorkspaceModel, sites: readonly OrderSite[]): boolean {
  return sites.some((site, i) => {
    const { held } = site;
    const before = sites[(i + sites.length - 1) % sites.length] as OrderSite;
    const { lock } = before.acquisition;
    if (areOfDifferentEmbedders(model, site, before)) return true;
    const owner = held.lock.slice(0, held.lock.lastIndexOf("."));
    return (
      isElement(held.instance) !== isElement(lock.instance) &&
      fieldsThatTellKinds.some((name) => fieldDeclaration(model, `${owner}.${name}`) !== undefined)
    );
  });
}

function isElement(instance: InstancePath | undefined): boolean {
  return instance === undefined || instance.includes("[");
}

function areOfDifferentEmbedders(model: WorkspaceModel, { held, acquisition }: OrderSite, before: OrderSite): boolean {
  const own = embedderOf(model, acquisition.locked.linked, held);
  const { locked, effect } = before.acquisition;
  const others = effectChain(model, locked.linked, effect).flatMap(({ linked, effect: { lock } }) => {
    const embedder = lock && embedderOf(model, linked, lock);
    return embedder ?? [];
  });
  const isOne = own === undefined ? others.length > 0 : !others.includes(own);
  return isOne && embeddersOf(model, held.lock) > 1;
}

/** The struct whose method takes its own lock, where that belongs to a struct it embeds. */
function embedderOf(model: WorkspaceModel, linked: LinkedFunction, { lock, instance }: LockRef): string | undefined {
  const type = typeOfThis(model, linked);
  if (type === undefined || instance !== "this" || model.files.get(linked.path)?.language !== "go") return undefined;
  return type !== lock && extendsType(model, type, lock) ? type : undefined;
}

/** How many structs embed the one that a lock stands for. */
function embeddersOf(model: WorkspaceModel, type: string): number {
  const name = type.slice(type.lastIndexOf(".") + 1);
  const isMeant = (base: string) => base.replace(/^\*/, "") === name;
  const types = [...model.files.values()].flatMap(({ types }) => types);
  return types.filter(({ form, bases }) => form === "struct" && bases.some(isMeant)).length;
}

/** Monitors of objects of one base class: no object is of two classes that do not derive from each other. */
function areOfDifferentTypes(model: WorkspaceModel, site: OrderSite, before: OrderSite): boolean {
  const { lock } = site.held;
  const held = heldClass(model, site);
  const taken = takenClass(model, before);
  if (held === undefined || taken === undefined || held === taken) return false;
  const [above, aboveOther] = [basesOf(model, held), basesOf(model, taken)];
  const declared = (key: string) => typeDeclaration(model, key)?.facts;
  const [owner, one, other] = [lock, held, taken].map(declared);
  // What classes derive from is only known in full where it leads to the one that has the lock.
  if (!owner || !one || !other || !above.has(owner) || !aboveOther.has(owner)) return false;
  return !above.has(other) && !aboveOther.has(one);
}

/** The types that one derives from, those of other packages by their names where no two have the same. */
function basesOf(model: WorkspaceModel, key: string): ReadonlySet<TypeFacts> {
  const declared = typeDeclaration(model, key);
  const found = new Set(declared ? [declared] : []);
  for (const { file, facts } of found)
    for (const base of facts.bases) {
      const named = typesNamed(model.files).get(base.replace(/<.*$/, "").replace(/^.*\./, ""));
      const near = named.find((other) => model.modules.get(other.file.path) === model.modules.get(file.path));
      const [only, ...others] = near ? [near] : named;
      if (only && others.length === 0) found.add(only);
    }
  return new Set([...found].map(({ facts }) => facts));
}

function heldClass(model: WorkspaceModel, { held, acquisition }: OrderSite): string | undefined {
  const { linked } = acquisition.locked;
  // `synchronized (Outer.this)`
  const outer = /^([\w$]+)\.this$/.exec(held.scope?.written ?? held.scope?.resource ?? "")?.[1];
  if (outer !== undefined) return `${model.modules.get(linked.path)}.${outer}`;
  const isJava = model.files.get(linked.path)?.language === "java";
  return isJava && held.instance === "this" && held.callee === undefined ? typeOfThis(model, linked) : undefined;
}

function takenClass(model: WorkspaceModel, { acquisition: { locked, effect } }: OrderSite): string | undefined {
  const last = effectChain(model, locked.linked, effect).at(-1);
  if (last?.effect.lock?.instance !== "this" || model.files.get(last.linked.path)?.language !== "java")
    return undefined;
  return typeOfThis(model, last.linked);
}

/** The key of the type of which a function, or the one it is written in, is a method. */
function typeOfThis(model: WorkspaceModel, linked: LinkedFunction): string | undefined {
  const file = model.files.get(linked.path);
  const type = file && functionsAround(file, linked.index).at(-1)?.typeName;
  return type === undefined ? undefined : `${model.modules.get(linked.path)}.${type}`;
}

/** `this.opened` and `this.closed`, each declared with an object of its own: two events have two locks. */
function areOfDifferentFields(model: WorkspaceModel, { held, acquisition }: OrderSite, before: OrderSite): boolean {
  const own = fieldOfOwner(model, acquisition.locked.linked, held);
  if (own === undefined) return false;
  const { locked, effect } = before.acquisition;
  return effectChain(model, locked.linked, effect).some(({ linked, effect: { lock } }) => {
    const other = lock && fieldOfOwner(model, linked, lock);
    return other !== undefined && other !== own;
  });
}

/** The field of a type through which a function comes to the object that has a lock, where the field has an object of its own. */
function fieldOfOwner(
  model: WorkspaceModel,
  linked: LinkedFunction,
  { lock, instance = "" }: LockRef,
): string | undefined {
  const name = lock.slice(lock.lastIndexOf(".") + 1);
  const object = instance.endsWith(`.${name}`) ? instance.slice(0, -name.length - 1) : instance;
  const field = /^this\.([\w$]+)$/.exec(object)?.[1];
  const type = typeOfThis(model, linked);
  if (field === undefined || type === undefined) return undefined;
  const declaration = fieldDeclaration(model, `${type}.${field}`);
  return declaration && hasObjectOfItsOwn(declaration) ? `${type}.${field}` : undefined;
}

/** A Go struct that is part of another one, or what a field is declared with: `self.opened = Event()`. */
function hasObjectOfItsOwn({ file, facts }: FieldDeclaration): boolean {
  const { type, origin } = facts;
  if (file.language === "go") return type !== undefined && !type.startsWith("*");
  return ("made" in facts && facts.made !== undefined) || (origin !== undefined && isMade(file, origin));
}
