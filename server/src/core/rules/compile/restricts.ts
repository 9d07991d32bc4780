import type { Sentence } from "./tokens";

/** Whether a clause takes back part of what was said before it, or says when it holds. */
export function restricts(clause: Sentence): boolean {
  return clause.some(({ kind, text }) => kind === "word" && RESTRICTING.has(text));
}

const RESTRICTING = new Set("unless except only but not if when where while until without".split(" "));
