import { code } from "../../../base/markdown";
import { walkSteps } from "../../../model/walkSteps";
import { askableCalls, callOptions, strangeCalls } from "./calls";
import { chooseOne, type FactsAsked, type FactsDraft, lastName, lineText, neighbours, type Option } from "./factsAsked";

/** What it relies on, among what the functions beside it rely on. */
export function useQuestions(asked: FactsAsked): FactsDraft[] {
  const own = callOptions(asked, askableCalls(asked), "is made in it");
  const strange = strangeCalls(asked);
  const why = ({ reason }: Option) => reason ?? "";
  const drafts = [
    ...chooseOne(asked, { prompt: "Which of these calls is part of what it does?", right: own, wrong: [strange], why }),
    ...chooseOne(asked, {
      prompt: "Which of these calls is not part of what it does?",
      right: strange,
      wrong: [own],
      why,
    }),
  ];
  const isOwn = new Set(own.map(({ text }) => text));
  return drafts.map((draft) => ({
    ...draft,
    about: ["use"],
    secrets: draft.question.options.filter((option) => isOwn.has(option)),
  }));
}

/** Which errors it raises itself, among those that the functions beside it raise. */
export function raiseQuestions(asked: FactsAsked): FactsDraft[] {
  const own = new Map<string, number>();
  let isKnown = true;
  walkSteps(asked.fn.steps, (step) => {
    if (step.kind !== "throw") return;
    const name = step.value?.kind === "call" ? errorName(step.value.callee) : undefined;
    if (name === undefined) isKnown = false;
    else own.set(name, step.start);
  });
  if (!isKnown || own.size === 0) return [];
  const others = new Set<string>();
  for (const file of neighbours(asked.model, asked.facts.path)) {
    for (const { failures } of file.functions)
      for (const thrown of failures.throws) {
        const name = errorName(thrown.replace(/\(\)$/, ""));
        if (name !== undefined && !own.has(name)) others.add(name);
      }
    if (others.size > maxErrors) break;
  }
  const wrong: Option[] = [...others].map((name) => ({
    text: code(name),
    reason: `${code(name)} is not raised in it.`,
  }));
  return chooseOne(asked, {
    prompt: "Which of these errors does it raise itself?",
    right: [...own].map(([name, start]) => ({
      text: code(name),
      reason: `${code(name)} is raised in ${lineText(asked, start)}.`,
    })),
    wrong: [wrong],
    why: ({ reason }) => reason ?? "",
  });
}

const maxErrors = 20;

function errorName(callee: string): string | undefined {
  const name = lastName(callee);
  return /^\p{Lu}\w*(?:Error|Exception|Failure|Invalid\w*|Denied|NotFound|Unauthorized|Forbidden|Conflict)$/u.test(name)
    ? name
    : undefined;
}
