import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { root } from "./workspaces";

export interface ClientOptions {
  folders: readonly string[];
  /** What `workspace/configuration` answers for `fathom`; may be changed later through `settings`. */
  settings?: Record<string, unknown>;
  /** Whether the client asks for diagnostics instead of being sent them. */
  pulls?: boolean;
  /** Where the server keeps what it reads, when not where the command line does. */
  cacheFolder?: string;
}

/** A language client over stdio, against the built server. */
export class LanguageServer {
  readonly published: PublishDiagnosticsParams[] = [];
  readonly notifications: { method: string; params: unknown }[] = [];
  readonly progress: { kind: string; percentage?: number }[] = [];
  readonly shown: string[] = [];
  readonly registered: string[] = [];
  settings: Record<string, unknown>;
  private listeners: (() => void)[] = [];

  private constructor(
    readonly connection: ProtocolConnection,
    readonly process: ChildProcess,
    settings: Record<string, unknown>,
  ) {
    this.settings = settings;
  }

  static async start({ folders, settings = {}, pulls = false, cacheFolder }: ClientOptions): Promise<LanguageServer> {
    const child = spawn(process.execPath, [join(root, "dist", "cli.js"), "lsp", "--stdio"], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill());
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const server = new LanguageServer(connection, child, settings);
    server.listen();
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: null,
      ...(cacheFolder !== undefined && { initializationOptions: { cacheFolder } }),
      workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
      capabilities: {
        window: { workDoneProgress: true, showDocument: { support: true } },
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeConfiguration: { dynamicRegistration: true },
          didChangeWatchedFiles: { dynamicRegistration: true },
          codeLens: { refreshSupport: true },
          diagnostics: { refreshSupport: true },
        },
        textDocument: {
          publishDiagnostics: { versionSupport: true, relatedInformation: true },
          ...(pulls && { diagnostic: {} }),
        },
      },
    };
    await connection.sendRequest("initialize", params);
    await connection.sendNotification("initialized", {});
    return server;
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.wake();
    });
    connection.onNotification("$/progress", ({ value }) => {
      this.progress.push(value);
      this.wake();
    });
    connection.onUnhandledNotification(({ method, params }) => {
      this.notifications.push({ method, params });
      this.wake();
    });
    connection.onRequest("workspace/configuration", ({ items }) => items.map(() => this.settings));
    connection.onRequest("client/registerCapability", ({ registrations }) => {
      this.registered.push(...registrations.map(({ method }: { method: string }) => method));
      return null;
    });
    connection.onRequest("window/showDocument", ({ uri }) => {
      this.shown.push(uri);
      return { success: true };
    });
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest("workspace/codeLens/refresh", () => null);
    connection.onRequest("workspace/diagnostic/refresh", () => null);
    connection.listen();
  }

  private wake(): void {
    for (const listener of this.listeners.splice(0)) listener();
  }

  /** Waits until a condition holds, looking again whenever the server says something. */
  async until<T>(condition: () => T | undefined | false, what: string, milliseconds = 15_000): Promise<T> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const result = condition();
      if (result) return result;
      if (Date.now() > deadline)
        throw new Error(
          `The server did not come to: ${what}. Last published: ${JSON.stringify(this.published.slice(-2))}`,
        );
      await new Promise<void>((resolve) => {
        this.listeners.push(resolve);
        setTimeout(resolve, 100);
      });
    }
  }

  /** The last set of diagnostics of a document. */
  diagnosticsOf(uri: string): Diagnostic[] | undefined {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics;
  }

  versionOf(uri: string): number | undefined {
    return this.published.findLast((params) => params.uri === uri)?.version;
  }

  async scanned(): Promise<void> {
    await this.until(() => this.progress.some(({ kind }) => kind === "end"), "the end of the first scan");
  }

  async open(uri: string, languageId: string, text: string, version = 1): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version, text },
    });
  }

  async stop(): Promise<number | null> {
    const exit = new Promise<number | null>((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    return exit;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).toString();
}
