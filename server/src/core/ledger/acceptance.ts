import type { FunctionId } from "../model/link/links";
import { isSamePerson, type Person, type SignOff } from "../model/signOff";
import type { ExplainedEntry, PeerAcceptedEntry, PeerAskedEntry } from "./entry";
import type { LedgerLine } from "./ledgerFile";
import type { Ledger } from "./signOffs";

/** An explanation that nobody but its author has judged. */
export interface WaitingExplanation {
  /** The function as it is called today. */
  function: FunctionId;
  line: LedgerLine<ExplainedEntry>;
  /** What colleagues have asked so far, oldest first. */
  asked: readonly { by: Person; text: string }[];
  /** Whether the one who asks may judge it: not one's own. */
  isMine: boolean;
}

/**
 * Explanations of functions as they are that wait for a colleague, oldest first. Of one person and function the newest
 * counts, and one that a model has read, or that was rebuilt from, does not wait.
 *
 * @param me who asks; whoever has no name can list and not judge
 */
export function waitingExplanations(
  ledger: Ledger,
  signOffs: ReadonlyMap<FunctionId, SignOff>,
  me: Person | undefined,
): WaitingExplanation[] {
  const functions = new Map<string, FunctionId>();
  for (const [id, { state, symbol, shapeHash }] of signOffs)
    if (state === "explained" || state === "explained-with-looks") functions.set(`${shapeHash} ${symbol}`, id);
  const newest = new Map<string, WaitingExplanation>();
  for (const line of ledger.lines) {
    const { entry } = line;
    if (entry.kind !== "explained" || entry.graded !== "questions") continue;
    const id = functions.get(`${entry.shapeHash} ${entry.symbol}`);
    if (id === undefined) continue;
    const asked = ledger
      .answersTo(line)
      .flatMap(({ entry: answer }) => (answer.kind === "peer-asked" ? [{ by: answer.who, text: answer.text }] : []));
    const isMine = me !== undefined && isSamePerson(entry.who, me);
    newest.set(`${id}\n${entry.who.email.toLowerCase()}`, { function: id, line: { ...line, entry }, asked, isMine });
  }
  return [...newest.values()];
}

/** A colleague's answer to an explanation, or why it cannot be given. */
export type Answer = { entry: PeerAcceptedEntry | PeerAskedEntry } | { refused: string };

/**
 * Accepts an explanation, or asks for more.
 *
 * @param question what the colleague wants to know; accepts when absent
 * @param when ISO 8601, UTC
 */
export function answerTo(line: LedgerLine, who: Person, when: string, question?: string): Answer {
  const { entry } = line;
  if (entry.kind !== "explained") return { refused: "There is no explanation here." };
  if (isSamePerson(entry.who, who)) {
    return { refused: `${entry.who.name} has written this explanation: a colleague must judge it.` };
  }
  const { symbol, shapeHash } = entry;
  const about = { who, when, symbol, shapeHash, entry: line.hash };
  if (question === undefined) return { entry: { kind: "peer-accepted", ...about } };
  if (question.trim() === "") return { refused: "Say what you want to know." };
  return { entry: { kind: "peer-asked", ...about, text: question } };
}
