import { code } from "../base/markdown";
import type { Check, Layout, Naming } from "./check";

/** What a rule wants of something that another rule may want otherwise. */
export interface Wish {
  /** Two wishes are of the same thing when this is the same. */
  about: string;
  /** Words, the more exact ones last: `spaces`, `spaces 4`. */
  value: string;
  /** What it is about, for people. */
  words: string;
}

/** Whether two wishes of the same thing cannot both be met; a less exact one does not contradict. */
export function contradict(one: Wish, other: Wish): boolean {
  const words = other.value.split(" ");
  return one.value.split(" ").some((word, i) => words[i] !== undefined && words[i] !== word);
}

/** How the code is written: of these, a team may have another habit in another folder. */
export function habitsOf(check: Check): Wish[] {
  switch (check.form) {
    case "size-limit":
      return [{ about: `size ${check.of}`, value: String(check.max), words: `the size of a ${check.of}` }];
    case "naming":
      return namesOf(check);
    case "layout":
      return layoutOf(check);
    case "forbidden-command": {
      const [manager, ...others] = check.instead ?? [];
      const isOfManagers = check.commands.every((each) => packageManager.test(each));
      if (!isOfManagers || manager === undefined || others.length > 0 || !packageManager.test(manager)) return [];
      return [{ about: "package manager", value: manager, words: "the package manager" }];
    }
    default:
      return [];
  }
}

const packageManager = /^(?:npm|pnpm|yarn|bun|pip|uv|poetry|pipenv|pdm)$/;

function namesOf({ subject, style, paths }: Naming): Wish[] {
  if (!style) return [];
  return [{ about: JSON.stringify(["names", subject, paths]), value: style, words: `names of ${subject.kind}s` }];
}

function layoutOf({ maxLine, indent, width, quotes, semicolons }: Layout): Wish[] {
  const wishes: Wish[] = [];
  if (maxLine !== undefined) wishes.push({ about: "line", value: String(maxLine), words: "the length of lines" });
  if (indent) wishes.push({ about: "indentation", value: `${indent} ${width ?? ""}`.trim(), words: "indentation" });
  if (quotes) wishes.push({ about: "quotes", value: quotes, words: "quotes" });
  if (semicolons) wishes.push({ about: "semicolons", value: semicolons, words: "semicolons" });
  return wishes;
}

/** All that one rule may want otherwise than another one. */
export function wishesOf(check: Check): Wish[] {
  switch (check.form) {
    case "forbidden-call":
    case "forbidden-import":
    case "forbidden-name": {
      // What is forbidden only somewhere may be demanded elsewhere.
      if (check.inside || check.scope) return [];
      const use = (name: string, value: string): Wish => ({ about: `use ${name}`, value, words: code(name) });
      return [
        ...check.names.map((name) => use(name, "never")),
        ...(check.instead ?? []).map((name) => use(name, "use")),
      ];
    }
    case "invariant":
      return check.bound ? [] : [{ about: `value ${check.name}`, value: check.value, words: code(check.name) }];
    default: {
      const scope = "scope" in check ? JSON.stringify(check.scope) : undefined;
      return habitsOf(check).map((habit) => ({ ...habit, about: `${habit.about} ${scope ?? ""}` }));
    }
  }
}
