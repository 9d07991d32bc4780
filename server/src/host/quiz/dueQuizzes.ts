import { type Cancellation, neverCancelled } from "../../core/base/cancellation";
import { groupBy } from "../../core/base/groupBy";
import type { SignedFunction } from "../../core/ledger/entry";
import { isSamePerson } from "../../core/model/signOff";
import { linkedFunction, signOffOf } from "../../core/model/workspaceModel";
import { type Repetition, repetitionOf } from "../../core/quiz/repetition";
import { requireIdentity } from "../ledger/identity";
import type { Workspace } from "../workspace";

/** A function that its explainer is about to forget. */
export interface DueQuiz extends Repetition {
  path: string;
  /** In the functions of the file. */
  index: number;
  symbol: string;
  /** Functions that call it: the more, the more hangs on somebody knowing it. */
  callers: number;
}

/**
 * What the user has explained and is about to forget, the most consequential first.
 *
 * @param now milliseconds since 1970
 * @throws InputError when git does not say who the user is
 * @throws CancelledError
 */
export async function dueQuizzes(
  workspace: Workspace,
  now: number,
  cancellation: Cancellation = neverCancelled,
): Promise<DueQuiz[]> {
  const explained = workspace.ledger.all.lines.flatMap(({ entry }) => (entry.kind === "explained" ? [entry] : []));
  // Whoever keeps no ledger is not asked for a name.
  if (explained.length === 0) return [];
  const me = await requireIdentity(workspace.root, cancellation);
  const mine = groupBy(
    explained.filter(({ who }) => isSamePerson(who, me)),
    identityOf,
  );
  if (mine.size === 0) return [];
  const { model } = workspace.analysis();
  const due: DueQuiz[] = [];
  for (const file of model.files.values()) {
    file.functions.forEach(({ symbol }, index) => {
      const signOff = signOffOf(model, file, index);
      // What is stale or waived is asked for other reasons, or not at all.
      if (!signOff || signOff.state === "stale" || signOff.state === "waived") return;
      const repetition = repetitionOf(mine.get(identityOf(signOff)) ?? [], now);
      if (!repetition || repetition.due > now) return;
      const callers = linkedFunction(model, file, index)?.callers.length ?? 0;
      due.push({ path: file.path, index, symbol, callers, ...repetition });
    });
  }
  return due.sort((a, b) => b.callers - a.callers || a.known - b.known || (a.path < b.path ? -1 : 1));
}

function identityOf({ symbol, shapeHash }: SignedFunction): string {
  return `${shapeHash} ${symbol}`;
}

/** What is to be known of a function before choosing it, in a few plain words each. */
export function dueNotes({ known, callers }: DueQuiz): string[] {
  return [
    `${Math.round(known * 100)}% likely that you still know it`,
    ...(callers > 0 ? [callers === 1 ? "1 caller" : `${callers} callers`] : []),
  ];
}
