import type { Check } from "../../check";
import { isPath } from "../../names";
import { qualified } from "../qualified";
import { type Sentence, wordsOf } from "../tokens";
import { RESTRICTS } from "./changed";

/**
 * Files that are changed together, wherever a rule names them: "`a.json` and its copy `b.json` are one list; keep them in
 * sync". "This file" is the rule's own.
 */
export function mirroredFiles(
  sentences: readonly Sentence[],
  { path, items = [], title = "" }: { path: string; items?: readonly Sentence[]; title?: string },
): Check | undefined {
  const at = sentences.findIndex((sentence) => TOGETHER.test(wordsOf(sentence)));
  const order = sentences[at];
  // What comes after a dash says why.
  const said = order && wordsOf(order).split(/ [—;:(] (?=(?!.* (?:in (?:sync|step|lockstep)|together)\b))/)[0];
  if (order === undefined || said === undefined || RESTRICTS.test(said.replace(EITHER, ""))) return undefined;
  // What follows a lead-in is a rule of its own.
  if (ONE_AND_OTHER.test(said) && (!namesTwoFiles(title) || order.some(({ text }) => text === ":"))) return undefined;
  const around = [...sentences.slice(0, at), order];
  const bumped = BUMPED.test(wordsOf(order));
  const listed = items.flatMap(([first]) => first ?? []);
  const named = [...around.flat(), ...listed].flatMap(({ kind, text }) =>
    kind === "code" && isPath(text) ? text : [],
  );
  const saysOwn = around.some((sentence) => /\bthis file\b/.test(wordsOf(sentence)));
  // "Whenever one changes, mirror the other" under "`a.md` and `b.md`"
  const above = ONE_AND_OTHER.test(said) ? filesIn(title) : [];
  const paths = [...new Set(above.length === 2 ? above : [...named, ...(saysOwn ? [path] : [])])];
  const most = listed.length > 0 || /\ball three\b/.test(wordsOf(order)) ? MOST_MIRRORED : 2;
  if (paths.length < 2 || paths.length > most) return undefined;
  const check: Check = { form: "must-accompany", when: { paths }, also: paths.map((each) => ({ paths: [each] })) };
  return bumped ? qualified(check, "what is bumped changes") : check;
}

function filesIn(title: string): string[] {
  return title.split(/[\s`,]+/).filter(isPath);
}

/** Whether a title is about a pair: "`a.md` and `b.md`". */
export function namesTwoFiles(title: string): boolean {
  return filesIn(title).length === 2;
}

const MOST_MIRRORED = 4;
const TOGETHER =
  /\bkeep (?:the two|both|them|these|those|all three)(?: files| copies)?(?: in (?:sync|step|lockstep)| synchroni[sz]ed| aligned| identical)\b|\b(?:must|should|are) (?:always )?(?:be )?(?:bumped|changed|updated|edited) together\b|\bupdates? both the\b|\bmirror the other\b/;
const ONE_AND_OTHER =
  /\b(?:when|whenever|if) (?:either|one)(?: of them)? changes , (?:mirror|update|change) the other\b/;
const BUMPED = /\bbumped together\b/;
/** "When editing either" is no condition. */
const EITHER =
  /\b(?:when|if|whenever) (?:you )?(?:edit|chang|updat|modif)\w* (?:either|one|any|them|it)\b.*$|\b(?:when|whenever|if) (?:either|one)(?: of them)? changes\b/;
