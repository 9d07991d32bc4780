import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type FromPanel,
  type GradeQuizParams,
  gradeQuiz,
  leaveQuiz,
  type MakeQuizParams,
  makeQuiz,
  type QuizPlace,
  type QuizProgress,
  type QuizResult,
  type QuizSheet,
  type QuizState,
  quizPlace,
  type TextRange,
  type ToPanel,
} from "../../server/src/protocol/quizMessages";
import { QuizCover } from "./quizCover";
import { quizPage } from "./quizPage";

/** After an edit the function is looked for again, in milliseconds. */
const editDelay = 300;

/** What is covered, for after a reload. */
export interface KeptCover {
  uri: string;
  range: TextRange;
  title: string;
}

const atStart: QuizProgress = { step: "start", answers: [], drafts: {} };

interface Surroundings {
  extensionUri: vscode.Uri;
  client(): Promise<LanguageClient>;
  log: vscode.LogOutputChannel;
  newPanel(): vscode.WebviewPanel;
  onGraded(): void;
  keepCover(cover: KeptCover | undefined): void;
  onEnd(): void;
}

/** A quiz from its first question to its result. */
export class RunningQuiz {
  private state: QuizState | undefined;
  /** What is being made, and how to try again. */
  private target: MakeQuizParams | undefined;
  private again: () => Promise<void> = async () => {};
  /** What there was before the reload, until it can go on. */
  private before: QuizState | undefined;
  /** What the panel shows while there are no questions. */
  private notice: ToPanel = { kind: "waiting", text: "" };
  private cover: QuizCover | undefined;
  private making = new vscode.CancellationTokenSource();
  private editTimer: NodeJS.Timeout | undefined;
  private isGrading = false;
  private hasEnded = false;
  private readonly status = vscode.window.createStatusBarItem("fathom.quiz", vscode.StatusBarAlignment.Left);
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private panel: vscode.WebviewPanel,
    private readonly around: Surroundings,
  ) {
    this.status.name = vscode.l10n.t("Fathom: Quiz");
    this.status.command = "fathom.showQuiz";
    this.subscriptions = [
      this.status,
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() !== this.state?.sheet.uri) return;
        clearTimeout(this.editTimer);
        this.editTimer = setTimeout(() => void this.followEdit(), editDelay);
      }),
    ];
    this.use(panel);
  }

  get covering(): QuizCover | undefined {
    return this.cover;
  }

  isAbout(target: MakeQuizParams): boolean {
    const { uri, position, symbol } = target;
    const sheet = this.state?.sheet;
    if (!sheet) return JSON.stringify(target) === JSON.stringify(this.target);
    if (sheet.uri !== uri || this.state?.result) return false;
    if (!position) return sheet.symbol === symbol;
    return sheet.range.start.line <= position.line && position.line <= sheet.range.end.line;
  }

  reveal(): void {
    this.panel.reveal();
  }

  async make(target: MakeQuizParams, drafts: QuizProgress["drafts"] = {}, looks = 0): Promise<void> {
    this.again = () => this.make(target, drafts, looks);
    const sheet = await this.ask(target);
    if (sheet) this.begin({ sheet, progress: { ...atStart, drafts }, looks, isLooking: false, isChanged: false });
  }

  /** After a reload, when the server has forgotten: the same questions, as long as the function is the same. */
  async goOn(before: QuizState): Promise<void> {
    if (before.result) {
      this.begin(before);
      return;
    }
    this.before = before;
    this.again = () => this.goOn(before);
    const { uri, symbol, seed, questions } = before.sheet;
    const sheet = await this.ask({ uri, symbol, seed });
    if (!sheet) return;
    const isSame = sheet.questions.map(({ id }) => id).join() === questions.map(({ id }) => id).join();
    const { drafts } = before.progress;
    const progress = isSame ? before.progress : { ...atStart, drafts };
    this.begin({ sheet, progress, looks: before.looks, isLooking: false, isChanged: false });
  }

  /** Opens the code, which counts. */
  async look(): Promise<void> {
    const { state, cover } = this;
    if (!state || !cover) return;
    if (!cover.isOpen) {
      cover.setOpen(true);
      this.tell({ looks: state.looks + 1, isLooking: true });
    }
    await this.openCode(state.sheet);
  }

  coverAgain(): void {
    if (!this.cover?.isOpen) return;
    this.cover.setOpen(false);
    this.tell({ isLooking: false });
  }

  /**
   * Leaves the quiz, after asking where something would be lost.
   *
   * @returns whether it was left
   */
  async leave(): Promise<boolean> {
    if (!(await this.mayLeave())) return false;
    this.end();
    return true;
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    clearTimeout(this.editTimer);
    this.making.cancel();
    this.cover?.dispose();
    this.forget(this.state?.sheet);
    this.around.keepCover(undefined);
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.around.onEnd();
    this.panel.dispose();
  }

  private use(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    const dist = vscode.Uri.joinPath(this.around.extensionUri, "dist");
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.onDidReceiveMessage((message: FromPanel) => void this.receive(message));
    panel.onDidDispose(() => void this.closed(panel));
    panel.onDidChangeViewState(() => {
      // A look lasts until the quiz goes on.
      if (panel.active) this.coverAgain();
    });
    panel.webview.html = quizPage(panel.webview, dist);
    this.showTitle();
  }

  private async ask(target: MakeQuizParams): Promise<QuizSheet | undefined> {
    this.target = target;
    this.making = new vscode.CancellationTokenSource();
    this.show({ kind: "waiting", text: vscode.l10n.t("Running the function to find out what it does at its edges …") });
    try {
      const client = await this.around.client();
      const sheet = await client.sendRequest<QuizSheet | null>(makeQuiz, target, this.making.token);
      if (this.hasEnded) {
        this.forget(sheet);
        return undefined;
      }
      if (sheet) return sheet;
      this.show({ kind: "failed", text: vscode.l10n.t("There is no function here that Fathom can read.") });
    } catch (error) {
      if (this.hasEnded) return undefined;
      this.around.log.error(error as Error);
      this.show({ kind: "failed", text: vscode.l10n.t("There is no quiz: {0}", messageOf(error)) });
    }
    return undefined;
  }

  private begin(state: QuizState): void {
    this.state = state;
    this.before = undefined;
    const { sheet } = state;
    this.cover?.dispose();
    this.cover = undefined;
    if (!state.result && sheet.questions.length > 0) {
      const title = vscode.l10n.t("{0} is covered while you are quizzed", nameOf(sheet));
      const { uri, range } = sheet;
      this.cover = new QuizCover(vscode.Uri.parse(uri), range, title, () => this.lookElsewhere());
      this.around.keepCover({ uri, range, title });
    } else this.around.keepCover(undefined);
    this.showState();
  }

  private async receive(message: FromPanel): Promise<void> {
    switch (message.kind) {
      case "ready":
        await this.panel.webview.postMessage(this.state ? { kind: "show", state: this.state } : this.notice);
        return;
      case "progress":
        if (this.state) this.state = { ...this.state, progress: message.progress };
        this.showStatus();
        return;
      case "look":
        return this.look();
      case "cover":
        this.coverAgain();
        return;
      case "finish":
      case "sign":
        return this.grade();
      case "retry":
        return this.retry();
      case "open":
        if (this.state) await this.openCode(this.state.sheet);
        return;
      case "leave":
        await this.leave();
        return;
    }
  }

  private async grade(): Promise<void> {
    if (this.isGrading) return;
    this.isGrading = true;
    try {
      const isKnown = await this.tryGrading();
      // The server was started again meanwhile. It has made the same questions anew, unless the function is another.
      if (!isKnown && this.state?.progress.step === "explain") await this.tryGrading();
    } finally {
      this.isGrading = false;
    }
  }

  /** @returns whether the server knew the quiz; if not, it goes on with another that asks the same */
  private async tryGrading(): Promise<boolean> {
    const { state } = this;
    if (!state) return true;
    const { sheet, progress, looks } = state;
    const { answers, drafts: explanation } = progress;
    const params: GradeQuizParams = { session: sheet.session, answers, explanation, looks };
    try {
      const client = await this.around.client();
      const result = await client.sendRequest<QuizResult | null>(gradeQuiz, params);
      if (result === null) {
        this.state = undefined;
        await this.goOn({ ...state, progress: { ...progress, step: "explain" } });
        return false;
      }
      this.begin({ ...state, progress: { ...progress, step: "result" }, isLooking: false, result });
      this.around.onGraded();
    } catch (error) {
      this.around.log.error(error as Error);
      void vscode.window.showErrorMessage(vscode.l10n.t("The quiz could not be graded: {0}", messageOf(error)));
      this.showState();
    }
    return true;
  }

  private async retry(): Promise<void> {
    const { state } = this;
    if (!state) {
      await this.again();
      return;
    }
    const { uri, symbol } = state.sheet;
    this.forget(state.sheet);
    this.state = undefined;
    await this.make({ uri, symbol }, state.progress.drafts, state.looks);
  }

  /** The server need not keep what nobody takes any more. */
  private forget(sheet: QuizSheet | null | undefined): void {
    if (!sheet) return;
    // A server that is gone has forgotten it.
    void this.around
      .client()
      .then((client) => client.sendNotification(leaveQuiz, { session: sheet.session }))
      .catch(() => undefined);
  }

  /** The tab is gone, which cannot be prevented: it is brought back where something would be lost. */
  private async closed(panel: vscode.WebviewPanel): Promise<void> {
    if (panel !== this.panel || this.hasEnded) return;
    if (await this.mayLeave()) this.end();
    else this.use(this.around.newPanel());
  }

  private async mayLeave(): Promise<boolean> {
    const state = this.state ?? this.before;
    if (!state || state.result) return true;
    const { answers, drafts } = state.progress;
    const isEmpty = answers.length === 0 && Object.values(drafts).every((text) => text.trim() === "");
    return isEmpty || confirmLeaving(state);
  }

  /** An older version of the file, or its diff, cannot be covered. */
  private lookElsewhere(): void {
    const { state, cover } = this;
    if (!state || !cover || cover.isOpen) return;
    cover.setOpen(true);
    this.tell({ looks: state.looks + 1, isLooking: true });
  }

  private async followEdit(): Promise<void> {
    const { state, cover } = this;
    if (!state || state.result || !cover) return;
    const client = await this.around.client();
    const place = await client.sendRequest<QuizPlace | null>(quizPlace, { session: state.sheet.session });
    if (this.hasEnded || this.cover !== cover) return;
    if (place) cover.move(place.range);
    this.tell({ isChanged: place?.isChanged ?? true });
  }

  private async openCode({ uri, range }: QuizSheet): Promise<void> {
    const start = new vscode.Position(range.start.line, range.start.character);
    await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
      selection: new vscode.Range(start, start),
      preview: false,
    });
  }

  private tell(change: Partial<Pick<QuizState, "looks" | "isLooking" | "isChanged">>): void {
    if (!this.state) return;
    this.state = { ...this.state, ...change };
    const { looks, isLooking, isChanged } = this.state;
    void this.panel.webview.postMessage({ kind: "update", state: { looks, isLooking, isChanged } } satisfies ToPanel);
    this.showStatus();
  }

  private show(notice: ToPanel): void {
    this.notice = notice;
    void this.panel.webview.postMessage(notice);
    this.showStatus();
  }

  private showState(): void {
    if (!this.state) return;
    this.showTitle();
    void this.panel.webview.postMessage({ kind: "show", state: this.state } satisfies ToPanel);
    this.showStatus();
  }

  private showTitle(): void {
    if (this.state) this.panel.title = vscode.l10n.t("Quiz: {0}", nameOf(this.state.sheet));
  }

  /** While the quiz runs, and nothing more. */
  private showStatus(): void {
    const { state } = this;
    if (!state || state.result || state.sheet.questions.length === 0) {
      this.status.hide();
      return;
    }
    const { step, answers } = state.progress;
    const place =
      step === "explain" ? vscode.l10n.t("explaining") : `${answers.length}/${state.sheet.questions.length}`;
    this.status.text = `$(mortar-board) ${nameOf(state.sheet)} ${place}`;
    this.status.tooltip = vscode.l10n.t("Back to the quiz");
    this.status.show();
  }
}

function nameOf({ symbol }: QuizSheet): string {
  return symbol.split(".").at(-1) ?? symbol;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function confirmLeaving({ sheet, progress }: QuizState): Promise<boolean> {
  const leave: vscode.MessageItem = { title: vscode.l10n.t("Leave") };
  const stay: vscode.MessageItem = { title: vscode.l10n.t("Back to the quiz"), isCloseAffordance: true };
  const isExplaining = Object.values(progress.drafts).some((text) => text.trim() !== "");
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t("Leave the quiz on {0}?", nameOf(sheet)),
    {
      modal: true,
      detail: isExplaining
        ? vscode.l10n.t("Your answers and your explanation are lost.")
        : vscode.l10n.t("Your answers are lost."),
    },
    leave,
    stay,
  );
  return choice === leave;
}
