import { code } from "../../../base/markdown";
import type { Random } from "../../../base/random";
import { lineAt } from "../../../base/text";
import type { FileFacts, FunctionFacts } from "../../../model/facts";
import type { FileSummary, FunctionSummary } from "../../../model/fileSummary";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import { balanced, shared } from "../../balance";
import type { Question } from "../../question";
import { optionCount, withAnswer } from "../asked";
import type { CallSite } from "./callSites";

export interface FactsInput {
  model: WorkspaceModel;
  summary: FileSummary;
  /** The same file with its steps. */
  facts: FileFacts;
  /** Its text. */
  text: string;
  /** Index in `facts.functions`. */
  index: number;
}

/** What questions by facts about one function are made of. */
export interface FactsAsked extends Omit<FactsInput, "index"> {
  fn: FunctionFacts;
  linked: LinkedFunction;
  sites: readonly CallSite[];
  random: Random;
}

/** A question, and what it says or gives away: no two questions of a quiz may share it. */
export interface FactsDraft {
  question: Omit<Question, "id">;
  about: readonly string[];
  /** Options that no other question may show, since it would say what they are. */
  secrets?: readonly string[];
}

export interface Choice {
  prompt: string;
  /** One of them becomes the answer. Markdown. */
  right: readonly Option[];
  /** Groups of wrong options: those of a later group are taken where the earlier ones are too few. */
  wrong: readonly (readonly Option[])[];
  /** The rest of the explanation, given the answer. */
  why(answer: Option): string;
}

/** What can be chosen. Options of the same text are the same. */
export interface Option {
  text: string;
  /** Why it is right or wrong, as a sentence. */
  reason?: string;
  /** What the question gives away when this is the answer. */
  about?: string;
}

/** So many wrong options are looked at, so that there is a choice among them. */
const poolSize = 12;

/** Makes a question where there are enough wrong options; none where the answer would show by its form. */
export function chooseOne(asked: FactsAsked, choice: Choice): FactsDraft[] {
  const { random } = asked;
  const shown = signatureText(asked);
  const wrong = wrongOptions(asked, choice, shown);
  if (wrong.size < optionCount - 1) return [];
  for (const answer of random.shuffled(choice.right).slice(0, maxAnswers)) {
    const others = balanced(answer.text, [...wrong.keys()], shown, {
      count: optionCount - 1,
      random,
      parts: partsOf,
      only: "like the question",
    });
    if (others.length < optionCount - 1) continue;
    const reasons = others.flatMap((text) => wrong.get(text)?.reason ?? []).map((reason) => `- ${reason}`);
    const why = [choice.why(answer), ...(reasons.length > 0 ? [reasons.join("\n")] : [])].join("\n\n");
    const question = { kind: "facts" as const, prompt: choice.prompt, ...withAnswer(random, answer.text, others), why };
    return [{ question, about: [answer.about ?? answer.text] }];
  }
  return [];
}

/** Some of the first group, then those most like what is known without reading, so that likeness tells nothing. */
function wrongOptions({ random }: FactsAsked, { right, wrong }: Choice, shown: string): Map<string, Option> {
  const rightTexts = new Set(right.map(({ text }) => text));
  const groups = wrong.map((group) => random.shuffled(group.filter(({ text }) => !rightTexts.has(text))));
  const first = (groups[0] ?? []).slice(0, fromFirstGroup);
  const rest = [...(groups[0] ?? []).slice(fromFirstGroup), ...groups.slice(1).flat()].slice(0, maxLooked);
  const ofShown = partsOf(shown);
  const likeness = ({ text }: Option) => shared(partsOf(text), ofShown);
  const alike = rest.toSorted((a, b) => likeness(b) - likeness(a)).slice(0, likeShown);
  const pool = new Map<string, Option>();
  for (const option of [...first, ...alike, ...rest])
    if (pool.size < poolSize) pool.set(option.text, pool.get(option.text) ?? option);
  return pool;
}

const fromFirstGroup = 6;
const likeShown = 3;
const maxLooked = 200;
const maxAnswers = 2;

/** `berth`, `of`, `ship` of `berthOf(ship)`: what names have in common. */
function partsOf(text: string): Set<string> {
  const parts = text.match(/\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+(?!\p{Ll})/gu) ?? [];
  return new Set(parts.map((part) => part.toLowerCase()));
}

/** What somebody knows who has not read the function. */
function signatureText({ facts, fn }: FactsAsked): string {
  const parameters = fn.parameters.map(({ name, type }) => `${name} ${type ?? ""}`);
  return `${facts.path} ${fn.symbol} ${parameters.join(" ")} ${fn.results.join(" ")}`;
}

/** `harbour/berth.go:12` for an offset in a file. */
export function placeText({ path, lineStarts }: Pick<FileFacts, "path" | "lineStarts">, offset: number): string {
  return `${pathText(path)}:${1 + lineAt(lineStarts, offset)}`;
}

/** A path as text of a sentence; the end says more than the beginning. */
export function pathText(path: string): string {
  const plain = path.replace(/[^\p{L}\p{N}_./@+-]/gu, "_");
  return plain.length > 56 ? `…${plain.slice(-55)}` : plain;
}

/** Where the function itself does something. */
export function lineText({ facts }: FactsAsked, offset: number): string {
  return `line ${1 + lineAt(facts.lineStarts, offset)} (${placeText(facts, offset)})`;
}

/** A function with the place of its declaration. */
export function declaredAt(model: WorkspaceModel, linked: LinkedFunction): string {
  const place = functionAt(model, linked);
  if (!place) return code(linked.id.slice(linked.id.indexOf("#") + 1));
  return `${code(place.fn.symbol)} (${placeText(place.file, place.fn.nameSpan.start)})`;
}

/** Whether a function can stand for itself in an option: it has a name and is no test. */
export function isNamed(file: FileSummary, { name, symbol, isTest }: FunctionSummary): boolean {
  return name !== "" && !symbol.includes("<anonymous>") && !isTest && !file.isTest && !file.leftOut;
}

/** `save` of `this.repo.save`. */
export function lastName(path: string): string {
  return /([\p{L}_$][\p{L}\p{N}_$]*)[^\p{L}\p{N}_$]*$/u.exec(path)?.[1] ?? "";
}

/** Files of the same folder and language, its own first. */
export function neighbours(model: WorkspaceModel, path: string): FileSummary[] {
  const own = model.files.get(path);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const found: FileSummary[] = own ? [own] : [];
  for (const [other, file] of model.files) {
    const isBeside = other !== path && other.startsWith(folder) && !other.slice(folder.length).includes("/");
    if (isBeside && file.language === own?.language && !file.isTest && !file.leftOut) found.push(file);
    if (found.length >= maxNeighbours) break;
  }
  return found;
}

const maxNeighbours = 40;
