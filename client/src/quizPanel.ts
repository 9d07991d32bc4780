import { randomBytes } from "node:crypto";
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
import { placeOf } from "./place";
import { coverCommand, lookCommand, QuizCover } from "./quizCover";

/** Of the panel, for VS Code to bring it back after a reload. */
const viewType = "fathom.quiz";
/** After an edit the function is looked for again, in milliseconds. */
const editDelay = 300;

/** Where it is kept what is covered while the window reloads. */
const coverKey = "fathom.quizCover";

interface KeptCover {
  uri: string;
  range: TextRange;
  title: string;
}

const atStart: QuizProgress = { step: "start", answers: [], drafts: {} };

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

interface Surroundings {
  extensionUri: vscode.Uri;
  client(): Promise<LanguageClient>;
  log: vscode.LogOutputChannel;
  newPanel(): vscode.WebviewPanel;
  onGraded(): void;
  /** For after a reload. */
  keepCover(cover: KeptCover | undefined): void;
  onEnd(): void;
}

/** A quiz from its first question to its result. */
class RunningQuiz {
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
    panel.webview.html = pageOf(panel.webview, dist);
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

function hasQuizTab(): boolean {
  const isQuiz = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType);
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isQuiz));
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

/** Only the script and style of Fathom's own; what it shows comes later and is never read as HTML. */
function pageOf(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const uriOf = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, "quiz", name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uriOf("quiz.css")}">
<title>${vscode.l10n.t("Quiz")}</title>
</head>
<body>
<main id="quiz"></main>
<div id="announcements" role="status" aria-live="polite"></div>
<script nonce="${nonce}" src="${uriOf("quiz.js")}"></script>
</body>
</html>`;
}
