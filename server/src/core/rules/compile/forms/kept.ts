import type { Check } from "../../check";
import { isPath } from "../../names";
import { qualified } from "../qualified";
import { type Sentence, sentenceText, wordsOf } from "../tokens";
import { isOneFile, leavesOpen, RESTRICTS } from "./changed";

/**
 * A file that is kept as another one is, in whatever words: "Keep the berths in `a.yml` aligned with the list in `b.yml`",
 * "the charts in `a.md`, which have to be kept up to date with `tides/`". What only words name a reader has to see.
 */
export function keptAlike(sentence: Sentence): Check | undefined {
  const words = sentence.map(({ kind, text }) => (kind === "code" ? "`" : text));
  const at = words.findIndex((_, i) => ALIKE.test(words.slice(i, i + 4).join(" ")));
  const end = words.indexOf("with", at) + 1;
  if (at < 1 || end < 1 || end === words.length) return undefined;
  const before = sentence.slice(0, at);
  const told = before.findLastIndex(
    ({ kind, text }) => kind === "word" && (text === "keep" || text === "which" || text === "that"),
  );
  const isOrder = before[told]?.text === "keep" && told < 2;
  const isTold = !isOrder && told > 0 && KEPT.test(wordsOf(before.slice(told + 1)));
  if (!(isOrder || isTold)) return undefined;
  const kept = isOrder ? before.slice(told + 1) : before.slice(0, told);
  const like = clauseOf(sentence.slice(end));
  if (leavesOpen(like) || RESTRICTS.test(wordsOf(isOrder ? kept : like))) return undefined;
  const also = filesIn(isOrder ? kept : kept.slice(-3));
  const when = filesIn(like);
  if (also.length !== 1 || when.length > 1 || (when.length === 0 && isOrder) || also[0] === when[0]) return undefined;
  const check: Check = {
    form: "must-accompany",
    when: when.length > 0 ? { paths: when } : { of: "code" },
    also: also.map((path) => ({ paths: [path] })),
  };
  // "the berths in `b.yml`": a part of it.
  const isWhole = when.length > 0 && like.every(({ kind, text }) => kind === "code" || text === "the");
  return isWhole ? check : qualified(check, `${sentenceText(like)} changes`);
}

const ALIKE = /^(?:in (?:sync|step|lockstep)|aligned|consistent|synchronized|synced|up to date|up-to-date) with\b/;
const KEPT = /^(?:needs? to|must|should|has to|have to) (?:always )?be kept$/;

function clauseOf(sentence: Sentence): Sentence {
  const end = sentence.findIndex(
    ({ kind, text }) => (kind === "mark" && text !== "/") || /^(?:so|because|since|to)$/.test(text),
  );
  return end < 0 ? sentence : sentence.slice(0, end);
}

function filesIn(sentence: Sentence): string[] {
  return sentence.flatMap(({ kind, text }) =>
    kind === "code" && isPath(text) && (isOneFile(text) || /\/$/.test(text)) ? [text] : [],
  );
}
