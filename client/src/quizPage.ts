import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Only the script and style of Fathom's own; what it shows comes later and is never read as HTML. */
export function quizPage(webview: vscode.Webview, dist: vscode.Uri): string {
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
