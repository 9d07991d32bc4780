import { code } from "../../../base/markdown";
import type { CallSite } from "./callSites";
import { type FactsAsked, lastName, lineText, neighbours, type Option } from "./factsAsked";

/** What a call tells by its name alone, or what says nothing about the function. */
const telling =
  /(?:^|\.)(?:len|cap|append|make|new|delete|copy|clear|min|max|print\w*|str|int|float|bool|list|dict|set|tuple|isinstance|issubclass|super|type|repr|range|enumerate|string|byte|panic|require|Boolean|Number|String|Array|BigInt|Symbol|Error\w*|\w*Error|\w*Exception|Errorf|Wrapf?|(?:[lL]og|[wW]arn|[wW]arning|[iI]nfo|[dD]ebug|[eE]rror|[tT]race|[nN]otice)f?|Print\w*|Fatal\w*|R?Lock|R?Unlock|TryLock|lock|unlock|acquire|release|close|Close|Done|Error|toString|String|then|catch|finally|format|append|push|add|get|put)$|^(?:log|logger|logging|console|LOG|LOGGER|_LOGGER|errors|fmt|assert)\b|(?:\b|_)[lL]og(?:ger)?\./;

/** The calls that options can be made of: with a name that can be read, that stands for one call only. */
export function askableCalls({ sites, linked, text }: FactsAsked): CallSite[] {
  const counts = new Map<string, number>();
  for (const { callee } of sites) counts.set(callee, (counts.get(callee) ?? 0) + 1);
  return sites.filter(({ callee, index, isApart, start }) => {
    const { entry, external } = linked.links.calls[index] ?? {};
    const role = entry?.role;
    const isPlain = role !== "log" && role !== "error" && role !== "assertion" && role !== "exit";
    const isBuiltin = !callee.includes(".") && external !== undefined && /^builtins?$/.test(external.module);
    return (
      isPlain &&
      !isBuiltin &&
      !isApart &&
      isReadable(callee) &&
      isWritten(text, start, callee) &&
      counts.get(callee) === 1
    );
  });
}

/** Whether a callee stands in the text as it is told. Elements of a page are no calls to their reader. */
function isWritten(text: string, start: number, callee: string): boolean {
  const written = text.slice(start, start + 200).replace(/^(?:new|await)\s+/, "");
  const begin = callee.slice(0, callee.search(/[([]|$/));
  return written.startsWith(begin);
}

const readable = /^[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\(\)|\[\])?\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u;

function isReadable(callee: string): boolean {
  return readable.test(callee) && callee.length <= 58 && !telling.test(callee);
}

export function callOption(site: Pick<CallSite, "callee">, reason?: string): Option {
  return { text: code(site.callee), about: site.callee, ...(reason !== undefined && { reason }) };
}

export function callOptions(asked: FactsAsked, sites: readonly CallSite[], words: string): Option[] {
  return sites.map((site) => callOption(site, `${code(site.callee)}, ${lineText(asked, site.start)}, ${words}.`));
}

/** Calls of neighbouring functions that this one does not make, nor names. */
export function strangeCalls(asked: FactsAsked): Option[] {
  const { model, fn, facts, linked } = asked;
  const own = wordsOf(asked);
  const isKnown = (callee: string) => own.has(lastName(callee)) || !isReadable(callee);
  const options = new Map<string, Option>();
  for (const file of neighbours(model, facts.path).slice(0, maxFiles)) {
    file.functions.forEach((other, i) => {
      if (other.isTest || (file.path === facts.path && i === linked.index) || other.name === fn.name) return;
      let taken = 0;
      for (const { callee } of asked.random.shuffled(other.calls.filter(({ accesses }) => !accesses))) {
        if (taken >= maxOfOne || options.size >= maxStrange || isKnown(callee) || isElement(file.path, callee))
          continue;
        if (!options.has(callee)) taken++;
        options.set(callee, callOption({ callee }, `${code(callee)} is not called in it at all.`));
      }
    });
    if (options.size >= maxStrange) break;
  }
  return [...options.values()];
}

function isElement(path: string, callee: string): boolean {
  return /x$/.test(path) && /^\p{Lu}/u.test(callee);
}

const maxFiles = 4;
const maxStrange = 60;
/** What one function calls is much alike. */
const maxOfOne = 1;

/** Every word of the function's text: what is not among them it does not name. */
export function wordsOf({ text, fn }: FactsAsked): ReadonlySet<string> {
  return new Set(text.slice(fn.start, fn.end).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
}

export function isInside({ functions }: FactsAsked["facts"], index: number, outer: number): boolean {
  for (let next = functions[index]?.parent; next !== undefined; next = functions[next]?.parent)
    if (next === outer) return true;
  return false;
}
