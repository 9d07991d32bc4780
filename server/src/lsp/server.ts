import { basename, dirname } from "node:path";
import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import {
  type CancellationToken,
  type ClientCapabilities,
  CodeLensRefreshRequest,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { resolveSettings } from "../core/base/settings";
import { type Settings, settingDefinitions } from "../core/engine/settings";
import { languageOfPath, sourceExtensions } from "../core/languages/languages";
import { buildFileGlob, isBuildFile } from "../core/languages/links";
import { detectorUrl } from "../core/report/links";
import { searchableExtensions } from "../core/rules/enforce/textSearch";
import { isInstructionFile } from "../core/rules/instructionPlace";
import { givesRules } from "../core/rules/rulesFile";
import { clearCache, userCacheFolder } from "../host/cache/cacheFolder";
import { boundHeap } from "../host/heapBounds";
import {
  clearCache as clearCacheRequest,
  openDetectorPageCommand,
  type ServerOptions,
  type ServerStatus,
  statusChanged,
} from "../protocol/messages";
import { codeActionsFor } from "./codeActions";
import { lensesOf, resolveLens } from "./codeLens";
import { DiagnosticFeatures } from "./diagnosticFeatures";
import { ExplainFeatures } from "./explainFeatures";
import { type FileChange, Folder } from "./folder";
import { hoverAt } from "./hover";
import { QuizFeatures } from "./quizFeatures";
import { ReviewFeatures } from "./reviewFeatures";
import { RuleFeatures } from "./ruleFeatures";

/** Changes that come together are one edit, in milliseconds. */
const editDelay = 5;
/** Other rules are asked of every file: that waits for a pause, in milliseconds. */
const ruleEditDelay = 300;
/** How long an answer waits for the analysis of the latest edit before it does without, in milliseconds. */
const hoverPatience = 30;
/** What an edit changes elsewhere is asked for again when there is a pause, in milliseconds. */
const refreshDelay = 500;
/** After this long without a change the history is read again, in milliseconds. */
const historyDelay = 5000;

/** Serves one editor until it says `exit`. */
export async function serve(version: string): Promise<void> {
  const connection = process.argv.some((argument) => argument.startsWith("--node-ipc"))
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  boundHeap();
  new Server(connection, version).listen();
  await new Promise(() => undefined);
}

type Connection = ReturnType<typeof createConnection>;

const watchedExtensions = new Set([...sourceExtensions, ...searchableExtensions, "md", "mdc"]);

class Server {
  private readonly documents = new TextDocuments(TextDocument);
  private readonly folders = new Map<string, Folder>();
  /** Settled once the folders the editor named at the start can be asked. */
  private opened: Promise<unknown> = Promise.resolve();
  private readonly edits = new Map<string, NodeJS.Timeout>();
  private capabilities: ClientCapabilities = {};
  private cacheFolder: string | undefined;
  private readonly historyTimers = new Map<Folder, NodeJS.Timeout>();
  private readonly diagnostics: DiagnosticFeatures;
  private readonly explanations: ExplainFeatures;
  private readonly ruleFeatures: RuleFeatures;
  private readonly quizFeatures: QuizFeatures;
  private readonly reviewFeatures: ReviewFeatures;
  private scans = 0;
  private readonly scanned = new WeakMap<Folder, Promise<unknown>>();
  private lastStatus = "";
  private refreshTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly version: string,
  ) {
    this.diagnostics = new DiagnosticFeatures(connection, {
      upToDate: (uri, token) => this.upToDate(uri, token),
      folders: () => this.folders.values(),
      documents: () => this.documents.all(),
      isAsking: (folder, path, symbol) => this.quizFeatures.isAsking(folder, path, symbol),
    });
    this.explanations = new ExplainFeatures(connection, { upToDate: (uri, token) => this.upToDate(uri, token) });
    this.ruleFeatures = new RuleFeatures(connection, {
      placeOf: (uri) => this.placeOf(uri),
      documentOf: (uri) => this.documents.get(uri),
      folders: () => this.folders.values(),
    });
    this.quizFeatures = new QuizFeatures(connection, {
      upToDate: (uri, token) => this.upToDate(uri, token),
      scanned: async (folder) => void (await this.scanned.get(folder)),
      folders: () => this.folders.values(),
      changed: () => this.changed(),
    });
    this.reviewFeatures = new ReviewFeatures(connection, {
      placeOf: (uri) => this.placeOf(uri),
      upToDate: (uri, token) => this.upToDate(uri, token),
      folders: () => this.folders.values(),
      changed: () => this.changed(),
    });
  }

  listen(): void {
    const { connection, documents } = this;
    let folderUris: string[] = [];
    connection.onInitialize((params) => {
      folderUris = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
      return this.initialize(params);
    });
    connection.onInitialized(() => {
      this.opened = this.start(folderUris).catch((error) => this.report(error));
    });
    documents.onDidOpen(({ document }) => this.scheduleEdit(document.uri, 0));
    documents.onDidChangeContent(({ document }) => this.scheduleEdit(document.uri, delayOf(document)));
    documents.onDidClose(({ document }) => void this.closed(document.uri).catch((error) => this.report(error)));
    connection.onDidChangeConfiguration(() => void this.configurationChanged().catch((error) => this.report(error)));
    connection.onDidChangeWatchedFiles(
      ({ changes }) => void this.filesChanged(changes).catch((error) => this.report(error)),
    );
    connection.onHover(async ({ textDocument, position }, token) => {
      const place = await this.upToDate(textDocument.uri, token, hoverPatience);
      if (!place) return null;
      if (givesRules(place.path)) return this.ruleFeatures.hover(place, position.line, token);
      const { folder, path } = place;
      return hoverAt(folder, path, position, (symbol) => this.quizFeatures.isAsking(folder, path, symbol), token);
    });
    connection.onCodeLens(async ({ textDocument }, token) => {
      const place = await this.upToDate(textDocument.uri, token);
      if (!place?.folder.isCurrent(place.path)) return [];
      if (givesRules(place.path)) return this.ruleFeatures.lenses(place);
      return place.folder.workspace.setting("codeLens.enabled") ? lensesOf(place.folder, place.path) : [];
    });
    connection.onCodeLensResolve((lens) => resolveLens(lens, (uri) => this.placeOf(uri)));
    connection.onCodeAction(async ({ textDocument, context }, token) => {
      const document = documents.get(textDocument.uri);
      const place = await this.upToDate(textDocument.uri, token);
      if (!document || !place) return [];
      const { folder, path } = place;
      const findings = folder.isCurrent(path) ? folder.findingsIn(path) : [];
      return codeActionsFor(document, context.diagnostics, findings, (to) => folder.uriOf(to));
    });
    connection.onExecuteCommand(async ({ command, arguments: args }) => {
      if (command !== openDetectorPageCommand || typeof args?.[0] !== "string") return;
      await connection.window.showDocument({ uri: detectorUrl(args[0]), external: true });
    });
    connection.onRequest(clearCacheRequest, () => this.clearCache());
    this.diagnostics.listen();
    this.explanations.listen();
    this.ruleFeatures.listen();
    this.quizFeatures.listen();
    this.reviewFeatures.listen();
    documents.listen(connection);
    connection.listen();
  }

  private initialize({ capabilities, initializationOptions }: InitializeParams): InitializeResult {
    this.capabilities = capabilities;
    const options = initializationOptions as ServerOptions | undefined;
    // An editor that keeps no folder for its extensions shares the command line's.
    this.cacheFolder = typeof options?.cacheFolder === "string" ? options.cacheFolder : userCacheFolder();
    return {
      serverInfo: { name: "Fathom", version: this.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        codeLensProvider: { resolveProvider: true },
        codeActionProvider: { codeActionKinds: ["quickfix"] },
        executeCommandProvider: { commands: [openDetectorPageCommand] },
        ...this.diagnostics.capabilities(capabilities),
        ...this.ruleFeatures.staticCapabilities(capabilities),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private async start(folderUris: readonly string[]): Promise<void> {
    const { connection, capabilities } = this;
    await this.ruleFeatures.register(capabilities);
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: "fathom" });
    }
    if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [
          { globPattern: `**/*.{${[...watchedExtensions].join(",")}}` },
          { globPattern: "**/{.gitignore,.cursorrules,.windsurfrules,.clinerules}" },
          { globPattern: "**/.fathom/rules.yaml" },
          { globPattern: "**/.fathom/ledger/**/*.jsonl" },
          { globPattern: buildFileGlob },
          { globPattern: "**/.git/HEAD" },
        ],
      });
    }
    if (capabilities.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) this.closeFolder(uri);
        void Promise.all(added.map(async ({ uri }) => this.scan(await this.openFolder(uri)))).catch((error) =>
          this.report(error),
        );
      });
    }
    const folders = await Promise.all(folderUris.map((uri) => this.openFolder(uri)));
    // Nobody waits for the scans: what is open is answered while they run.
    for (const folder of folders) if (folder) void this.scan(folder).catch((error) => this.report(error));
  }

  private async openFolder(uri: string): Promise<Folder | undefined> {
    if (!uri.startsWith("file:")) return undefined;
    const folder = await Folder.open(uri, await this.settingsOf(uri), this.cacheFolder);
    this.folders.set(uri, folder);
    return folder;
  }

  private closeFolder(uri: string): void {
    const folder = this.folders.get(uri);
    this.folders.delete(uri);
    if (!folder) return;
    clearTimeout(this.historyTimers.get(folder));
    this.historyTimers.delete(folder);
    folder.close();
    for (const path of folder.workspace.analysis().model.files.keys()) this.diagnostics.unpublish(folder.uriOf(path));
    this.changed();
  }

  private async scan(folder: Folder | undefined): Promise<void> {
    if (!folder) return;
    const scan = this.scanFolder(folder);
    this.scanned.set(
      folder,
      scan.catch(() => undefined),
    );
    await scan;
  }

  private async scanFolder(folder: Folder): Promise<void> {
    this.scans++;
    this.sendStatus();
    const progress = this.capabilities.window?.workDoneProgress
      ? await this.connection.window.createWorkDoneProgress()
      : undefined;
    progress?.begin("Fathom", 0, "reading the workspace", true);
    let lastReport = 0;
    try {
      for (const document of this.documents.all()) await this.takeOver(document.uri);
      // What is open is shown before the rest is read.
      this.changed();
      const open = this.documents.all().flatMap(({ uri }) => folder.pathOf(uri) ?? []);
      const isComplete = await folder.scan(
        progress?.token ?? { isCancellationRequested: false },
        open,
        (done, total) => {
          if (Date.now() - lastReport < 200) return;
          lastReport = Date.now();
          progress?.report(Math.floor((100 * done) / total), `${done} of ${total} files`);
        },
      );
      if (!isComplete) this.connection.console.info("The scan was cancelled; files are analysed as they are opened.");
      for (const notice of folder.workspace.notices)
        this.connection.console.info(`${notice.path ? `${notice.path}: ` : ""}${notice.message}`);
    } finally {
      progress?.done();
      this.scans--;
      this.changed();
      this.scheduleHistory(folder, 0);
    }
  }

  /** The history is read when there is time for it, and read again when functions have changed. */
  private scheduleHistory(folder: Folder, delay = historyDelay): void {
    clearTimeout(this.historyTimers.get(folder));
    const read = () =>
      void folder.readGit().then(
        (isNew) => isNew && this.changed(),
        (error) => this.report(error),
      );
    this.historyTimers.set(folder, setTimeout(read, delay));
  }

  private scheduleEdit(uri: string, delay: number): void {
    clearTimeout(this.edits.get(uri));
    this.edits.set(
      uri,
      setTimeout(() => void this.analyseEdit(uri).catch((error) => this.report(error)), delay),
    );
  }

  /** Analyses the text the editor shows and says what that changes. */
  private async analyseEdit(uri: string): Promise<void> {
    await this.takeOver(uri);
    await this.placeOf(uri)?.folder.workspace.prepare();
    this.changed(uri);
  }

  /** Reads the text the editor shows. */
  private async takeOver(uri: string): Promise<void> {
    clearTimeout(this.edits.get(uri));
    this.edits.delete(uri);
    const document = this.documents.get(uri);
    if (!document) return;
    await this.opened;
    const place = this.placeOf(uri) ?? (await this.openLooseFile(uri));
    if (!place) return;
    if (givesRules(place.path)) {
      place.folder.workspace.rules.setOverlay(place.path, document.getText());
      return;
    }
    if (!languageOfPath(place.path)) return;
    await place.folder.edit(() => place.folder.workspace.setOverlay(place.path, document.getText()));
  }

  /** A file outside every folder is analysed by itself. */
  private async openLooseFile(uri: string): Promise<{ folder: Folder; path: string } | undefined> {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== "file" || !(languageOfPath(fsPath) || isInstructionFile(basename(fsPath)))) return undefined;
    const folderUri = URI.file(dirname(fsPath)).toString();
    const folder = await Folder.open(folderUri, await this.settingsOf(uri), this.cacheFolder);
    this.folders.set(folderUri, folder);
    return this.placeOf(uri);
  }

  /**
   * Where a document belongs, with its latest text analysed.
   *
   * @param patience milliseconds after which the latest text is at least read
   * @throws ResponseError when the request was cancelled
   */
  private async upToDate(
    uri: string,
    token: CancellationToken,
    patience?: number,
  ): Promise<{ folder: Folder; path: string } | undefined> {
    await this.opened;
    if (this.edits.has(uri)) {
      const analysed = this.analyseEdit(uri);
      if (patience === undefined) await analysed;
      else await Promise.race([analysed, setTimeoutPromise(patience)]);
    }
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    return this.placeOf(uri);
  }

  private placeOf(uri: string): { folder: Folder; path: string } | undefined {
    let best: { folder: Folder; path: string } | undefined;
    for (const folder of this.folders.values()) {
      const path = folder.pathOf(uri);
      if (path !== undefined && (!best || path.length < best.path.length)) best = { folder, path };
    }
    return best;
  }

  private async closed(uri: string): Promise<void> {
    clearTimeout(this.edits.get(uri));
    this.edits.delete(uri);
    const place = this.placeOf(uri);
    if (!place) return;
    if (givesRules(place.path)) place.folder.workspace.rules.setOverlay(place.path, undefined);
    else await place.folder.edit(() => place.folder.workspace.removeOverlay(place.path));
    await place.folder.workspace.prepare();
    this.changed();
  }

  private async filesChanged(changes: readonly { uri: string; type: FileChangeType }[]): Promise<void> {
    for (const folder of this.folders.values()) {
      const inside = changes.flatMap(({ uri, type }) => {
        const path = folder.pathOf(uri);
        return path === undefined ? [] : [{ path, isDeleted: type === FileChangeType.Deleted }];
      });
      if (inside.length > 0) await folder.applyChanges(inside, (together) => this.applyChanges(folder, together));
    }
    this.changed();
  }

  private async applyChanges(folder: Folder, changes: readonly FileChange[]): Promise<void> {
    const { workspace } = folder;
    if (changes.some(({ path }) => path.endsWith(".gitignore"))) {
      await folder.scan({ isCancellationRequested: false }, [], () => undefined);
      return;
    }
    if (changes.some(({ path }) => givesRules(path))) await workspace.reloadRules();
    else await workspace.searchAgain(changes.map(({ path }) => path));
    workspace.refreshLedger(changes.map(({ path }) => path));
    if (changes.some(({ path }) => isBuildFile(path))) await workspace.reloadBuildFiles();
    this.scheduleHistory(folder);
    const created = new Set<string>();
    const changed: string[] = [];
    for (const { path, isDeleted } of changes) {
      if (workspace.isOpen(path) || !languageOfPath(path)) continue;
      if (isDeleted) {
        workspace.forget(path);
        this.diagnostics.unpublish(folder.uriOf(path));
      } else if (workspace.hasFile(path)) changed.push(path);
      else created.add(path);
    }
    await workspace.refreshAll(changed);
    if (created.size > 0) await workspace.addFiles(created);
    await workspace.prepare();
  }

  private async configurationChanged(): Promise<void> {
    for (const folder of this.folders.values()) {
      const settings = await this.settingsOf(folder.uri);
      const needsScan = folder.workspace.configure(settings);
      if (needsScan) await this.scan(folder);
    }
    this.changed();
  }

  private async settingsOf(uri: string): Promise<Settings> {
    const section = this.capabilities.workspace?.configuration
      ? ((await this.connection.workspace.getConfiguration({ scopeUri: uri, section: "fathom" })) as Record<
          string,
          unknown
        > | null)
      : null;
    const { values, notices } = resolveSettings(settingDefinitions, (key) => valueAt(section, key));
    for (const { message } of notices) this.connection.console.warn(message);
    return values as Settings;
  }

  /**
   * Something may look different now: send what is pushed, and ask the editor to fetch what is pulled.
   *
   * @param edited the document whose edit did it: the editor itself asks for that one again
   */
  private changed(edited?: string): void {
    this.sendStatus();
    this.ruleFeatures.changed();
    this.diagnostics.publish();
    clearTimeout(this.refreshTimer);
    this.refreshTimer = setTimeout(() => this.refresh(), edited === undefined ? 0 : refreshDelay);
  }

  private refresh(): void {
    this.diagnostics.refresh();
    if (this.capabilities.workspace?.codeLens?.refreshSupport)
      void this.connection.sendRequest(CodeLensRefreshRequest.type);
  }

  private async clearCache(): Promise<void> {
    if (this.cacheFolder !== undefined) await clearCache(this.cacheFolder);
  }

  private sendStatus(): void {
    const analyses = [...this.folders.values()].map((folder) => folder.workspace.analysis());
    const problems = [...this.folders.values()].flatMap((folder) =>
      folder.workspace.notices
        .filter(({ severity }) => severity !== "info")
        .map(({ path, message }) => (path ? `${path}: ${message}` : message)),
    );
    const status: ServerStatus = {
      state: this.scans > 0 ? "scanning" : "ready",
      files: analyses.reduce((sum, { model }) => sum + model.files.size, 0),
      functions: analyses.reduce((sum, { oracles }) => sum + oracles.size, 0),
      findings: analyses.reduce((sum, { findings }) => sum + findings.length, 0),
      problems: problems.slice(0, 20),
    };
    const content = JSON.stringify(status);
    if (content === this.lastStatus) return;
    this.lastStatus = content;
    void this.connection.sendNotification(statusChanged, status);
  }

  private report(error: unknown): void {
    this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** Settings come as nested objects: `codeLens.enabled` below `fathom`. */
function valueAt(section: Record<string, unknown> | null, key: string): unknown {
  let value: unknown = section;
  for (const part of key.split("."))
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return value;
}

function delayOf({ uri }: TextDocument): number {
  return languageOfPath(URI.parse(uri).fsPath) ? editDelay : ruleEditDelay;
}
