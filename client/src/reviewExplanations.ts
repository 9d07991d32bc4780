import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type AnswerExplanationParams,
  answerExplanation,
  type WaitingExplanation,
  type WrittenAnswer,
  waitingExplanations,
} from "../../server/src/protocol/quizMessages";
import type { BriefFiles } from "./brief";

/**
 * A colleague chooses an explanation, reads it without the code, then with the code beside it, and accepts it or asks
 * for more. Any step can be left with Escape.
 */
export async function reviewExplanations(client: LanguageClient, pages: BriefFiles): Promise<void> {
  const waiting = await client.sendRequest<WaitingExplanation[]>(waitingExplanations);
  const chosen = await choose(waiting);
  if (!chosen) return;
  const page = await pages.write(`explanation of ${chosen.symbol}`, chosen.markdown);
  await vscode.commands.executeCommand("markdown.showPreview", page);
  const title = vscode.l10n.t("{0}, explained by {1}", chosen.symbol, chosen.by);
  const isRead = await pickOne(title, vscode.l10n.t("Read it first, without the code"), [
    { label: vscode.l10n.t("$(code) Now show the code"), value: true },
  ]);
  if (!isRead) return;
  await showCode(chosen);
  const question = await judge(title);
  if (question === undefined) return;
  await answer(client, { uri: chosen.uri, hash: chosen.hash, ...(question !== "" && { question }) });
}

async function choose(waiting: readonly WaitingExplanation[]): Promise<WaitingExplanation | undefined> {
  const open = waiting.filter(({ isMine }) => !isMine);
  if (open.length === 0) {
    void vscode.window.showInformationMessage(
      waiting.length === 0
        ? vscode.l10n.t("No explanation waits for a colleague.")
        : vscode.l10n.t("Only your own explanations wait: a colleague must judge them."),
    );
    return undefined;
  }
  const items = open.map((explanation) => ({
    label: explanation.symbol,
    description: explanation.path,
    detail: `${explanation.by}, ${explanation.at.slice(0, 10)}`,
    explanation,
  }));
  const item = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Explanations that wait for a colleague"),
    placeHolder: vscode.l10n.t("The oldest come first"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return item?.explanation;
}

async function showCode({ uri, position }: WaitingExplanation): Promise<void> {
  const start = new vscode.Position(position.line, position.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    selection: new vscode.Range(start, start),
    viewColumn: vscode.ViewColumn.Beside,
  });
}

/** What is to be asked; empty when it is accepted. */
async function judge(title: string): Promise<string | undefined> {
  const verdict = await pickOne(title, vscode.l10n.t("Could you write the function again from the explanation?"), [
    { label: vscode.l10n.t("$(check) Accept: it says what the code does"), value: "accept" },
    { label: vscode.l10n.t("$(question) Ask for more"), value: "ask" },
  ]);
  if (verdict !== "ask") return verdict && "";
  const question = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("What do you want to know beyond it?"),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === "" ? vscode.l10n.t("Say what you want to know.") : undefined),
  });
  return question?.trim();
}

async function pickOne<T>(
  title: string,
  placeHolder: string,
  items: readonly (vscode.QuickPickItem & { value: T })[],
): Promise<T | undefined> {
  // Whoever scrolls what is to be read has not decided.
  const options = { title, placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.value;
}

async function answer(client: LanguageClient, params: AnswerExplanationParams): Promise<void> {
  try {
    const written = await client.sendRequest<WrittenAnswer | null>(answerExplanation, params);
    if (!written) return;
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Written to {0}. Commit that file: your name stands behind it.", written.ledger),
    );
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
