import { code } from "../../base/markdown";
import type { CatalogEntry } from "../../catalog/catalog";
import type { LanguageId } from "../../model/facts";
import { callConditions } from "../../model/graph/callConditions";
import { callEffect } from "../../model/graph/effects";
import { graphFunction } from "../../model/graph/graphFunction";
import { type ReachedCall, runBy } from "../../model/graph/roundTrips";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

/** Something new that a call leads to. */
export interface Creation {
  kind: "row" | "message" | "work";
  /** What is made, as the rest of a sentence: Markdown. */
  text: string;
  /** The calls that lead there, the one that makes it last. */
  calls: readonly ReachedCall[];
}

/** Further away it is another story. */
const maxCalls = 5;
const maxVisits = 100;

/** The nearest thing that one run of a call makes; what is made in further loops belongs to them. */
export function nearestCreation(model: WorkspaceModel, linked: LinkedFunction, call: number): Creation | undefined {
  const own = ownCreation(model, linked, call);
  if (own) return own;
  const visited = new Set<string>();
  let front: { at: ReachedCall; before: readonly ReachedCall[] }[] = [{ at: { linked, call }, before: [] }];
  for (let depth = 1; depth < maxCalls && front.length > 0; depth++) {
    const next: typeof front = [];
    for (const { at, before } of front) {
      for (const id of runBy(model, at.linked, at.call)) {
        const callee = model.functions.get(id);
        const place = callee && functionAt(model, callee);
        if (!callee || !place || visited.has(id) || place.file.isTest || place.fn.isTest) continue;
        if (visited.add(id).size > maxVisits) return undefined;
        const conditions = callConditions(model, callee);
        for (let inside = 0; inside < conditions.length; inside++) {
          const known = conditions[inside];
          if (!known || known.loops.length > 0 || known.isSeldom) continue;
          const creation = ownCreation(model, callee, inside);
          const path = [...before, at];
          if (creation) return { ...creation, calls: [...path, ...creation.calls] };
          next.push({ at: { linked: callee, call: inside }, before: path });
        }
      }
    }
    front = next;
  }
  return undefined;
}

function ownCreation(model: WorkspaceModel, linked: LinkedFunction, call: number): Creation | undefined {
  const fn = graphFunction(model, linked);
  const site = fn.summary.calls[call];
  if (!site) return undefined;
  const calls = [{ linked, call }];
  const language = model.files.get(linked.path)?.language ?? "go";
  const { entry, external } = linked.links.calls[call] ?? {};
  const path = site.origin ?? site.callee;
  if (fn.spawned.has(call)) return { kind: "work", text: "starts 1 goroutine", calls };
  if (!entry || !external) return undefined;
  const name = external.symbol.slice(external.symbol.lastIndexOf(".") + 1);
  if (takesMany(name)) return undefined;
  if (entry.role === "spawn") {
    const started = startedBy(external.symbol, entry, language);
    return started === undefined ? undefined : { kind: "work", text: `starts 1 ${started}`, calls };
  }
  if (entry.role === "publish" || (entry.role === "network" && sendsMail.test(external.symbol)))
    return isFlush(name)
      ? undefined
      : { kind: "message", text: `sends 1 message (${code(shortName(external.symbol))})`, calls };
  if (entry.role !== "database") return undefined;
  const effect = callEffect({ ...fn, spawned: new Set() }, call);
  const detail = effect?.detail ?? "write";
  const table = /^insert (.+)$/.exec(detail)?.[1];
  if (table) return { kind: "row", text: `makes 1 INSERT on ${code(table)}`, calls };
  const isNew =
    /^(?:create|insert|insert_?one|add)$/i.test(name) ||
    (/^(?:save|add|persist|merge)$/.test(name) && savesNew(path, site.arguments));
  if (entry.access !== "write" || !isNew || (entry.query !== undefined && !/^create$/i.test(name))) return undefined;
  return { kind: "row", text: `makes 1 row (${code(writtenName(site.callee))})`, calls };
}

const sendsMail =
  /(?:mail|sms|push|notif)\w*\.?\w*send|send\w*(?:mail|message|sms|push|notif)|sendMail|SendMail|^Dialer\.DialAndSend/i;

function takesMany(name: string): boolean {
  return /bulk|batch|(?:save|insert|put|create|add|send|produce)_?(?:all|many|messages)|copyFrom|starmap|^map$/i.test(
    name,
  );
}

function isFlush(name: string): boolean {
  return /^(?:flush|poll|close|start|stop)$/i.test(name);
}

/** An object that has just been made. */
function savesNew(path: string, given: readonly string[]): boolean {
  const made = /^(?:[\w$]+\.)*[A-Z][\w$]*\(\)$/;
  return (
    made.test(given[0] ?? "") || /^(?:[\w$]+\.)*[A-Z][\w$]*\(\)\.\w+$/.test(path) || /^<[A-Z]\w*>$/.test(given[0] ?? "")
  );
}

/** What goes on by itself afterwards; pools and loops that do one thing after the other have a bound. */
function startedBy(symbol: string, { blocks }: CatalogEntry, language: LanguageId): string | undefined {
  if (language === "go") return /^(?:Group|WaitGroup)\.(?:Go|TryGo)$/.test(symbol) ? "goroutine" : undefined;
  if (/^(?:threading\.)?(?:Thread|Thread\.(?:startVirtualThread|Builder\.start))$|start_new_thread/.test(symbol))
    return "thread";
  if (symbol === "Process") return "process";
  return blocks === false && /create_task|ensure_future|start_soon|\bspawn\b|add_task/.test(symbol)
    ? "task"
    : undefined;
}

function shortName(symbol: string): string {
  return symbol.split(".").slice(-2).join(".");
}

function writtenName(callee: string): string {
  return callee
    .replace(/<[^<>]*>\.?/g, "")
    .split(".")
    .slice(-3)
    .join(".");
}
