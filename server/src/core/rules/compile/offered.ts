import type { Check } from "../check";
import { constructOfCode } from "./constructs";
import type { Sentence } from "./tokens";

/**
 * The check without what its rule offers, where that is of the kind that it forbids: "No `@ts-ignore`; use
 * `@ts-expect-error` with a reason" is about the text of the former.
 */
export function withoutOffered(check: Check, said: readonly Sentence[]): Check | undefined {
  if (check.form !== "forbidden-construct") return check;
  const codes = said.flatMap((sentence) =>
    sentence.flatMap(({ kind, text }, i) => {
      const isOffered = USED.test(sentence[i - 1]?.text ?? "") && !NEVER.test(sentence[i - 2]?.text ?? "");
      return kind === "code" ? { text, kind: constructOfCode(text)?.kind, isOffered } : [];
    }),
  );
  const offered = codes.filter(({ isOffered }) => isOffered);
  const forbidden = codes.filter(({ text }) => !offered.some((other) => other.text === text));
  const isPart = (kind: string) =>
    offered.some((code) => code.kind === kind) && forbidden.some((code) => code.kind === kind);
  const constructs = check.constructs.filter((kind) => !isPart(kind));
  if (constructs.length === check.constructs.length) return check;
  if (constructs.length > 0) return { ...check, constructs };
  const texts = forbidden.flatMap(({ text, kind }) => (kind !== undefined && isPart(kind) ? text : []));
  const { instead, scope, qualifier } = check;
  return {
    form: "forbidden-text",
    texts,
    ...(instead && { instead }),
    ...(scope && { scope }),
    ...(qualifier && { qualifier }),
  };
}

const USED = /^(?:use|using|prefer)$/;
const NEVER = /^(?:not|never|to|avoid)$/;
