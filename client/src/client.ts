import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { instructionFileGlobs, type ServerOptions } from "../../server/src/protocol/messages";
import { languageIds } from "./languages";

/** Starts the language server. Its library is loaded here and not at activation: that costs more than all the rest. */
export async function startClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<LanguageClient> {
  const { LanguageClient, TransportKind } = await import("vscode-languageclient/node");
  const module = vscode.Uri.joinPath(context.extensionUri, "dist", "cli.js").fsPath;
  const run = { module, args: ["lsp"], transport: TransportKind.ipc };
  const client = new LanguageClient(
    "fathom",
    "Fathom",
    { run, debug: { ...run, options: { execArgv: ["--nolazy", "--inspect=6019"] } } },
    {
      documentSelector: [
        ...languageIds.map((language) => ({ scheme: "file", language })),
        ...instructionFileGlobs.map((pattern) => ({ scheme: "file", pattern })),
      ],
      outputChannel: log,
      initializationOptions: {
        cacheFolder: vscode.Uri.joinPath(context.globalStorageUri, "cache").fsPath,
      } satisfies ServerOptions,
      // Problems of files nobody has opened belong in the list as well.
      diagnosticPullOptions: { onChange: true, onTabs: true },
    },
  );
  context.subscriptions.push({ dispose: () => void client.dispose() });
  await client.start();
  return client;
}
