import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type GovernedCode, type RuleParams, ruleCode } from "../../server/src/protocol/messages";
import { openRule } from "./ruleItems";
import type { PlacedRule } from "./rulesTree";

/** Shows the code a rule governs in a list to step through, what breaks it first. */
export async function showRuleCode(client: LanguageClient, [target]: unknown[]): Promise<void> {
  const params = ruleOf(target) ?? ruleAtCursor();
  const places = params ? await client.sendRequest<GovernedCode[]>(ruleCode, params) : [];
  if (!params || places.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Fathom knows of no code that this rule governs: it is not checked, or nothing matches it."),
    );
    return;
  }
  const uri = vscode.Uri.parse(params.uri);
  const position = new vscode.Position(params.line, 0);
  await openRule(params);
  const locations = places.map(({ uri, range }) => {
    const { start, end } = range;
    return new vscode.Location(
      vscode.Uri.parse(uri),
      new vscode.Range(start.line, start.character, end.line, end.character),
    );
  });
  await vscode.commands.executeCommand("editor.action.peekLocations", uri, position, locations, "peek");
}

function ruleAtCursor(): RuleParams | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}

/** From a lens, or from the tree. */
function ruleOf(target: unknown): RuleParams | undefined {
  const placed = target as Partial<PlacedRule> & Partial<RuleParams>;
  if (typeof placed?.uri !== "string") return undefined;
  if (placed.rule) return { uri: placed.uri, line: placed.rule.line };
  return typeof placed.line === "number" ? { uri: placed.uri, line: placed.line } : undefined;
}
