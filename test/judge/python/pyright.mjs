// A client for Pyright's language server: only what is needed to ask where names are defined.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The server's program, or undefined where the npm package `pyright` is not installed. */
export function findPyright() {
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), "x.js")).href]) {
    try {
      return join(dirname(createRequire(from).resolve("pyright/package.json")), "langserver.index.js");
    } catch {
      // Not there; NODE_PATH has been looked at, too.
    }
  }
  return undefined;
}

const settings = {
  python: {
    analysis: {
      typeCheckingMode: "off",
      diagnosticMode: "openFilesOnly",
      autoSearchPaths: true,
      useLibraryCodeForTypes: true,
      indexing: false,
      logLevel: "Error",
    },
  },
};

export class Pyright {
  #process;
  #buffer = Buffer.alloc(0);
  #next = 1;
  #waiting = new Map();

  constructor(program) {
    this.#process = spawn(process.execPath, ["--max-old-space-size=4096", program, "--stdio"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#process.stdout.on("data", (chunk) => this.#receive(chunk));
    this.#process.on("exit", (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`Pyright ended with ${code}`));
      this.#waiting.clear();
    });
  }

  async start(root) {
    const uri = pathToFileURL(root).href;
    await this.request("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "judged" }],
      capabilities: { workspace: { configuration: true, workspaceFolders: true } },
    });
    this.#notify("initialized", {});
    this.#notify("workspace/didChangeConfiguration", { settings });
  }

  open(path, text) {
    const uri = pathToFileURL(path).href;
    this.#notify("textDocument/didOpen", { textDocument: { uri, languageId: "python", version: 1, text } });
  }

  close(path) {
    this.#notify("textDocument/didClose", { textDocument: { uri: pathToFileURL(path).href } });
  }

  /** Where the name at a 1-based place is defined: `{uri, line, column}`, 1-based, too. */
  async definitions(path, line, column) {
    const found = await this.request("textDocument/definition", {
      textDocument: { uri: pathToFileURL(path).href },
      position: { line: line - 1, character: column - 1 },
    });
    const list = Array.isArray(found) ? found : found ? [found] : [];
    return list.map(({ uri, range, targetUri, targetSelectionRange }) => {
      const { start } = range ?? targetSelectionRange;
      return { uri: uri ?? targetUri, line: start.line + 1, column: start.character + 1 };
    });
  }

  async stop() {
    await Promise.race([this.request("shutdown", null), new Promise((resolve) => setTimeout(resolve, 2000))]);
    this.#process.kill();
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  #notify(method, params) {
    this.#send({ method, params });
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  #receive(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, end).toString())?.[1]);
      if (this.#buffer.length < end + 4 + length) return;
      const message = JSON.parse(this.#buffer.subarray(end + 4, end + 4 + length).toString());
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#handle(message);
    }
  }

  #handle({ id, method, params, result, error }) {
    if (method && id !== undefined) {
      const answer =
        method === "workspace/configuration"
          ? params.items.map(
              ({ section }) => section?.split(".").reduce((value, key) => value?.[key], settings) ?? null,
            )
          : null;
      this.#send({ id, result: answer });
      return;
    }
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }
}
