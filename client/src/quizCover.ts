import * as vscode from "vscode";
import type { TextRange } from "../../server/src/protocol/quizMessages";
import { languageIds } from "./languages";

/** A lens above the code runs them. */
export const lookCommand = "fathom.lookAtQuizCode";
export const coverCommand = "fathom.coverQuizCode";

/** Hides the text of one function in every editor that shows it. */
export class QuizCover {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private readonly text = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("textCodeBlock.background"),
    opacity: "0",
    // There is nothing of its own for this; without it the length of every line still shows. With `display: none` a
    // lens would have no place.
    textDecoration: "none; font-size: 0",
    rangeBehavior: vscode.DecorationRangeBehavior.OpenOpen,
  });
  private readonly label: vscode.TextEditorDecorationType;
  private range: vscode.Range;
  private open = false;

  /** @param onElsewhere another version of the file is shown, where nothing can be covered */
  constructor(
    private readonly uri: vscode.Uri,
    range: TextRange,
    title: string,
    private readonly onElsewhere: () => void,
  ) {
    this.range = wholeLines(range);
    this.label = vscode.window.createTextEditorDecorationType({
      after: {
        contentText: title,
        color: new vscode.ThemeColor("descriptionForeground"),
        fontStyle: "italic",
      },
    });
    this.subscriptions = [
      this.text,
      this.label,
      this.changed,
      vscode.languages.registerCodeLensProvider(
        languageIds.map((language) => ({ scheme: "file", language })),
        { onDidChangeCodeLenses: this.changed.event, provideCodeLenses: (document) => this.lenses(document) },
      ),
      vscode.window.onDidChangeVisibleTextEditors(() => this.apply()),
    ];
    this.apply();
  }

  get isOpen(): boolean {
    return this.open;
  }

  setOpen(open: boolean): void {
    this.open = open;
    this.apply();
    this.changed.fire();
  }

  /** Whether a place lies in what is covered, as seen at the moment. */
  hides(uri: string, line: number): boolean {
    const { start, end } = this.range;
    return (
      !this.open && vscode.Uri.parse(uri).toString() === this.uri.toString() && start.line <= line && line <= end.line
    );
  }

  /** The function has moved. */
  move(range: TextRange): void {
    this.range = wholeLines(range);
    this.apply();
    this.changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private apply(): void {
    const editors = vscode.window.visibleTextEditors;
    for (const editor of editors) {
      if (!this.isThis(editor.document)) continue;
      const covered = editor.document.validateRange(this.range);
      const { end } = editor.document.lineAt(covered.start.line).range;
      editor.setDecorations(this.text, this.open ? [] : [covered]);
      editor.setDecorations(this.label, this.open ? [] : [new vscode.Range(end, end)]);
    }
    const isElsewhere = ({ document: { uri } }: vscode.TextEditor) =>
      uri.scheme !== this.uri.scheme && uri.path === this.uri.path;
    if (!this.open && editors.some(isElsewhere)) this.onElsewhere();
  }

  private isThis({ uri }: vscode.TextDocument): boolean {
    return uri.toString() === this.uri.toString();
  }

  private lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.isThis(document)) return [];
    const { start } = this.range;
    const command = this.open
      ? { title: vscode.l10n.t("Cover the code again"), command: coverCommand }
      : { title: vscode.l10n.t("Look at the code (is counted)"), command: lookCommand };
    return [new vscode.CodeLens(new vscode.Range(start, start), command)];
  }
}

function wholeLines({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, 0, end.line, Number.MAX_SAFE_INTEGER);
}
