import { namesAt } from "./pattern";
import type { Sentence, Token } from "./tokens";

/**
 * The ban with what it points back to: "`Gauge` is slow. Never import it in `quay/`" as "never import `Gauge` in `quay/`",
 * also behind a dash or semicolon. `undefined` where that is not the one thing spoken of.
 */
export function withAntecedent(sentence: Sentence, before: Sentence | undefined): Sentence | undefined {
  const at = sentence.findIndex((_, i) => pointsBack(sentence, i));
  if (at < 0) return undefined;
  const lastOf = (words: ReadonlySet<string>) =>
    sentence.findLastIndex(({ kind, text }, i) => i < at && kind === "word" && words.has(text));
  const isWanted = lastOf(BANS) < 0;
  const ban = lastOf(isWanted ? WANTS : BANS);
  const from = sentence[ban - 1]?.text === "do" ? ban - 1 : ban;
  if (ban < 0 || at - ban > FARTHEST || sentence.slice(ban, at).some(({ kind }) => kind !== "word")) return undefined;
  const mark = sentence[from - 1];
  const opening =
    from === 0 ? before : mark?.kind === "mark" && BREAKS.has(mark.text) ? sentence.slice(0, from - 1) : undefined;
  const names = opening && spokenOf(opening, isWanted);
  if (names === undefined) return undefined;
  const noun = sentence[at]?.text === "it" || sentence[at]?.text === "them" ? [] : sentence.slice(at + 1, at + 2);
  return [...sentence.slice(from, at), ...names, ...noun, ...sentence.slice(at + 1 + noun.length)];
}

const BANS = new Set(["never", "not", "avoid"]);
const WANTS = new Set(["use"]);
const BREAKS = new Set([";", "—", ":"]);
const FARTHEST = 4;

function pointsBack(sentence: Sentence, at: number): boolean {
  const [token, next] = [sentence[at], sentence[at + 1]];
  if (token?.kind !== "word") return false;
  if (token.text === "it" || token.text === "them") return true;
  return /^(?:this|these|those|such)$/.test(token.text) && next?.kind === "word" && NOUN.test(next.text);
}

const NOUN =
  /^(?:files?|functions?|methods?|classes|class|modules?|packages?|folders?|director(?:y|ies)|commands?|scripts?|hooks?|types?|helpers?|components?)$/;

/** The names that a statement begins with, if it names nothing else: "the `Gauge` class is slow". */
function spokenOf(statement: Sentence, isWanted: boolean): readonly Token[] | undefined {
  const names = namesAt(statement, 0);
  if (names === undefined) return undefined;
  const verb = statement[names.end];
  // "`@/` leads to `src/`. Use it instead of ...": of what is good only the one that is spoken of can be meant.
  const isOnly = isWanted || !statement.slice(names.end).some(({ kind }) => kind === "code");
  const tells = verb?.kind === "word" && (IS.test(verb.text) || (isWanted && /[^s]s$/.test(verb.text)));
  return isOnly && tells ? statement.slice(0, names.end) : undefined;
}

const IS =
  /^(?:is|are|was|were|has|have|holds|contains|belongs|belong|exists|exist|only|stays|stay|comes|works|breaks|blocks|leaks|lives|live)$/;
