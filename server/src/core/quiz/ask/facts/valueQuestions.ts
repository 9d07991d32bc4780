import { code } from "../../../base/markdown";
import type { FunctionFacts } from "../../../model/facts";
import { memberName } from "../../../model/graph/effectText";
import { literalsOf } from "../../../model/literals";
import { isInside, wordsOf } from "./calls";
import { chooseOne, type FactsAsked, type FactsDraft, lineText, neighbours, type Option } from "./factsAsked";

/** Which values decide what it does, among those that decide in the functions beside it. */
export function decisionQuestions(asked: FactsAsked): FactsDraft[] {
  const { facts, fn, linked } = asked;
  const own = decisions(fn);
  const present = new Set<string>();
  const beside = new Set<string>();
  facts.functions.forEach((other, i) => {
    const isOwn = i === linked.index || isInside(facts, i, linked.index);
    if (isOwn) for (const { literal } of literalsOf(other)) present.add(textOf(literal));
    else if (!other.isTest) for (const value of decisions(other).keys()) beside.add(value);
  });
  return chooseOne(asked, {
    prompt: "Which of these values does it compare something with, so that it decides what happens?",
    right: [...own].map(([text, start]) => ({
      text: code(text),
      reason: `${code(text)} decides in ${lineText(asked, start)}.`,
    })),
    wrong: [
      [...beside]
        .filter((text) => !present.has(text))
        .map((text) => ({ text: code(text), reason: `${code(text)} is not in it.` })),
    ],
    why: ({ reason }) => reason ?? "",
  });
}

function decisions(fn: FunctionFacts): Map<string, number> {
  const found = new Map<string, number>();
  for (const { literal, role } of literalsOf(fn)) {
    if (role !== "decision" && role !== "case") continue;
    const isPlain = literal.type === "number" ? !/^(?:0|1|-1)$/.test(literal.text) : literal.type === "string";
    if (isPlain && literal.text.length > 0 && literal.text.length < 40 && !literal.text.includes("\n"))
      found.set(textOf(literal), literal.start);
  }
  return found;
}

function textOf({ type, text }: { type: string; text: string }): string {
  return type === "string" ? JSON.stringify(text) : text;
}

/** Which fields and variables outside it decide what it does. */
export function readQuestions(asked: FactsAsked): FactsDraft[] {
  const { model, summary, facts, linked } = asked;
  const fn = summary.functions[linked.index];
  const names = wordsOf(asked);
  const own = new Map<string, number>();
  linked.links.reads.forEach((key, i) => {
    const start = fn?.readStarts[i] ?? -1;
    const name = key ? memberName(key) : "";
    if (start >= 0 && isMember(name)) own.set(name, start);
  });
  // A type beside that of the function would be ruled out by its name.
  const owners = new Set([...own.keys()].map(ownerOf));
  const others = new Set<string>();
  for (const file of neighbours(model, facts.path).slice(0, maxFiles)) {
    for (const { name: type, fields } of file.types)
      for (const { name, embedded } of fields)
        if (!embedded && !name.startsWith("__") && owners.has(type) && !names.has(name) && isMember(`${type}.${name}`))
          others.add(`${type}.${name}`);
  }
  const strange = (name: string): Option => ({ text: code(name), reason: `${code(name)} is not used in it.` });
  return chooseOne(asked, {
    prompt: "Which of these values does it read itself, not through what it calls?",
    right: [...own]
      .filter(([name]) => [...others].some((other) => ownerOf(other) === ownerOf(name)))
      .map(([name, start]) => ({ text: code(name), reason: `${code(name)} is read in ${lineText(asked, start)}.` })),
    wrong: [[...others].map(strange)],
    why: ({ reason }) => reason ?? "",
  });
}

const maxFiles = 12;

function isMember(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*\.[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
}

function ownerOf(name: string): string {
  return name.slice(0, name.indexOf("."));
}
