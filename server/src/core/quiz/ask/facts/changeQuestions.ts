import { code } from "../../../base/markdown";
import type { FileSummary } from "../../../model/fileSummary";
import { changeRadius } from "../../../model/graph/changeRadius";
import { memberName } from "../../../model/graph/effectText";
import { isScript } from "../../../model/scripts";
import { walkSteps } from "../../../model/walkSteps";
import { mentionsAnywhere } from "./callerQuestions";
import { wordsOf } from "./calls";
import { chooseOne, type FactsAsked, type FactsDraft, lastName, lineText, neighbours, pathText } from "./factsAsked";

interface Written {
  key: string;
  name: string;
  start: number;
}

/** What it changes outside itself, and who uses that. */
export function changeQuestions(asked: FactsAsked): FactsDraft[] {
  const written = writtenFields(asked);
  return [...fields(asked, written), ...users(asked, written)];
}

/** What surely outlives the call: fields of objects that it has not made itself, and variables of the file. */
function writtenFields({ summary, linked }: FactsAsked): Written[] {
  const fn = summary.functions[linked.index];
  return linked.links.writes.flatMap((key, i): Written[] => {
    const start = fn?.writeStarts[i] ?? -1;
    const name = memberName(key);
    return key && start >= 0 && isReadable(name) ? [{ key, name, start }] : [];
  });
}

function isReadable(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*\.[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
}

function fields(asked: FactsAsked, written: readonly Written[]): FactsDraft[] {
  if (written.length === 0 || setsUnnamed(asked)) return [];
  const words = wordsOf(asked);
  const others = otherFields(asked, written)
    .filter((name) => isReadable(name) && !words.has(lastName(name)))
    .map((name) => ({ text: code(name), reason: `Nothing in it gives ${code(name)} another value.` }));
  const owners = new Set(others.map(({ text }) => text.slice(0, text.indexOf("."))));
  return chooseOne(asked, {
    prompt: "Which of these does it change itself, not through what it calls?",
    right: written
      .filter(({ name }) => owners.has(code(name).slice(0, code(name).indexOf("."))))
      .map(({ name, start }) => ({
        text: code(name),
        reason: `${code(name)} is changed in ${lineText(asked, start)}.`,
      })),
    wrong: [others],
    why: ({ reason }) => reason ?? "",
  });
}

/** Whether it may set fields of an object that it does not name: the whole object, or each by its name at run time. */
function setsUnnamed({ fn }: FactsAsked): boolean {
  let isFound = false;
  walkSteps(fn.steps, (step) => {
    if (
      step.kind === "write" &&
      /^(?:this|self|[\p{L}_]\w*)$/u.test(step.path) &&
      step.path === (fn.receiver?.name ?? "this")
    )
      isFound = true;
    if (
      step.kind === "call" &&
      /(?:^|\.)(?:assign\w*|setattr|update|extend|merge\w*|copy\w*)$|__dict__/.test(step.callee)
    )
      isFound = true;
  });
  return isFound;
}

/** Fields of the types that it changes: a type beside them would be ruled out by its name. */
function otherFields({ model, facts }: FactsAsked, written: readonly Written[]): string[] {
  const owners = new Set(written.map(({ name }) => name.slice(0, name.indexOf("."))));
  const found = new Set<string>();
  for (const file of neighbours(model, facts.path)) {
    for (const { name: type, fields } of file.types)
      for (const { name, embedded } of fields)
        if (owners.has(type) && !embedded && !name.startsWith("__")) found.add(`${type}.${name}`);
    if (found.size > maxFields) break;
  }
  return [...found];
}

const maxFields = 200;

/** Who else uses what it changes. An object in TypeScript may have a field without saying so: there it is not known. */
function users(asked: FactsAsked, written: readonly Written[]): FactsDraft[] {
  const { model, facts, linked } = asked;
  if (written.length === 0 || isScript(facts.language)) return [];
  const byKey = new Map(written.map((one) => [one.key, one]));
  return asked.random.shuffled(changeRadius(model, linked).fields).flatMap(({ field, paths }) => {
    const known = byKey.get(field);
    const right = paths.filter((path) => model.files.get(path)?.isTest === false);
    const name = lastName(field);
    if (!known || right.length === 0 || name.length < 3) return [];
    const around = [facts.path, ...right.slice(0, 5)].flatMap((path) => neighbours(model, path));
    const wrong = [...new Set(around)]
      .filter((file) => file.path !== facts.path && !paths.includes(file.path))
      .filter((file) => !mentionsAnywhere(file, name) && !knowsOwner(model, file, field))
      .map(({ path }) => ({
        text: code(pathText(path)),
        reason: `Nothing in ${code(pathText(path))} uses ${code(known.name)}.`,
      }));
    return chooseOne(asked, {
      prompt: `It changes ${code(known.name)}. Which of these files uses that too, and has to follow when it comes to mean something else?`,
      right: right.map((path) => ({ text: code(pathText(path)) })),
      wrong: [wrong],
      why: ({ text }) => `${code(known.name)} is changed in ${lineText(asked, known.start)}, and ${text} uses it.`,
    }).map((draft) => ({ ...draft, about: [known.name, "users"] }));
  });
}

/** Whether a file may make objects of the type that has a field: then it may set the field without naming it as one. */
function knowsOwner(model: FactsAsked["model"], file: FileSummary, field: string): boolean {
  const owner = field.slice(0, field.lastIndexOf("."));
  const [typeName, module] = [lastName(owner), owner.slice(0, owner.lastIndexOf("."))];
  const last = (path: string) => /[^./:]+$/.exec(path)?.[0] ?? "";
  return (
    model.modules.get(file.path) === module ||
    file.imports.some(
      ({ module: from, member }) =>
        member === typeName ||
        member === "*" ||
        last(from) === last(module) ||
        last(from) === typeName ||
        member === last(module),
    )
  );
}
