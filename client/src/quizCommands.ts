import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type ChangedFunction,
  type ChangedFunctionsParams,
  changedFunctions,
  type DueFunction,
  dueQuizzes,
  type WaiveFunctionParams,
  type WrittenAnswer,
  waiveFunction,
} from "../../server/src/protocol/quizMessages";
import { placeOf } from "./place";
import type { QuizPanels } from "./quizPanel";

/** Quizzes somebody on the function at the cursor, or on the one a lens or a quick fix is about. */
export async function quizOnFunction(quizzes: QuizPanels, place: unknown[]): Promise<void> {
  if (!mayRun()) return;
  const target = placeOf(place);
  if (!target) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor into a function first."));
    return;
  }
  await quizzes.start(target);
}

/** Quizzes somebody on one of the functions that are different. */
export async function quizOnChanges(
  client: LanguageClient,
  quizzes: QuizPanels,
  since: ChangedFunctionsParams["since"],
): Promise<void> {
  if (!mayRun()) return;
  const uri = vscode.window.activeTextEditor?.document.uri;
  const params: ChangedFunctionsParams = { since, ...(uri?.scheme === "file" && { uri: uri.toString() }) };
  const functions = await orTold(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Looking for changed functions") },
      () => client.sendRequest<ChangedFunction[]>(changedFunctions, params),
    ),
  );
  if (!functions) return;
  if (functions.length === 0) {
    void vscode.window.showInformationMessage(
      since === "commit"
        ? vscode.l10n.t("No function does anything else than at the last commit.")
        : vscode.l10n.t("No function does anything else than where this branch began."),
    );
    return;
  }
  const items = functions.map((changed) => ({
    label: changed.symbol,
    description: changed.path,
    detail: [changed.change === "new" ? vscode.l10n.t("new") : vscode.l10n.t("changed"), ...changed.notes].join(" · "),
    changed,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title:
      since === "commit" ? vscode.l10n.t("Quiz me on my uncommitted changes") : vscode.l10n.t("Quiz me on this branch"),
    placeHolder: vscode.l10n.t("The hardest to explain come first"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen) await quizzes.start({ uri: chosen.changed.uri, position: chosen.changed.position });
}

/** Quizzes somebody on one of the functions they explained a while ago and may have begun to forget. */
export async function quizOnDue(client: LanguageClient, quizzes: QuizPanels): Promise<void> {
  if (!mayRun()) return;
  const functions = await orTold(client.sendRequest<DueFunction[]>(dueQuizzes));
  if (!functions) return;
  if (functions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Nothing is due: what you have explained is still fresh."));
    return;
  }
  const items = functions.map((due) => ({
    label: due.symbol,
    description: due.path,
    detail: due.notes.join(" · "),
    due,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Quiz me on what is due"),
    placeHolder: vscode.l10n.t("What is called most comes first"),
    matchOnDescription: true,
  });
  if (chosen) await quizzes.start({ uri: chosen.due.uri, position: chosen.due.position });
}

/** Records that the team does without an explanation of the function at the cursor, or of the one a quick fix is about. */
export async function waiveExplanation(client: LanguageClient, place: unknown[]): Promise<void> {
  const target = placeOf(place);
  if (!target) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor into a function first."));
    return;
  }
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t("Do without an explanation of this function"),
    prompt: vscode.l10n.t("Why nobody has to explain it. It is written to the ledger under your git name."),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === "" ? vscode.l10n.t("Say why.") : undefined),
  });
  if (reason === undefined) return;
  const params: WaiveFunctionParams = { ...target, reason: reason.trim() };
  const written = await orTold(client.sendRequest<WrittenAnswer | null>(waiveFunction, params));
  if (written === undefined) return;
  void vscode.window.showInformationMessage(
    written
      ? vscode.l10n.t("Written to {0}. Commit that file: your name stands behind it.", written.ledger)
      : vscode.l10n.t("There is no function at the cursor that Fathom can read."),
  );
}

/** What is asked for; what went wrong is told. */
async function orTold<T>(asked: Thenable<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** A quiz runs the function, if in a sandbox: nothing of an untrusted workspace is run. */
function mayRun(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void vscode.window.showInformationMessage(
    vscode.l10n.t("A quiz runs the function in a sandbox. Trust this workspace first."),
  );
  return false;
}
