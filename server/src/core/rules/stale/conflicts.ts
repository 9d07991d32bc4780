import { code } from "../../base/markdown";
import { isSameData } from "../../base/sameData";
import type { WitnessStep } from "../../model/finding";
import { qualifierOf } from "../check";
import { instructionPlaceOf } from "../instructionPlace";
import type { Rule } from "../rule";
import { contradict, type Wish, wishesOf } from "../wishes";
import { lineOf, type StaleFinding } from "./staleFinding";

const leastWords = 6;

/** Pairs of rules that want opposite things of the same code, told at the later one. */
export function contradictions(rules: readonly Rule[]): StaleFinding[] {
  const wishes = new Map<string, { rule: Rule; wish: Wish }[]>();
  const found: StaleFinding[] = [];
  for (const rule of rules) {
    if (!rule.enforcement || qualifierOf(rule.enforcement) !== undefined) continue;
    for (const wish of wishesOf(rule.enforcement)) {
      const { about, words } = wish;
      const others = wishes.get(about) ?? [];
      const against = others.find(
        (other) => contradict(other.wish, wish) && mayMeet(other.rule, rule) && other.rule !== rule,
      );
      if (against) found.push(between(rule, against.rule, `Contradicts another rule about ${words}.`, "contradiction"));
      if (others.length < maxSame) wishes.set(about, [...others, { rule, wish }]);
    }
  }
  return found;
}

/** More rules about one thing are not compared with each other. */
const maxSame = 50;

/** Both are loaded for the same files. A rule for some files may well say another thing than one for all. */
function mayMeet(one: Rule, other: Rule): boolean {
  return isSameData(one.scope.globs, other.scope.globs);
}

/** Rules of several words that say the same in two files of one agent, told at the later one. */
export function duplicates(rules: readonly Rule[]): StaleFinding[] {
  const first = new Map<string, Rule>();
  return rules.flatMap((rule): StaleFinding[] => {
    const words = rule.text.toLowerCase().match(/[\p{L}\p{N}_./-]+/gu) ?? [];
    if (words.length < leastWords) return [];
    const key = `${instructionPlaceOf(rule.source.path)?.kind} ${rule.polarity} ${words.join(" ")}`;
    const known = first.get(key);
    if (!known) {
      first.set(key, rule);
      return [];
    }
    const isElsewhere = known.source.path !== rule.source.path;
    const isCovered = known.scope.globs.length === 0 || isSameData(known.scope.globs, rule.scope.globs);
    if (!isElsewhere || !isCovered) return [];
    return [
      between(rule, known, `Says the same as ${code(known.source.path)}, which holds here as well.`, "duplicate"),
    ];
  });
}

function between(rule: Rule, other: Rule, message: string, kind: StaleFinding["kind"]): StaleFinding {
  const step: WitnessStep = { path: other.source.path, range: lineOf(other), message: other.text.slice(0, 200) };
  return { kind, rule, path: rule.source.path, range: lineOf(rule), message, steps: [step] };
}
