import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ServerStatus, statusChanged } from "../../server/src/protocol/messages";
import { type DueFunction, dueQuizzes } from "../../server/src/protocol/quizMessages";

const setting = "fathom.quiz.repetition";
/** Time makes things due: it is looked up again after this long at the latest, in milliseconds. */
const lookUpAgain = 60 * 60_000;
/** Changes that come together are looked up once, in milliseconds. */
const settle = 2000;

/** A quiet entry in the status bar while something that was explained is about to be forgotten. It never opens anything. */
export class DueStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("fathom.due", vscode.StatusBarAlignment.Left);
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly client: LanguageClient) {
    this.item.name = vscode.l10n.t("Fathom: Explain again");
    this.item.command = "fathom.quizDue";
    this.subscriptions = [
      this.item,
      client.onNotification(statusChanged, ({ state }: ServerStatus) => {
        if (state === "ready") this.lookUpSoon();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.lookUpSoon();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(setting) && void this.lookUp()),
    ];
  }

  /** Something has been explained, or may have been. */
  lookUpSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.lookUp(), settle);
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async lookUp(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.lookUp(), lookUpAgain);
    this.show(isWanted() ? await this.due() : []);
  }

  private async due(): Promise<readonly DueFunction[]> {
    try {
      return await this.client.sendRequest<DueFunction[]>(dueQuizzes);
    } catch {
      // Whoever asks for it by the command is told why there is nothing.
      return [];
    }
  }

  private show(due: readonly DueFunction[]): void {
    if (due.length === 0) {
      this.item.hide();
      return;
    }
    this.item.text = `$(history) ${due.length}`;
    const title =
      due.length === 1
        ? vscode.l10n.t("1 function to explain again before you forget it")
        : vscode.l10n.t("{0} functions to explain again before you forget them", due.length);
    this.item.tooltip = title;
    this.item.accessibilityInformation = { label: `Fathom: ${title}` };
    this.item.show();
  }
}

function isWanted(): boolean {
  return vscode.workspace.isTrusted && vscode.workspace.getConfiguration().get(setting, true);
}
