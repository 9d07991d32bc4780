import { createHash } from "node:crypto";
import { type Cancellation, neverCancelled, throwIfCancelled } from "../core/base/cancellation";
import type { Notice } from "../core/base/notice";
import { lineAt } from "../core/base/text";
import { type Analysis, Engine } from "../core/engine/engine";
import { FileExtractor } from "../core/engine/extractor";
import { noRules, type RuleSources } from "../core/engine/ruleJudge";
import type { Settings } from "../core/engine/settings";
import { languageOfPath } from "../core/languages/languages";
import { isBuildFile } from "../core/languages/links";
import type { Ledger } from "../core/ledger/signOffs";
import type { FileFacts } from "../core/model/facts";
import type { FileSummary } from "../core/model/fileSummary";
import { SummaryInterner } from "../core/model/summaryInterner";
import { firstFileOf } from "../core/model/workspaceModel";
import { type ScanReport, scanReport } from "../core/report/scanReport";
import type { FileChange } from "../core/rules/enforce/changes";
import { type RuledWorkspace, rulesAt, rulesOf } from "../core/rules/enforce/rulesAt";
import type { RuleMatch } from "../core/rules/rule";
import type { SyntaxNode } from "../core/syntax/syntaxNode";
import type { SyntaxHost } from "../core/syntax/syntaxParser";
import { CacheBlobs } from "./cache/cacheBlob";
import type { CachePack } from "./cache/cachePack";
import { CurrentFiles } from "./currentFiles";
import type { WorkspaceFiles } from "./extraction/workspaceFiles";
import { unseenBelow } from "./gitIgnore";
import { holdHeap } from "./heapBounds";
import { GitHistory, type HistoryFile } from "./history/gitHistory";
import { trackedButIgnored } from "./history/trackedButIgnored";
import { WorkspaceLedger } from "./ledger/workspaceLedger";
import { ScanLinks } from "./scanLinks";
import { createSyntaxHost } from "./syntaxHost";
import { TimeSlice } from "./timeSlice";
import { folderOf } from "./walkWorkspace";
import { maxCacheBytes, WorkspaceFolder } from "./workspaceFolder";
import { isOfRules, WorkspaceRuleSources } from "./workspaceRuleSources";
import type { RulesOptions, WorkspaceRules } from "./workspaceRules";

export interface ScanProgress {
  done: number;
  total: number;
}

export interface ScanOptions {
  cancellation: Cancellation;
  onProgress?(progress: ScanProgress): void;
  /** Files to analyse before all others. */
  first?: readonly string[];
}

export interface OpenOptions {
  /** Ids of the detectors to run; all of them when absent. */
  only?: ReadonlySet<string> | undefined;
  syntaxHost?: SyntaxHost;
  /** Where to keep what was read; nothing is kept when absent. */
  cacheFolder?: string | undefined;
  /** Threads at most, and never more than one per core; so many as are worth it when absent. */
  threads?: number | undefined;
}

/** What one look at all files of the folder has found. */
interface Reading {
  files: WorkspaceFiles;
  /** Of those that began earlier it is smaller. */
  number: number;
  pack: CachePack | undefined;
  /** Texts by path. */
  buildFiles: ReadonlyMap<string, string>;
}

/** So many changed files at once are worth threads. */
const manyFiles = 32;

/** One workspace folder: its files on disk, the texts open in editors, its analysis and its rules. */
export class Workspace {
  private readonly current: CurrentFiles;
  private generalNotices: Notice[] = [];
  private historyNotices: Notice[] = [];
  private readonly ruleSources: WorkspaceRuleSources;
  /** What its team has signed off. */
  readonly ledger = new WorkspaceLedger(() => this.tellLedger());
  private readonly engine: Engine;
  private readonly folder: WorkspaceFolder;
  private history: GitHistory | undefined;

  private constructor(
    path: string,
    private settings: Settings,
    private readonly options: OpenOptions,
  ) {
    let extractor: Promise<FileExtractor> | undefined;
    const extractorMade = () => {
      extractor ??= FileExtractor.create(options.syntaxHost ?? createSyntaxHost());
      return extractor;
    };
    this.engine = new Engine(extractorMade, settings, options.only);
    this.folder = new WorkspaceFolder(path, settings, extractorMade, options.threads);
    this.current = new CurrentFiles(
      this.engine,
      (path) => this.folder.read(path),
      (path, text) => this.ruleSources.setText(path, text),
    );
    this.ruleSources = new WorkspaceRuleSources(
      folderOf(path),
      rulesOptions(settings),
      (path) => this.textOf(path),
      async (path) => this.folder.textOf(path),
      () => this.tellRules(),
    );
  }

  static async open(folder: string, settings: Settings, options: OpenOptions = {}): Promise<Workspace> {
    return new Workspace(folder, settings, options);
  }

  /** What paths are relative to. */
  get root(): string {
    return this.folder.root;
  }

  /** Its instruction files. */
  get rules(): WorkspaceRules {
    return this.ruleSources.rules;
  }

  /** Files of any kind, in walking order; those of folders that are left out are not among them. */
  get paths(): ReadonlySet<string> {
    return this.folder.paths;
  }

  /** What went wrong or was left out, in path order. */
  get notices(): Notice[] {
    return [
      ...this.generalNotices,
      ...this.historyNotices,
      ...this.ruleSources.notices,
      ...this.ledger.notices,
      ...this.current.notices,
    ];
  }

  /** @returns whether files must be looked at again for the new settings to hold */
  configure(settings: Settings): boolean {
    const asksForScan = (key: string) => key === "exclude" || key.startsWith("limits.") || key.startsWith("history.");
    const before = this.settings;
    this.settings = settings;
    this.folder.configure(settings);
    this.engine.configure(settings);
    if (!this.rules.configure(rulesOptions(settings))) this.tellRules();
    return Object.keys(settings).some(
      (key) => asksForScan(key) && JSON.stringify(settings[key]) !== JSON.stringify(before[key]),
    );
  }

  /** Looks at every file of the folder again. Files that are gone are forgotten. */
  async scan(options: ScanOptions): Promise<void> {
    let prepared: Promise<void> | undefined;
    await this.reading(options, async ({ files, number }) => {
      await this.current.take(files, number, new SummaryInterner());
      // What was read can be let go of meanwhile.
      prepared = this.prepare(options.cancellation);
    });
    await prepared;
  }

  /** What a scan has to say: what the last one said, when nothing has changed since. */
  async report(options: ScanOptions): Promise<ScanReport> {
    return this.reading(options, async (reading) => {
      const { files, number, pack, buildFiles } = reading;
      const git = await this.gitHistory()?.state(options.cancellation);
      const digest = digestOf(
        files.digest,
        git?.state,
        buildFiles,
        this.ruleSources.digested,
        this.ledger.digest,
        [...this.folder.paths],
        this.settings,
        [...(this.options.only ?? [])].sort(),
      );
      const known = pack?.result("scan", digest);
      if (known) {
        const kept = JSON.parse(Buffer.from(known).toString("utf8")) as KeptReport;
        const { notices } = files;
        for (const path of files.paths) this.current.setNotices(path, notices.get(path) ?? []);
        this.historyNotices = git && git.state === undefined ? git.notices : kept.historyNotices;
        return kept.report;
      }
      await this.current.take(files, number);
      const links = pack && new ScanLinks(pack, files, digestOf(this.settings.catalog, process.versions.v8));
      const isResumed = (await links?.resume(this.engine, (path) => this.current.isNewer(path, number))) ?? false;
      await this.prepare(options.cancellation);
      if (!isResumed) links?.keep(this.engine);
      this.historyNotices = git?.notices ?? [];
      if (git?.state !== undefined) await this.readHistory(options.cancellation);
      const analysis = this.engine.analysis();
      const report = scanReport(analysis);
      const kept: KeptReport = { report, historyNotices: this.historyNotices };
      // A history that could not be read, or not to its end, may be read the next time.
      const { history } = analysis.model;
      const isFinal = git?.state === undefined || (history !== undefined && history.truncated !== "time");
      if (isFinal) pack?.putResult("scan", digest, Buffer.from(JSON.stringify(kept)));
      return report;
    });
  }

  /** Walks the folder, reads what is not known, and lets `use` do with it what it wants before the cache is closed. */
  private async reading<T>(
    { cancellation, onProgress, first = [] }: ScanOptions,
    use: (reading: Reading) => Promise<T>,
  ): Promise<T> {
    const number = this.current.beginReading();
    const isRead = (path: string) => languageOfPath(path) !== undefined || isBuildFile(path) || isOfRules(path);
    const { root, paths, notices } = await this.folder.walk(isRead, cancellation);
    const isSource = (path: string) => languageOfPath(path) !== undefined;
    this.generalNotices = [
      ...notices,
      ...(await trackedButIgnored(root, isSource, this.settings.exclude, cancellation)),
    ];
    const { cacheFolder } = this.options;
    const pack = cacheFolder === undefined ? undefined : this.folder.openPack(cacheFolder);
    try {
      await this.reloadRulesOf(paths, pack, cancellation);
      this.ledger.reload(this.root);
      const buildFiles = this.readBuildFiles(paths.filter(isBuildFile));
      const sources = paths.filter((path) => languageOfPath(path) !== undefined);
      const wanted = new Set(sources);
      for (const path of [...this.engine.paths])
        if (!wanted.has(path) && !this.current.isNewer(path, number)) this.forget(path);
      const files = await this.folder.readAll(sources, cancellation, {
        pack,
        first: new Set(first),
        ...(onProgress && { onProgress }),
      });
      return await use({ files, number, pack, buildFiles });
    } finally {
      this.generalNotices.push(...((await pack?.save()) ?? []));
      pack?.close();
    }
  }

  /** Instruction files that are as an earlier process has read them are not read again. */
  private async reloadRulesOf(paths: readonly string[], pack: CachePack | undefined, cancellation: Cancellation) {
    const known = pack?.result("rules", "");
    const before = known && Buffer.from(known).toString("utf8");
    if (before !== undefined) this.rules.goOnFrom(before);
    await this.ruleSources.reload(paths, cancellation);
    const { kept } = this.rules;
    if (kept !== before) pack?.putResult("rules", "", Buffer.from(kept));
  }

  /**
   * Links what has changed, letting others have their turns meanwhile.
   *
   * @throws CancelledError; then everything is linked anew the next time
   */
  async prepare(cancellation: Cancellation = neverCancelled): Promise<void> {
    holdHeap();
    await this.ruleSources.update(cancellation);
    const slice = new TimeSlice();
    const pause = async () => {
      await slice.pause();
      throwIfCancelled(cancellation);
    };
    await this.engine.prepare(() => (slice.isOver() ? pause() : undefined));
  }

  /**
   * Reads who changed what, if there is a repository; the analysis then tells it.
   *
   * @throws CancelledError
   */
  async readHistory(cancellation: Cancellation): Promise<void> {
    const history = this.gitHistory();
    if (!history) {
      this.engine.setHistory(undefined);
      return;
    }
    const files = [...this.engine.analysis().model.files.values()].map(toHistoryFile);
    const { history: read, notices } = await history.read(files, (path) => this.textOf(path), cancellation);
    this.historyNotices = notices;
    this.engine.setHistory(read);
    await this.prepare();
  }

  private gitHistory(): GitHistory | undefined {
    if (!this.settings["history.enabled"]) return undefined;
    const { cacheFolder } = this.options;
    this.history ??= new GitHistory(this.root, {
      limits: { maxCommits: this.settings["history.maxCommits"], timeout: 60_000 },
      ...(cacheFolder !== undefined && { cache: new CacheBlobs(cacheFolder, maxCacheBytes) }),
    });
    return this.history;
  }

  /** Analyses one file as it is now: the text open in an editor, else what is on disk. */
  refresh(path: string): Promise<void> {
    return this.current.refresh(path);
  }

  /** Analyses files that have changed on disk; many at once, after a checkout, in threads. */
  async refreshAll(paths: readonly string[]): Promise<void> {
    const onDisk = paths.filter((path) => !this.isOpen(path));
    if (onDisk.length < manyFiles) {
      for (const path of onDisk) await this.refresh(path);
      return;
    }
    const reading = this.current.beginReading();
    await this.current.take(await this.folder.readAll(onDisk, neverCancelled), reading);
    await this.prepare();
  }

  /** Analyses new files, as far as a scan would have found them. */
  async addFiles(paths: ReadonlySet<string>): Promise<void> {
    const { paths: walked } = await this.folder.walk((path) => paths.has(path));
    await this.refreshAll(walked);
  }

  /** The text an editor shows, which counts until the editor closes it. */
  setOverlay(path: string, text: string): Promise<void> {
    return this.current.setOverlay(path, text, this.settings);
  }

  removeOverlay(path: string): Promise<void> {
    return this.current.removeOverlay(path);
  }

  forget(path: string): void {
    this.current.forget(path);
  }

  isOpen(path: string): boolean {
    return this.current.isOpen(path);
  }

  hasFile(path: string): boolean {
    return this.engine.hasFile(path);
  }

  setting<K extends keyof Settings>(key: K): Settings[K] {
    return this.settings[key];
  }

  /** One file as it was set last, though the analysis may not have come to it. */
  summaryOf(path: string): FileSummary | undefined {
    return this.engine.summaryOf(path);
  }

  analysis(): Analysis {
    return this.engine.analysis();
  }

  /** The facts of one file with their steps, as the file is now. */
  async factsOf(path: string): Promise<FileFacts | undefined> {
    const text = await this.textOf(path);
    return text === undefined ? undefined : (await this.engine.extractFacts(path, text)).facts;
  }

  /** The facts of a text that is no file of the workspace now, as if it stood at `path`. */
  async factsIn(path: string, text: string): Promise<FileFacts | undefined> {
    return (await this.engine.extractFacts(path, text)).facts;
  }

  /**
   * What the analysis was before a change: some files had other texts or were not there, nothing was being changed, and
   * the ledger was another one. Afterwards everything is as it was.
   *
   * @param texts by path, `undefined` for a file that was not there
   * @throws CancelledError
   */
  async analysisBefore(
    texts: ReadonlyMap<string, string | undefined>,
    ledger: Ledger,
    cancellation: Cancellation,
  ): Promise<Analysis> {
    const now = [...texts.keys()].map((path) => [path, this.engine.summaryOf(path)] as const);
    try {
      for (const [path, text] of texts) {
        throwIfCancelled(cancellation);
        if (text === undefined) this.engine.removeFile(path);
        else await this.engine.setFile(path, text);
      }
      this.tellRules({ changes: [], found: this.ruleSources.foundWith(texts) });
      this.engine.setLedger(ledger);
      await this.prepare(cancellation);
      return this.engine.analysis();
    } finally {
      for (const [path, summary] of now) this.engine.setSummary(path, summary);
      this.tellRules();
      this.tellLedger();
    }
  }

  /** The file of the workspace that an import leads to, and the name it means there; absent for the module itself. */
  importedFile(
    path: string,
    imported: { module: string; member?: string },
  ): { path: string; member?: string } | undefined {
    const { module, member } = this.engine.resolveImport(path, imported);
    const file = firstFileOf(this.analysis().model, module);
    return file && { path: file.path, ...(member !== undefined && { member }) };
  }

  /** The syntax of a text in the language of a path. */
  parse(path: string, text: string): Promise<SyntaxNode | undefined> {
    return this.engine.parse(path, text);
  }

  /** Rules for a zero-based place, a whole line, or the whole file. */
  rulesAt(path: string, line?: number, character?: number): RuleMatch[] {
    return this.settings["rules.enabled"] ? rulesAt(this.ruled, path, line, character) : [];
  }

  /** Rules that a function breaks, those that name something it is or does, then those about what it is about. */
  rulesOf(path: string, index: number): RuleMatch[] {
    return this.settings["rules.enabled"] ? rulesOf(this.ruled, path, index) : [];
  }

  private get ruled(): RuledWorkspace {
    const { model, rules } = this.analysis();
    return { model, lookup: this.rules.lookup, report: rules.report };
  }

  /** The text of a file as it is now; what an editor shows counts. */
  async textOf(path: string): Promise<string | undefined> {
    return this.current.shownText(path) ?? this.folder.textOf(path);
  }

  /** Reads the instruction files again, and the scripts that some rules are about. */
  async reloadRules(): Promise<void> {
    const { paths } = await this.folder.walk(isOfRules);
    await this.ruleSources.reload(paths, neverCancelled);
  }

  /** Looks again for what rules forbid in the texts of these files. */
  searchAgain(paths: readonly string[]): Promise<void> {
    return this.ruleSources.searchAgain(paths, neverCancelled);
  }

  /**
   * Reads what the working tree changes since its branch began, which some rules are about.
   *
   * @param base the revision to compare with; the default branch when absent
   * @returns the commit compared with, and whether there is something new to judge
   * @throws InputError when a named base cannot be compared with
   * @throws CancelledError
   */
  readChanges(cancellation: Cancellation, base?: string): Promise<{ base?: string; isNew: boolean }> {
    return this.ruleSources.readChanges(cancellation, base);
  }

  /** What the working tree changes, as it was read last. */
  get changes(): readonly FileChange[] {
    return this.ruleSources.changes;
  }

  /** Tells the engine what the rules are, and what they are about beside the code. */
  private tellRules(others: Partial<RuleSources> = {}): void {
    const isOn = this.settings["rules.enabled"];
    const isLeftOut = unseenBelow(this.root);
    this.engine.setRules(isOn ? { ...this.ruleSources.all, paths: this.paths, isLeftOut, ...others } : noRules);
  }

  private tellLedger(): void {
    this.engine.setLedger(this.ledger.all, this.ledger.problems);
  }

  /** Reads ledgers again that have changed on disk. */
  refreshLedger(paths: readonly string[]): void {
    this.ledger.refresh(this.root, paths);
  }

  /** Reads the build files again, which say where modules are. */
  async reloadBuildFiles(): Promise<void> {
    this.readBuildFiles((await this.folder.walk(isBuildFile)).paths);
  }

  private readBuildFiles(paths: readonly string[]): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const path of paths) {
      const text = this.folder.textOf(path);
      if (text !== undefined) texts.set(path, text);
    }
    this.engine.setConfigurations(texts);
    return texts;
  }
}

/** What is kept of a scan's result; notices on files come with the files. */
interface KeptReport {
  report: ScanReport;
  historyNotices: Notice[];
}

function toHistoryFile({ path, functions, lineStarts }: FileSummary): HistoryFile {
  return {
    path,
    functions: functions.map(({ symbol, start, end }) => ({
      symbol,
      startLine: lineAt(lineStarts, start) + 1,
      endLine: lineAt(lineStarts, Math.max(start, end - 1)) + 1,
    })),
  };
}

function digestOf(...parts: readonly unknown[]): string {
  const plain = parts.map((part) => (part instanceof Map ? [...part] : part));
  return createHash("sha256").update(JSON.stringify(plain)).digest("hex");
}

function rulesOptions(settings: Settings): RulesOptions {
  return { userFiles: settings["rules.userFiles"] };
}
