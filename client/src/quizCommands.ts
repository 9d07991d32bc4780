import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type ChangedFunction,
  type ChangedFunctionsParams,
  changedFunctions,
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
  let functions: ChangedFunction[];
  try {
    functions = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Looking for changed functions") },
      () => client.sendRequest<ChangedFunction[]>(changedFunctions, params),
    );
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return;
  }
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

/** A quiz runs the function, if in a sandbox: nothing of an untrusted workspace is run. */
function mayRun(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void vscode.window.showInformationMessage(
    vscode.l10n.t("A quiz runs the function in a sandbox. Trust this workspace first."),
  );
  return false;
}
