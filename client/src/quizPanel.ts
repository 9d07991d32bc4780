import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { MakeQuizParams, QuizState } from "../../server/src/protocol/quizMessages";
import { placeOf } from "./place";
import { coverCommand, lookCommand, QuizCover } from "./quizCover";
import { type KeptCover, RunningQuiz } from "./runningQuiz";

/** Of the panel, for VS Code to bring it back after a reload. */
const viewType = "fathom.quiz";
/** Where it is kept what is covered while the window reloads. */
const coverKey = "fathom.quizCover";

/** The one quiz that can be taken at a time, in a panel beside nothing else: the code stays covered meanwhile. */
export class QuizPanels {
  private current: RunningQuiz | undefined;
  /** After a reload a panel in the background comes back only when it is shown: its code is covered before. */
  private meanwhile: { cover: QuizCover; looks: number } | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly client: () => Promise<LanguageClient>,
    private readonly log: vscode.LogOutputChannel,
    /** Something may have been signed off. */
    private readonly onGraded: () => void,
  ) {}

  register(): void {
    this.coverMeanwhile();
    this.context.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state) => this.restore(panel, state as QuizState | undefined),
      }),
      vscode.commands.registerCommand(lookCommand, () => this.look()),
      vscode.commands.registerCommand(coverCommand, () => {
        this.current?.coverAgain();
        this.meanwhile?.cover.setOpen(false);
      }),
      vscode.window.tabGroups.onDidChangeTabs(() => {
        if (this.meanwhile && !hasQuizTab()) this.endMeanwhile();
      }),
      vscode.commands.registerCommand("fathom.showQuiz", () => this.current?.reveal()),
    );
  }

  /** Begins a quiz; one that is running is left first, or gone on with when it is about the same function. */
  async start(target: MakeQuizParams): Promise<void> {
    const { current } = this;
    if (current?.isAbout(target)) {
      current.reveal();
      return;
    }
    if (current && !(await current.leave())) return;
    this.endMeanwhile();
    this.run(this.newPanel(), (quiz) => quiz.make(target));
  }

  /** Whether a function's brief may be opened: that of the one which is covered is a look at it. */
  async mayExplain(place: unknown[]): Promise<boolean> {
    const target = placeOf(place);
    const cover = this.current?.covering ?? this.meanwhile?.cover;
    if (!target || !cover?.hides(target.uri, target.position.line)) return true;
    const look = vscode.l10n.t("Look at it");
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t("You are being quizzed on this function."),
      { modal: true, detail: vscode.l10n.t("To read about it counts as a look at the code.") },
      look,
    );
    if (choice !== look) return false;
    await this.look();
    return true;
  }

  private async look(): Promise<void> {
    if (this.current) await this.current.look();
    else this.lookMeanwhile();
  }

  private async restore(panel: vscode.WebviewPanel, state: QuizState | undefined): Promise<void> {
    const looks = this.endMeanwhile();
    if (!state?.sheet || this.current) {
      panel.dispose();
      return;
    }
    this.run(panel, (quiz) => quiz.goOn({ ...state, looks: state.looks + looks }));
  }

  private coverMeanwhile(): void {
    const kept = this.context.workspaceState.get<KeptCover>(coverKey);
    if (!kept || !hasQuizTab()) return;
    const cover = new QuizCover(vscode.Uri.parse(kept.uri), kept.range, kept.title, () => this.lookMeanwhile());
    this.meanwhile = { cover, looks: 0 };
  }

  private lookMeanwhile(): void {
    const { meanwhile } = this;
    if (!meanwhile || meanwhile.cover.isOpen) return;
    meanwhile.looks++;
    meanwhile.cover.setOpen(true);
  }

  /** @returns how often the code was looked at */
  private endMeanwhile(): number {
    const looks = this.meanwhile?.looks ?? 0;
    this.meanwhile?.cover.dispose();
    this.meanwhile = undefined;
    return looks;
  }

  private run(panel: vscode.WebviewPanel, begin: (quiz: RunningQuiz) => Promise<void>): void {
    const quiz = new RunningQuiz(panel, {
      extensionUri: this.context.extensionUri,
      client: this.client,
      log: this.log,
      newPanel: () => this.newPanel(),
      onGraded: this.onGraded,
      keepCover: (cover) => void this.context.workspaceState.update(coverKey, cover),
      onEnd: () => {
        if (this.current === quiz) this.current = undefined;
      },
    });
    this.current = quiz;
    void begin(quiz);
  }

  private newPanel(): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(viewType, vscode.l10n.t("Quiz"), vscode.ViewColumn.Active);
  }
}

function hasQuizTab(): boolean {
  const isQuiz = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType);
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isQuiz));
}
