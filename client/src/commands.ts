import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  clearCache,
  explainFunction,
  type FunctionBrief,
  type RuleAtPosition,
  rulesAt,
} from "../../server/src/protocol/messages";
import type { BriefFiles } from "./brief";
import { placeOf } from "./place";
import { openRule, ruleItem } from "./ruleItems";

/** Opens the brief of the function at the cursor, or of the one a lens stands above, beside the code. */
export async function explainThisFunction(client: LanguageClient, briefs: BriefFiles, place: unknown[]): Promise<void> {
  const params = placeOf(place);
  if (!params) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor into a function first."));
    return;
  }
  const brief = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Explaining") },
    () => client.sendRequest<FunctionBrief | null>(explainFunction, { ...params, linksFrom: briefs.folderUri }),
  );
  if (!brief) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no function at the cursor that Fathom can read."),
    );
    return;
  }
  await vscode.commands.executeCommand("markdown.showPreviewToSide", await briefs.write(brief.symbol, brief.markdown));
}

/** Lists the rules that apply and goes to the one that is chosen. */
export async function showRules(client: LanguageClient, place: unknown[]): Promise<void> {
  const params = placeOf(place);
  const rules = params ? await client.sendRequest<RuleAtPosition[]>(rulesAt, params) : [];
  if (rules.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No rule names anything here."));
    return;
  }
  const items = rules.map((rule) => ruleItem(rule, rule.why));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Rules that apply here"),
    placeHolder: vscode.l10n.t("Enter goes to the rule"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen) await openRule(chosen.place);
}

/** Everything is read anew the next time; what is known now stays. */
export async function clearStoredAnalysis(client: LanguageClient): Promise<void> {
  await client.sendRequest(clearCache);
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Fathom's cache is empty. The next scan reads every file again."),
  );
}

export function showLog(log: vscode.LogOutputChannel): void {
  log.show();
}

export async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:fathom.fathom");
}

export async function showWalkthrough(context: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false);
}
