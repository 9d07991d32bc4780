import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ServerStatus, statusChanged } from "../../server/src/protocol/messages";
import { languageIds } from "./languages";

/** The entry behind the `{}` in the status bar of files Fathom reads. */
export function watchStatus(client: LanguageClient, context: vscode.ExtensionContext): void {
  const item = vscode.languages.createLanguageStatusItem(
    "fathom.status",
    languageIds.map((language) => ({ language })),
  );
  item.name = "Fathom";
  item.text = "Fathom";
  item.command = { command: "fathom.showLog", title: vscode.l10n.t("Show log") };
  context.subscriptions.push(
    item,
    client.onNotification(statusChanged, (status: ServerStatus) => show(item, status)),
  );
}

function show(item: vscode.LanguageStatusItem, { state, files, functions, findings, problems }: ServerStatus): void {
  item.busy = state === "scanning";
  item.text = findings === 0 ? vscode.l10n.t("Fathom: no findings") : vscode.l10n.t("Fathom: {0} findings", findings);
  item.detail = problems[0] ?? vscode.l10n.t("{0} functions in {1} files", functions, files);
  item.severity =
    problems.length > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
}
