import { type CodeAction, CodeActionKind, type Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { groupBy } from "../core/base/groupBy";
import { oracleFunction } from "../core/detectors/oracle-function/detector";
import type { Finding, FindingFix } from "../core/model/finding";
import { commands, openDetectorPageCommand } from "../protocol/messages";
import { plainText } from "./diagnostics";

/**
 * What can be done about findings of Fathom under the cursor.
 *
 * @param findings those of the document as it is now; none while the analysis is behind, so that no edit hits other text
 */
export function codeActionsFor(
  document: TextDocument,
  diagnostics: readonly Diagnostic[],
  findings: readonly Finding[],
  uriOf: (path: string) => string,
): CodeAction[] {
  return diagnostics
    .filter(({ source, code }) => source === "fathom" && typeof code === "string")
    .flatMap((diagnostic) => [
      ...fixesOf(diagnostic, findings).map((fix) => mend(diagnostic, fix, uriOf)),
      ...(diagnostic.code === oracleFunction.id ? [quiz(document, diagnostic), waive(document, diagnostic)] : []),
      suppress(document, diagnostic),
      openPage(diagnostic),
    ]);
}

function fixesOf({ data }: Diagnostic, findings: readonly Finding[]): readonly FindingFix[] {
  const { fingerprint } = (data ?? {}) as { fingerprint?: unknown };
  return findings.find((finding) => finding.fingerprint === fingerprint)?.fixes ?? [];
}

function mend(diagnostic: Diagnostic, { title, edits }: FindingFix, uriOf: (path: string) => string): CodeAction {
  const changes = Object.fromEntries(
    [...groupBy(edits, ({ path }) => path)].map(([path, inFile]) => [
      uriOf(path),
      inFile.map(({ range, newText }) => ({ range, newText })),
    ]),
  );
  return {
    title: plainText(title),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: true,
    edit: { changes },
  };
}

function quiz(document: TextDocument, diagnostic: Diagnostic): CodeAction {
  return commandOn(document, diagnostic, "Quiz me on this function", commands.quizFunction);
}

function waive(document: TextDocument, diagnostic: Diagnostic): CodeAction {
  return commandOn(document, diagnostic, "Do without an explanation, with a reason", commands.waiveExplanation);
}

function commandOn({ uri }: TextDocument, diagnostic: Diagnostic, title: string, command: string): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command, arguments: [uri, diagnostic.range.start] },
  };
}

function suppress(document: TextDocument, diagnostic: Diagnostic): CodeAction {
  const line = diagnostic.range.start.line;
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const newLine = /\r\n/.test(text) ? "\r\n" : "\n";
  const comment = `${indent}${commentOf(document, `fathom:ignore ${diagnostic.code} -- `)}${newLine}`;
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

function commentOf({ languageId, uri }: TextDocument, text: string): string {
  if (languageId === "markdown" || /\.mdc?$/.test(uri)) return `<!-- ${text}-->`;
  return languageId === "python" || /\.pyi?$/.test(uri) ? `# ${text}` : `// ${text}`;
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
