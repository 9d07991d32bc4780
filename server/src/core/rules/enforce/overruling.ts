import type { LanguageId } from "../../model/facts";
import { type CodeScope, qualifierOf } from "../check";
import { compileGlob } from "../glob";
import { pathPatternOf } from "../pathPattern";
import type { Rule } from "../rule";
import { contradict, habitsOf, type Wish } from "../wishes";

/** A file, as far as rules are loaded for it. */
export interface Ruled {
  path: string;
  language?: LanguageId;
}

/** Whether another rule, meant for fewer files, says something else of the same thing there. */
export type Overruling = (rule: Rule, file: Ruled) => boolean;

interface Habit {
  rule: Rule;
  wish: Wish;
  depth: number;
  ofLanguage: boolean;
  governs(file: Ruled): boolean;
}

/** More rules about one thing are not compared with each other. */
const maxSame = 50;

/** The instructions of a folder hold there against those of a folder above; so does what is said of one language. */
export function overrulingAmong(rules: readonly Rule[]): Overruling {
  const known = new Map<string, Habit[]>();
  const ofRule = new Map<Rule, Habit[]>();
  for (const rule of rules) {
    const habits = spokenBy(rule).map((wish) => habitOf(rule, wish));
    if (habits.length > 0) ofRule.set(rule, habits);
    for (const habit of habits) {
      const same = known.get(habit.wish.about) ?? [];
      if (same.length < maxSame) known.set(habit.wish.about, [...same, habit]);
    }
  }
  const against = new Map<Rule, Habit[][]>();
  for (const [rule, habits] of ofRule) {
    const others = habits.map((habit) =>
      (known.get(habit.wish.about) ?? []).filter(
        (other) => isNarrower(other, habit) && contradict(other.wish, habit.wish),
      ),
    );
    // A rule about several things still holds for the others of them.
    if (others.every((each) => each.length > 0)) against.set(rule, others);
  }
  return (rule, file) => against.get(rule)?.every((others) => others.some((other) => other.governs(file))) ?? false;
}

function isNarrower(one: Habit, other: Habit): boolean {
  return one.depth > other.depth || (one.depth === other.depth && one.ofLanguage && !other.ofLanguage);
}

function habitOf(rule: Rule, wish: Wish): Habit {
  const { languages, paths } = scopeOf(rule);
  const loaded = rule.scope.globs.map(compileGlob);
  const within = paths?.map((path) => pathPatternOf(path).matches);
  const isOfComponents = rule.enforcement === null && /\bcomponents?\b/i.test(rule.text);
  return {
    rule,
    wish,
    depth: Math.max(depthOf(rule.scope.globs), depthOf(paths ?? [])),
    ofLanguage: languages !== undefined,
    governs: ({ path, language }) =>
      (loaded.length === 0 || loaded.some((matches) => matches(path))) &&
      (!isOfComponents || /\.(?:[jt]sx|vue|svelte)$/.test(path)) &&
      (within === undefined || within.some((matches) => matches(path))) &&
      (languages === undefined || (language !== undefined && languages.includes(language))),
  };
}

function scopeOf({ enforcement }: Rule): CodeScope {
  return (enforcement && "scope" in enforcement && enforcement.scope) || {};
}

/** How many folders down the shallowest of them lies. */
function depthOf(patterns: readonly string[]): number {
  if (patterns.length === 0) return 0;
  return Math.min(...patterns.map((each) => /^(?:[^*?{}[\]/]+\/)*/.exec(each)?.[0].split("/").length ?? 1)) - 1;
}

/** What nobody could compile still says how files are called. */
function spokenBy({ enforcement, text }: Rule): Wish[] {
  if (enforcement) {
    if (qualifierOf(enforcement) !== undefined) return [];
    if (enforcement.form !== "naming" || !enforcement.subject.kind.endsWith("file")) return habitsOf(enforcement);
    const { prefix, suffix, subject } = enforcement;
    const affix = prefix ? `prefix ${prefix}` : suffix && `suffix ${suffix}`;
    const about = `affix ${subject.kind}`;
    return [...habitsOf(enforcement), ...(affix ? [{ about, value: affix, words: "names of files" }] : [])];
  }
  const style = /\bfile ?names?\b|\bnames? of files\b/i.test(text) ? styleWord.exec(text)?.[0] : undefined;
  if (style === undefined) return [];
  return habitsOf({ form: "naming", subject: { kind: "file" }, style: style as "camelCase" });
}

const styleWord = /\b(?:camelCase|PascalCase|snake_case|kebab-case)\b/;
