import { code } from "../../../base/markdown";
import type { LoopStep } from "../../../model/facts";
import { callConditions } from "../../../model/graph/callConditions";
import { type CallSite, isOnOneWay, isWholeLoop } from "./callSites";
import { askableCalls, callOption, callOptions, strangeCalls } from "./calls";
import { chooseOne, type FactsAsked, type FactsDraft, lineText } from "./factsAsked";

/** Which calls are made on every way, and which only where a condition says so. */
export function conditionQuestions(asked: FactsAsked): FactsDraft[] {
  const calls = askableCalls(asked).filter(({ inLoop, inDefer, inHandler }) => !inLoop && !inDefer && !inHandler);
  const always = calls.filter(({ made }) => made === "always");
  const sometimes = calls.filter(({ made }) => made === "sometimes");
  if (always.length === 0 || sometimes.length === 0) return [];
  const everyTime = callOptions(asked, always, "is made every time");
  const inSomeCases = callOptions(asked, sometimes, "is made only where a condition says so");
  const strange = strangeCalls(asked);
  const whyOf = ({ reason }: { reason?: string }) => reason ?? "";
  return asked.random.shuffled([
    ...chooseOne(asked, {
      prompt: "Which of these calls does it make every time, whatever its conditions say, as long as nothing fails?",
      right: everyTime,
      wrong: [inSomeCases, strange],
      why: whyOf,
    }),
    ...chooseOne(asked, {
      prompt: "Which of these calls does it make in some cases only, because a condition decides?",
      right: inSomeCases,
      wrong: [everyTime, strange],
      why: whyOf,
    }),
  ]);
}

/** What comes first on one way through it. */
export function orderQuestions(asked: FactsAsked): FactsDraft[] {
  const calls = askableCalls(asked).filter(({ way, inDefer, inHandler }) => way && !inDefer && !inHandler);
  const isLast = asked.random.below(2) === 0;
  const ordered = isLast ? calls.toReversed() : calls;
  return asked.random
    .shuffled(ordered.slice(0, -3))
    .slice(0, maxTried)
    .flatMap((at) => {
      const others = ordered.slice(ordered.indexOf(at) + 1).filter(({ way }) => isOnOneWay(at.way ?? [], way ?? []));
      if (others.length < 3 || !isOneWay(others)) return [];
      return chooseOne(asked, {
        prompt: `On a way through it that makes all four of these calls, which comes ${isLast ? "last" : "first"}?`,
        right: [callOption(at)],
        wrong: [callOptions(asked, others, isLast ? "comes before it" : "comes after it")],
        why: ({ text }) => `${text} is called in ${lineText(asked, at.start)}.`,
      }).map((draft) => ({ ...draft, about: ["order"] }));
    });
}

/** So many calls are tried as the first or last of four. */
const maxTried = 8;

function isOneWay(calls: readonly CallSite[]): boolean {
  return calls.every(({ way: a }, i) => calls.slice(i + 1).every(({ way: b }) => isOnOneWay(a ?? [], b ?? [])));
}

/** Which calls a loop multiplies. */
export function roundQuestions(asked: FactsAsked): FactsDraft[] {
  const conditions = callConditions(asked.model, asked.linked);
  const calls = askableCalls(asked).filter(({ inDefer, inHandler }) => !inDefer && !inHandler);
  const once = calls.filter(({ inLoop, made, way }) => !inLoop && (made !== "unknown" || way));
  const loops = new Set(calls.flatMap(({ loop }) => loop ?? []));
  return [...loops].flatMap((loop) => {
    const over = nameOfLoop(loop);
    const repeated = calls.filter(
      (site) => site.loop === loop && conditions[site.index]?.loops.length === 1 && !conditions[site.index]?.isPaced,
    );
    if (over === undefined || repeated.length === 0) return [];
    const place = lineText(asked, loop.start);
    const inLoop = callOptions(asked, repeated, `is made in every round of the loop in ${place}`);
    const outside = callOptions(asked, once, "stands outside every loop: it is made once at most");
    const strange = strangeCalls(asked);
    const given = `${code(over)} has 200 elements, and nothing fails.`;
    const whyOf = ({ reason }: { reason?: string }) => reason ?? "";
    const drafts = [
      ...chooseOne(asked, {
        prompt: `${given} Which of these calls is made 200 times?`,
        right: isWholeLoop(asked.fn, loop) ? inLoop : [],
        wrong: [outside, strange],
        why: whyOf,
      }),
      ...chooseOne(asked, {
        prompt: `${given} It comes to the loop over them. Which of these calls does the loop not repeat, though the function makes it?`,
        right: outside,
        wrong: [inLoop, strange],
        why: whyOf,
      }),
    ];
    return asked.random
      .shuffled(drafts)
      .slice(0, 1)
      .map((draft) => ({ ...draft, about: [...draft.about, over] }));
  });
}

/** What a loop goes over, where it has a name. */
export function nameOfLoop({ over }: LoopStep): string | undefined {
  return over?.kind === "path" && /^[\p{L}_$][\p{L}\p{N}_$.]*$/u.test(over.path) && over.path.length < 50
    ? over.path
    : undefined;
}
