import type { ChangeSubject, Check } from "../../check";
import { isPath } from "../../names";
import { readForms, sentenceForms } from "../form";
import { qualified } from "../qualified";
import { type Sentence, wordsOf } from "../tokens";
import { filesOfOrder } from "./alongside";
import { isOneFile, leavesOpen, RESTRICTS, withoutPlaceholders } from "./changed";

const STEPS = sentenceForms(
  [
    "{update} {part?} <also> <*tail>",
    "create|write|add {part?} <also> <*tail>",
    "register it? in|to|with {part?} <also> <*tail>",
    "add it|them|an|a entry? to|in {part?} <also> <*tail>",
    "add <+what> to|in {part?} <also> <*tail>",
    "add to|in root? {part?} <also> <*tail>",
    "document it in {part?} <also> <*tail>",
  ],
  ({ names, rest }) => ({ also: names.also, tail: [...(rest.what ?? []), ...(rest.tail ?? [])] }),
);

const CHANGING =
  /^(?:\d+[.)]\s+)?(?:(?:when|whenever|if|how to|to|steps? (?:to|for)|checklist for|after)\s+)?(?:you(?:'re| are)?\s+)?((?:add|chang|modify|introduc|remov|renam|updat|edit|delet)(?:ing|e)?\s(?:[\w/-]+\s){0,7}[\w/-]+)\W*$/i;

/** What "Adding a berth" asks for above "Update `docs/berths.md`": whether a berth is added is for a reader to see. */
export function stepUnder(title: string, step: Sentence): Check | undefined {
  const words = title.replace(/\s*\([^()]*\)/g, "").replace(/`/g, "");
  const [, added] = NEW.exec(words) ?? [];
  const change = CHANGING.exec(words)?.[1] ?? (added && `adding a new ${added}`);
  if (change === undefined || leavesOpen(step)) return undefined;
  const changed = [...title.matchAll(/`([^`]+)`/g)].flatMap(([, path = ""]) => (isPath(path) ? [path] : []));
  const when: ChangeSubject = changed.length > 0 ? { paths: changed } : { of: "code" };
  const also: ChangeSubject[] = addsTest(step) ? [{ of: "tests" }] : [];
  const found = filesOfOrder(step, (paths, verb) =>
    paths.every((path) => (REWRITES.has(verb) ? ANY_FILES.test(path) : isOneFile(path))),
  );
  for (const path of found ?? []) also.push({ paths: [path] });
  if (also.length === 0) return undefined;
  const check: Check = { form: "must-accompany", when, also };
  return changed.length > 0 ? check : qualified(check, change.toLowerCase());
}

/** "A new berth" */
const NEW = /^\W*(?:an? )?new ([a-z][\w-]*(?: [\w-]+){0,3})\W*$/i;

/** "Add a matching `<name>_test.go`" */
function addsTest([verb, ...rest]: Sentence): boolean {
  const [file] = rest.filter(({ kind }) => kind === "code");
  return (
    /^(?:add|create|write)$/.test(verb?.text ?? "") &&
    file !== undefined &&
    /[<{[]\w+[>}\]]/.test(file.text) &&
    /(?:[._-](?:test|spec)|Test)\.\w+$|^test_/.test(file.text)
  );
}

/** What is there already, so that a folder names it too. */
const REWRITES = new Set(["commit", "update", "regenerate", "sync"]);
const ANY_FILES = /^(?!\.\.|~|\/)[^<{[\s]*(?:\.\w+|\/)$/;
/** What is to be done when something is added at a path, in which `<name>` and `{name}` stand for any name. */
export function accompanyingStep(added: string, sentence: Sentence): Check | undefined {
  const read = readForms(STEPS, sentence);
  const paths = read?.also?.texts.map(withoutPlaceholders) ?? [];
  const when = withoutPlaceholders(added);
  const restricts = RESTRICTS.test(wordsOf(read?.tail));
  if (paths.length === 0 || restricts || ![when, ...paths].every(isPath)) return undefined;
  return {
    form: "must-accompany",
    when: { paths: [when], added: true },
    also: paths.map((path) => ({ paths: [path] })),
  };
}
