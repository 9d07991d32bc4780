// A language client over stdio, as an editor is one, that notes when things happen.
import { spawn } from "node:child_process";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** After so many milliseconds something is broken, however busy the machine is. */
const patience = 600_000;

export class Client {
  /** Version of each document that diagnostics were last sent for. */
  versions = new Map();
  isIndexed = false;
  waiting = new Set();

  constructor(program, env) {
    this.process = spawn(process.execPath, [program, "lsp", "--stdio"], {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, ...env },
    });
    this.process.once("exit", (code) => {
      this.failure = new Error(`The server ended with ${code}.`);
      this.wake();
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
  }

  /** @param {string} folder the only workspace folder */
  static async start({ program, folder, env }) {
    const client = new Client(program, env);
    client.listen();
    await client.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).toString(), name: basename(folder) }],
      capabilities: {
        window: { workDoneProgress: true },
        workspace: { configuration: true, workspaceFolders: true, codeLens: { refreshSupport: true } },
        textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } },
      },
    });
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  listen() {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, version }) => {
      this.versions.set(uri, version);
      this.wake();
    });
    connection.onNotification("$/progress", ({ value }) => {
      if (value.kind === "end") this.isIndexed = true;
      this.wake();
    });
    connection.onRequest("workspace/configuration", ({ items }) => items.map(() => ({})));
    for (const method of ["client/registerCapability", "window/workDoneProgress/create", "workspace/codeLens/refresh"])
      connection.onRequest(method, () => null);
    connection.onUnhandledNotification(() => undefined);
    connection.listen();
  }

  wake() {
    for (const look of [...this.waiting]) look();
  }

  /** Waits until a condition holds. */
  async until(condition, what) {
    await new Promise((resolve, reject) => {
      const end = (settle, value) => {
        clearTimeout(timeout);
        this.waiting.delete(look);
        settle(value);
      };
      const look = () => {
        if (this.failure) end(reject, this.failure);
        else if (condition()) end(resolve);
      };
      const timeout = setTimeout(() => end(reject, new Error(`The server did not come to: ${what}`)), patience);
      this.waiting.add(look);
      look();
    });
  }

  /** Diagnostics of this version of the document, or a later one. */
  diagnosed({ uri, version }) {
    return this.until(() => this.versions.get(uri) >= version, `diagnostics of version ${version} of ${uri}`);
  }

  indexed() {
    return this.until(() => this.isIndexed, "the end of the first scan");
  }

  open({ uri, languageId, version, text }) {
    return this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version, text },
    });
  }

  change({ uri, version }, contentChange) {
    return this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [contentChange],
    });
  }

  close({ uri }) {
    this.versions.delete(uri);
    return this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** @returns {Promise<number>} milliseconds until the answer is there */
  async timeOf(method, params) {
    const start = performance.now();
    await this.connection.sendRequest(method, params);
    return performance.now() - start;
  }

  get pid() {
    return this.process.pid;
  }

  async stop() {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    this.connection.dispose();
  }
}
