import type { CatalogEntry } from "../../catalog/catalog";
import type { AccessPath } from "../facts";
import { enclosingType } from "./closureUses";
import { externalType } from "./entities";
import type { Resolver } from "./resolver";
import { entering } from "./signatures";
import { type FunctionRef, functionOf, type Type } from "./types";

/** A lock that an object takes when a block is entered with it. */
export interface EnteredLock {
  /** Its declaration. */
  lock: string;
  /** Where the object has it: `.mutex`. */
  within: AccessPath;
  /** The object is nothing but a lock: it is that of whoever has it. */
  isOfUser?: boolean;
  known: CatalogEntry | undefined;
}

/** So many methods of its own may lie between entering an object and its lock. */
const maxHops = 2;

/** The lock that `with self:` takes: what the methods that enter an object take and do not give back. */
export function lockOnEntering(resolver: Resolver, type: Type): EnteredLock | undefined {
  if (type.kind !== "declared") return undefined;
  for (const name of entering) {
    const method = resolver.memberOfType(type, name, 0);
    const found = method?.kind === "function" && method.functions[0] && takenBy(resolver, method.functions[0], 0);
    const names = new Set(type.declaration.facts.methods.map((each) => each.name));
    if (found) return { ...found, isOfUser: names.has("acquire") && names.has("release") };
  }
  return undefined;
}

function takenBy(resolver: Resolver, ref: FunctionRef, hops: number): EnteredLock | undefined {
  const fn = functionOf(ref);
  const place = resolver.place(ref.file, enclosingType(ref.file, fn));
  if (fn.calls.some(({ callee }) => /\.(?:release|unlock|__a?exit__)$/.test(callee))) return undefined;
  for (const { callee, origin = callee } of fn.calls) {
    const [, object, within = "", method = ""] = /^(<[^<>]+>)((?:\.[\w]+)*)\.(\w+)$/.exec(origin) ?? [];
    if (object === undefined) continue;
    const taken = resolver.resolve(origin, place, 0, true);
    if (within !== "" && taken?.kind === "external" && isTaking(taken.entry, method)) {
      const lock = resolver.fieldKey(object + within, place);
      const owner = taken.symbol.slice(0, Math.max(0, taken.symbol.lastIndexOf(".")));
      if (lock) return { lock, within, known: resolver.lockOf(externalType(taken.module, owner, [])) };
    }
    const own = within === "" && taken?.kind === "function" && hops < maxHops ? taken.functions[0] : undefined;
    const found = own && takenBy(resolver, own, hops + 1);
    if (found) return found;
  }
  return undefined;
}

function isTaking(entry: CatalogEntry | undefined, method: string): boolean {
  return (
    (entry?.role === "acquire" && entry.mode !== "try" && entry.callback === undefined) || entering.includes(method)
  );
}
