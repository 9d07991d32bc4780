import type { CallSummary } from "../../../model/fileSummary";
import type { EffectKind } from "../../../model/graph/functionEffects";
import type { CallTarget } from "../../../model/link/links";
import { blockingKinds } from "../blockedOperations";

/** What takes long by itself; how long a channel does is up to who is at its other end. */
export const takesLong: ReadonlySet<EffectKind> = new Set(blockingKinds.filter((kind) => kind !== "channel"));

/** What may take as long as others like. */
export const othersAnswer: ReadonlySet<EffectKind> = new Set(["database", "network", "process"]);

/** Whether a module is one of another library; of those that come with Go and Java the catalog knows what is slow. */
export function isForeign({ module }: { module: string }): boolean {
  return /^[^/]*\.[^/]*\//.test(module) || /^(?!javax?\.)[a-z]\w*\.\w+\./.test(module);
}

/** Whether it is known where a call leads. A plain name is built in or a type. */
export function isKnownCall({ functions, external }: CallTarget, call: CallSummary | undefined): boolean {
  if (external) return !isForeign(external);
  return functions.length > 0 || (call?.origin === undefined && /^[\w$]+$/.test(call?.callee ?? ""));
}
