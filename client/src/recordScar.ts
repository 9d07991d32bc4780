import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  commands,
  type DraftScarParams,
  draftScar,
  headingsForRule,
  type PlaceRuleParams,
  type PreviewRuleParams,
  placeRule,
  previewRule,
  type RecentFix,
  type RuleHeading,
  type RulePlacement,
  type RulePreview,
  recentFixes,
  type ScarDraft,
} from "../../server/src/protocol/messages";
import { openRule, plain } from "./ruleItems";

/** How long somebody pauses before a sentence is looked at, in milliseconds. */
const pause = 200;

/**
 * Writes down what a failure has taught: from a selection of code or the commit that mended it, over a sentence whose
 * check is shown while it is written, to a heading of an instruction file. Any step can be left with Escape.
 */
export async function recordScar(client: LanguageClient, [target]: unknown[]): Promise<void> {
  const source = isDraftParams(target) ? target : await chooseSource(client);
  if (!source) return;
  const draft = await client.sendRequest<ScarDraft>(draftScar, source);
  const start = await chooseDraft(draft.rules);
  if (start === undefined) return;
  const file = await chooseFile(draft.files);
  if (!file) return;
  const text = await writeSentence(client, file.uri, start);
  if (text === undefined) return;
  const heading = await chooseHeading(client, { uri: file.uri, text });
  if (heading === undefined) return;
  await place(client, { uri: file.uri, text, ...(heading >= 0 && { heading }) });
}

/** The selection, where there is one; else a commit that mended something, or nothing but a sentence. */
async function chooseSource(client: LanguageClient): Promise<DraftScarParams | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty && editor.document.languageId !== "markdown") {
    return { uri: editor.document.uri.toString(), range: plainRange(editor.selection) };
  }
  const uri = (editor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri)?.toString();
  if (uri === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a folder first: the rule goes into one of its files."),
    );
    return undefined;
  }
  const fixes = await client.sendRequest<RecentFix[]>(recentFixes, { uri });
  const items = [
    { label: vscode.l10n.t("$(edit) In my own words"), commit: undefined },
    ...fixes.map(({ id, date, author, subject }) => ({
      label: `$(git-commit) ${subject}`,
      description: id.slice(0, 8),
      detail: `${date}, ${author}`,
      commit: id,
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Record a scar: what was mended?"),
    placeHolder: vscode.l10n.t("A commit that fixed something, or your own words"),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen && { uri, ...(chosen.commit !== undefined && { commit: chosen.commit }) };
}

async function chooseDraft(drafts: readonly string[]): Promise<string | undefined> {
  if (drafts.length < 2) return drafts[0] ?? "";
  return vscode.window.showQuickPick([...drafts], {
    title: vscode.l10n.t("Record a scar: which rule is nearest?"),
    placeHolder: vscode.l10n.t("It can be changed in the next step"),
    ignoreFocusOut: true,
  });
}

async function chooseFile(files: ScarDraft["files"]): Promise<ScarDraft["files"][number] | undefined> {
  if (files.length < 2) return files[0];
  const items = files.map((file) => ({ label: file.path, file }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Record a scar: into which file?"),
    placeHolder: vscode.l10n.t("The rule applies where the file does"),
    ignoreFocusOut: true,
  });
  return chosen?.file;
}

/** A sentence, with what it would be checked as below it. */
function writeSentence(client: LanguageClient, uri: string, start: string): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t("Record a scar: the rule and, after a colon, why");
  input.placeholder = vscode.l10n.t("Never call `x` while holding `y`: one slow answer stopped everybody");
  input.prompt = vscode.l10n.t("Name code in backticks.");
  // Without the full stop, so that a reason can be typed at the end.
  input.value = start.replace(/\.$/, "");
  input.valueSelection = [input.value.length, input.value.length];
  input.ignoreFocusOut = true;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const text = input.value;
    const params: PreviewRuleParams = { uri, text };
    const preview = text.trim() === "" ? undefined : await client.sendRequest<RulePreview>(previewRule, params);
    if (input.value === text)
      input.validationMessage = preview && { message: told(preview), severity: severityOf(preview) };
  };
  return new Promise((resolve) => {
    let result: string | undefined;
    input.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), pause);
    });
    input.onDidAccept(() => {
      const text = input.value.trim();
      if (text === "") return;
      result = /[.!?]$/.test(text) ? text : `${text}.`;
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(timer);
      input.dispose();
      resolve(result);
    });
    input.show();
    void look();
  });
}

function told(preview: RulePreview): string {
  const { meaning } = preview;
  if (meaning === undefined)
    return vscode.l10n.t(
      "Not checked, only shown where it applies. What it forbids or demands has to be named in backticks: Never call `x`.",
    );
  return vscode.l10n.t("Checked as: {0} {1}", plain(meaning), placesTold(preview));
}

function placesTold({ matches, violations }: RulePreview): string {
  if (matches === 0) return vscode.l10n.t("Nothing here is governed by it yet.");
  if (violations === 0)
    return matches === 1
      ? vscode.l10n.t("It governs 1 place, which keeps it.")
      : vscode.l10n.t("It governs {0} places, and all keep it.", matches);
  return matches === 1
    ? vscode.l10n.t("It governs 1 place, which breaks it.")
    : violations === 1
      ? vscode.l10n.t("It governs {0} places, and 1 of them breaks it.", matches)
      : vscode.l10n.t("It governs {0} places, and {1} of them break it.", matches, violations);
}

function severityOf({ meaning }: RulePreview): vscode.InputBoxValidationSeverity {
  return meaning === undefined ? vscode.InputBoxValidationSeverity.Warning : vscode.InputBoxValidationSeverity.Info;
}

/** A heading's line; -1 for a heading of its own. */
async function chooseHeading(client: LanguageClient, rule: PreviewRuleParams): Promise<number | undefined> {
  const headings = await client.sendRequest<RuleHeading[]>(headingsForRule, rule);
  const items = [
    ...headings.map(({ text, line, shared }) => ({
      label: plain(text),
      ...(shared.length > 0 && { description: vscode.l10n.t("also about {0}", shared.slice(0, 3).join(", ")) }),
      line,
    })),
    { label: vscode.l10n.t("$(add) A heading of its own at the end"), line: -1 },
  ];
  if (items.length === 1) return -1;
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Record a scar: under which heading?"),
    placeHolder: vscode.l10n.t("The rule is written below it. Undo takes it out again."),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen?.line;
}

/** A normal edit of a document: it can be undone, and is saved by whoever made it. */
async function place(client: LanguageClient, params: PlaceRuleParams): Promise<void> {
  const { position, newText, line } = await client.sendRequest<RulePlacement>(placeRule, params);
  const uri = vscode.Uri.parse(params.uri);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { ignoreIfExists: true });
  edit.insert(uri, new vscode.Position(position.line, position.character), newText);
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(vscode.l10n.t("{0} could not be changed.", uri.fsPath));
    return;
  }
  await openRule({ uri: params.uri, line });
}

function isDraftParams(value: unknown): value is DraftScarParams {
  return typeof (value as DraftScarParams | undefined)?.uri === "string";
}

/** Plain data, as messages are. */
function plainRange({ start, end }: vscode.Range): NonNullable<DraftScarParams["range"]> {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

/** The command as an action on selected code; only when somebody asks, as a light bulb at every selection is noise. */
export const scarActions: vscode.CodeActionProvider = {
  provideCodeActions({ uri }, range, { triggerKind }) {
    if (range.isEmpty || triggerKind !== vscode.CodeActionTriggerKind.Invoke) return [];
    const title = vscode.l10n.t("Record a scar: write a rule about this code");
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.Refactor);
    const source: DraftScarParams = { uri: uri.toString(), range: plainRange(range) };
    action.command = { title, command: commands.recordScar, arguments: [source] };
    return [action];
  },
};
