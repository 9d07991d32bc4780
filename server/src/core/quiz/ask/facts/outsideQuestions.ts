import { code } from "../../../base/markdown";
import type { EffectKind } from "../../../model/graph/functionEffects";
import { effectsOfCall } from "../../../model/graph/graphFunction";
import { effectSteps } from "../../../model/graph/witness";
import type { FunctionId } from "../../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import type { CallSite } from "./callSites";
import { askableCalls, callOption, strangeCalls } from "./calls";
import { chooseOne, type FactsAsked, type FactsDraft, lineText, type Option, pathText } from "./factsAsked";

const outside: Partial<Record<EffectKind, string>> = {
  database: "goes to the database",
  network: "goes over the network",
  file: "reads or writes files",
  process: "starts another program",
};

/** Which of its calls goes outside, itself or through what it calls. */
export function outsideQuestions(asked: FactsAsked): FactsDraft[] {
  const calls = askableCalls(asked);
  const kinds = Object.keys(outside) as EffectKind[];
  const inside = calls.filter((site) => isSurelyInside(asked.model, asked.linked, site.index));
  if (inside.length === 0) return [];
  const strange = strangeCalls(asked);
  return asked.random.shuffled(kinds).flatMap((kind) => {
    const words = outside[kind] as string;
    const right = calls.flatMap((site) => wayOut(asked, site, kind) ?? []);
    // What goes out itself says so by its name.
    const through = right.filter(({ isDirect }) => !isDirect);
    return chooseOne(asked, {
      prompt: `Which of these calls ${words}, through what it calls?`,
      right: through,
      wrong: [inside.map((site) => callOption(site, `${code(site.callee)} stays inside the program.`)), strange],
      why: ({ reason }) => reason ?? "",
    });
  });
}

function wayOut(asked: FactsAsked, site: CallSite, kind: EffectKind): (Option & { isDirect: boolean }) | undefined {
  const { model, linked } = asked;
  if ((linked.links.calls[site.index]?.functions.length ?? 0) > 1) return undefined;
  const effect = effectsOfCall(model, linked, site.index).find((one) => one.kind === kind);
  if (!effect) return undefined;
  const steps = effectSteps(model, linked, effect).map(
    ({ path, range, message }) => `${message} (${pathText(path)}:${range.start.line + 1})`,
  );
  const reason = `${code(site.callee)} in ${lineText(asked, site.start)} ${outside[kind]}: ${steps.join(" → ")}.`;
  return { ...callOption(site, reason), isDirect: effect.distance === 0 };
}

const maxLooked = 60;

/** Whether everything that a call runs is known, and none of it goes anywhere. */
export function isSurelyInside(model: WorkspaceModel, linked: LinkedFunction, call: number): boolean {
  const target = linked.links.calls[call];
  if (target?.functions.length !== 1 || target.dynamic || linked.links.handedOver.has(call)) return false;
  const found = new Set<FunctionId>(target.functions);
  for (const id of found) {
    const callee = model.functions.get(id);
    const fn = callee && functionAt(model, callee)?.fn;
    if (
      !callee ||
      !fn ||
      fn.damaged ||
      found.size > maxLooked ||
      fn.decorators.length > 0 ||
      fn.modifiers.includes("abstract")
    )
      return false;
    if (callee.effects.effects.some(({ kind }) => outside[kind] !== undefined || kind === "spawn")) return false;
    for (const { functions, external, entry, dynamic } of callee.links.calls) {
      if (functions.length === 0 && !(external && (entry !== undefined || isHarmless(external.module)))) return false;
      if (functions.length > 1 || dynamic) return false;
    }
    for (const edge of callee.edges) found.add(edge.callee);
  }
  return true;
}

/** Whether a call leaves the workspace for something that only calculates, or tells what is going on. */
export function isHarmlessCall({ links }: LinkedFunction, call: number): boolean {
  const { functions, external, entry } = links.calls[call] ?? {};
  if (functions?.length !== 0 || !external || links.handedOver.has(call)) return false;
  return entry?.role === "log" || (entry?.role === undefined && isHarmless(external.module));
}

/** Modules of the languages' own libraries that only calculate. */
function isHarmless(module: string): boolean {
  return /^(?:builtins?|strings|strconv|sort|slices|maps|bytes|unicode|math|errors|fmt|regexp|time|sync|sync\/atomic|encoding\/\w+|path|url|net\/url|java\.(?:lang|util)(?:\..*)?|re|json|itertools|functools|collections|datetime|copy|typing|dataclasses|enum|lodash|date-fns)$/.test(
    module,
  );
}
