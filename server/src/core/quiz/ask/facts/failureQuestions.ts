import { askableCalls, callOption, strangeCalls } from "./calls";
import { chooseOne, type FactsAsked, type FactsDraft, lineText, type Option } from "./factsAsked";
import { type Failure, failuresOf } from "./failures";

const outcomes: Record<Failure["seen"], { prompt: string; told: string }> = {
  passed: {
    prompt: "Which of these calls, when it fails, lets the caller of this function see that same failure, unchanged?",
    told: "its failure reaches the caller unchanged",
  },
  wrapped: {
    prompt: "Which of these calls, when it fails, gives the caller an error that has more words around the first?",
    told: "its error reaches the caller with words around it",
  },
  replaced: {
    prompt: "Which of these calls, when it fails, gives the caller another error that no longer holds the first?",
    told: "the caller gets another error, and the first is lost",
  },
  hidden: {
    prompt: "Which of these calls can fail without the caller of this function seeing a failure?",
    told: "the caller sees no failure",
  },
};

/** What a caller sees when a call fails. */
export function failureQuestions(asked: FactsAsked): FactsDraft[] {
  const failures = failuresOf(asked, askableCalls(asked));
  const strange = strangeCalls(asked);
  const seen = [...new Set(failures.map((failure) => failure.seen))];
  return asked.random.shuffled([
    ...seen.flatMap((kind) => {
      const [same, others] = [failures.filter((one) => one.seen === kind), failures.filter((one) => one.seen !== kind)];
      // Where nothing else happens to failures there is nothing to know.
      if (others.length === 0) return [];
      return chooseOne(asked, {
        prompt: outcomes[kind].prompt,
        right: same.map((failure) => told(asked, failure)),
        wrong: [others.map((failure) => told(asked, failure)), strange],
        why: ({ reason }) => reason ?? "",
      });
    }),
    ...collapsed(asked, failures).slice(0, 1),
  ]);
}

/** Two failures that a caller cannot tell apart. */
function collapsed(asked: FactsAsked, failures: readonly Failure[]): FactsDraft[] {
  return asked.random
    .shuffled(failures)
    .slice(0, maxTried)
    .flatMap((failure) => {
      const { looks } = failure;
      if (looks === undefined) return [];
      const alike = failures.filter((other) => other !== failure && other.looks === looks);
      const different = failures.filter((other) => other.looks !== looks);
      const name = callOption(failure.site).text;
      return chooseOne(asked, {
        prompt: `To the caller of this function, a failure of which other call looks the same as one of ${name}?`,
        right: alike.map((other) => told(asked, other)),
        wrong: [different.map((other) => told(asked, other))],
        why: ({ text }) => `${told(asked, failure).reason} After a failure of ${text} it gives back the same.`,
      });
    });
}

const maxTried = 20;

function told(asked: FactsAsked, { site, seen, at }: Failure): Option {
  const { text } = callOption(site);
  const reason = `When ${text}, ${lineText(asked, site.start)}, fails, ${outcomes[seen].told}: ${lineText(asked, at)} decides.`;
  return callOption(site, reason);
}
