import * as vscode from "vscode";

/**
 * Briefs are written to files of the extension's own, because VS Code's Markdown preview follows links to code only
 * from a document that is itself a file.
 */
export class BriefFiles {
  private readonly folder: vscode.Uri;

  constructor(context: vscode.ExtensionContext) {
    this.folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "briefs");
  }

  /** Where the brief of a symbol is going to be; links in it are relative to this. */
  get folderUri(): string {
    return this.folder.toString();
  }

  async write(symbol: string, markdown: string): Promise<vscode.Uri> {
    const name = symbol.replace(/[^\p{L}\p{N}._-]/gu, "").slice(0, 80) || "brief";
    const uri = vscode.Uri.joinPath(this.folder, `${name}.md`);
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(markdown));
    return uri;
  }

  /** Briefs quote code; nothing of them stays behind. */
  async clear(): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.folder, { recursive: true });
    } catch {
      // There was none.
    }
  }
}
