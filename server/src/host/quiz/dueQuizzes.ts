import { type Cancellation, neverCancelled } from "../../core/base/cancellation";
import type { ExplainedEntry } from "../../core/ledger/entry";
import type { LedgerLine } from "../../core/ledger/ledgerFile";
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
  const me = await requireIdentity(workspace.root, cancellation);
  const mine = workspace.ledger.all.lines.filter(
    (line): line is LedgerLine<ExplainedEntry> => line.entry.kind === "explained" && isSamePerson(line.entry.who, me),
  );
  if (mine.length === 0) return [];
  const { model } = workspace.analysis();
  const due: DueQuiz[] = [];
  for (const file of model.files.values()) {
    file.functions.forEach(({ symbol }, index) => {
      const signOff = signOffOf(model, file, index);
      // What is stale or waived is asked for other reasons, or not at all.
      if (!signOff || signOff.state === "stale" || signOff.state === "waived") return;
      const past = mine.filter(({ entry }) => entry.symbol === signOff.symbol && entry.shapeHash === signOff.shapeHash);
      const repetition = repetitionOf(
        past.map(({ entry }) => entry),
        now,
      );
      if (!repetition || repetition.due > now) return;
      const callers = linkedFunction(model, file, index)?.callers.length ?? 0;
      due.push({ path: file.path, index, symbol, callers, ...repetition });
    });
  }
  return due.sort((a, b) => b.callers - a.callers || a.known - b.known || (a.path < b.path ? -1 : 1));
}
