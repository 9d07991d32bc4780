import * as vscode from "vscode";

export const briefScheme = "fathom-brief";

/** Serves the briefs that were asked for, so that VS Code's own Markdown preview can show them. */
export class BriefProvider implements vscode.TextDocumentContentProvider {
  private readonly briefs = new Map<string, string>();
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.briefs.get(uri.toString()) ?? "";
  }

  /** Remembers a brief and tells where it is to be read. */
  keep(symbol: string, markdown: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: briefScheme, path: `/${symbol.replace(/[/\\?#%*:|"<>]/g, "")}.md` });
    this.briefs.set(uri.toString(), markdown);
    this.changes.fire(uri);
    return uri;
  }
}
