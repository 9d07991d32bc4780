import { type CodeAction, CodeActionKind, type Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { openDetectorPageCommand } from "../protocol/messages";

/** What can be done about findings of Fathom under the cursor. */
export function codeActionsFor(document: TextDocument, diagnostics: readonly Diagnostic[]): CodeAction[] {
  return diagnostics
    .filter(({ source, code }) => source === "fathom" && typeof code === "string")
    .flatMap((diagnostic) => [suppress(document, diagnostic), openPage(diagnostic)]);
}

function suppress(document: TextDocument, diagnostic: Diagnostic): CodeAction {
  const line = diagnostic.range.start.line;
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const marker =
    document.languageId === "python" || document.uri.endsWith(".py") || document.uri.endsWith(".pyi") ? "#" : "//";
  const newLine = /\r\n/.test(text) ? "\r\n" : "\n";
  const comment = `${indent}${marker} fathom:ignore ${diagnostic.code} -- ${newLine}`;
  return {
    title: `Ignore this ${diagnostic.code} with a reason`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: {
      changes: {
        [document.uri]: [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, newText: comment }],
      },
    },
  };
}

function openPage(diagnostic: Diagnostic): CodeAction {
  const title = `What is ${diagnostic.code}?`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: openDetectorPageCommand, arguments: [diagnostic.code] },
  };
}
