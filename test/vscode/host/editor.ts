import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";

const POLL_MILLISECONDS = 50;
const WAIT_MILLISECONDS = 20_000;

/** Polls until `probe` returns something other than undefined and false, and returns it. */
export async function eventually<T>(what: string, probe: () => T | Promise<T>): Promise<Exclude<T, undefined | false>> {
  const deadline = Date.now() + WAIT_MILLISECONDS;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    if (Date.now() > deadline) throw new Error(`Waited ${WAIT_MILLISECONDS / 1000} s in vain for ${what}.`);
    await sleep(POLL_MILLISECONDS);
  }
}

export function fileUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("No folder is open.");
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function openFile(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(fileUri(path));
  return vscode.window.showTextDocument(document);
}

export function fathomDiagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "fathom");
}

/** The first oracle-function diagnostic of a file, if it has one. */
export function oracleDiagnostic(uri: vscode.Uri): vscode.Diagnostic | undefined {
  return diagnosticOf(uri, "oracle-function");
}

/** The first diagnostic of a detector in a file, if it has one. */
export function diagnosticOf(uri: vscode.Uri, detector: string): vscode.Diagnostic | undefined {
  return fathomDiagnostics(uri).find(({ code }) => codeValue(code) === detector);
}

export function codeValue(code: vscode.Diagnostic["code"]): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}

export async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  const resolveCount = 20;
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    uri,
    resolveCount,
  );
  return lenses.map(({ command }) => command?.title ?? "");
}

export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

/** Where `text` first occurs in a document. */
export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`${document.uri.path} does not contain ${text}.`);
  return document.positionAt(offset);
}

/** Replaces a document's text without saving it. */
export async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  edit.replace(document.uri, whole, text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`Could not edit ${document.uri.path}.`);
}

export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}
