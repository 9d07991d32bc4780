import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Cancellation, neverCancelled, throwIfCancelled } from "../core/base/cancellation";
import type { Notice } from "../core/base/notice";
import { type Analysis, Engine } from "../core/engine/engine";
import type { Settings } from "../core/engine/settings";
import { languageOfPath } from "../core/languages/languages";
import { isBuildFile } from "../core/languages/links";
import type { FileFacts } from "../core/model/facts";
import { namesUsed } from "../core/model/namesUsed";
import { isInstructionFile } from "../core/rules/instructionPlace";
import { loadRules } from "../core/rules/loadRules";
import { createRuleIndex, type RuleIndex } from "../core/rules/matchRules";
import type { Rule, RuleMatch } from "../core/rules/rule";
import type { SyntaxHost } from "../core/syntax/syntaxParser";
import { readInstructionFiles } from "./instructionFiles";
import { readSource } from "./readSource";
import { createSyntaxHost } from "./syntaxHost";
import { walkWorkspace } from "./walkWorkspace";

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
}

/** Instruction files are often links to one another, and the walk does not follow links. */
const rootInstructionFiles = [
  "CLAUDE.md",
  "AGENTS.md",
  "CLAUDE.local.md",
  ".claude/CLAUDE.md",
  ".github/copilot-instructions.md",
  ".cursorrules",
];

/** One workspace folder: its files on disk, the texts open in editors, its analysis and its rules. */
export class Workspace {
  private readonly overlays = new Map<string, string>();
  private readonly noticesByPath = new Map<string, Notice[]>();
  private generalNotices: Notice[] = [];
  private ruleIndex: RuleIndex = createRuleIndex([]);
  private allRules: readonly Rule[] = [];
  /** Hovers ask for the same file again and again. */
  private lastFacts: { path: string; text: string; facts: FileFacts | undefined } | undefined;

  private constructor(
    /** Real path of the folder. */
    private folder: string,
    private settings: Settings,
    private readonly engine: Engine,
  ) {}

  static async open(folder: string, settings: Settings, options: OpenOptions = {}): Promise<Workspace> {
    const { only, syntaxHost = createSyntaxHost() } = options;
    return new Workspace(folder, settings, await Engine.create(syntaxHost, settings, only));
  }

  get root(): string {
    return this.folder;
  }

  get rules(): readonly Rule[] {
    return this.allRules;
  }

  get rulesByPlace(): RuleIndex {
    return this.ruleIndex;
  }

  /** What went wrong or was left out, in path order. */
  get notices(): Notice[] {
    const paths = [...this.noticesByPath.keys()].sort();
    return [...this.generalNotices, ...paths.flatMap((path) => this.noticesByPath.get(path) ?? [])];
  }

  /** @returns whether files must be looked at again for the new settings to hold */
  configure(settings: Settings): boolean {
    const asksForScan = (key: string) => key === "exclude" || key.startsWith("limits.");
    const before = this.settings;
    this.settings = settings;
    this.engine.configure(settings);
    return Object.keys(settings).some(
      (key) => asksForScan(key) && JSON.stringify(settings[key]) !== JSON.stringify(before[key]),
    );
  }

  /** Looks at every file of the folder again. Files that are gone are forgotten. */
  async scan({ cancellation, onProgress, first = [] }: ScanOptions): Promise<void> {
    const walked = await this.walk(
      (path) => languageOfPath(path) !== undefined || isInstructionFile(path) || isBuildFile(path),
      cancellation,
    );
    this.folder = walked.root;
    this.generalNotices = walked.notices;
    await this.reloadRules(walked.paths);
    await this.readBuildFiles(walked.paths.filter(isBuildFile));
    const sources = walked.paths.filter((path) => languageOfPath(path) !== undefined);
    const wanted = new Set(sources);
    for (const path of [...this.engine.paths]) if (!wanted.has(path) && !this.overlays.has(path)) this.forget(path);
    const openFirst = new Set(first.filter((path) => wanted.has(path)));
    const ordered = [...openFirst, ...sources.filter((path) => !openFirst.has(path))];
    let done = 0;
    for (const path of ordered) {
      throwIfCancelled(cancellation);
      await this.refresh(path);
      done++;
      onProgress?.({ done, total: ordered.length });
      if (done % 8 === 0) await setImmediate();
    }
  }

  /** Analyses one file as it is now: the text open in an editor, else what is on disk. */
  async refresh(path: string): Promise<void> {
    const overlay = this.overlays.get(path);
    if (overlay !== undefined) return this.analyse(path, overlay, []);
    const read = await this.read(path);
    if (read.kind === "source") return this.analyse(path, read.text, read.notice ? [read.notice] : []);
    this.engine.removeFile(path);
    this.noticesByPath.set(path, [read.notice]);
  }

  /** The text an editor shows, which counts until the editor closes it. */
  /** Analyses new files, as far as a scan would have found them. */
  async addFiles(paths: ReadonlySet<string>): Promise<void> {
    const { paths: walked } = await this.walk((path) => paths.has(path), neverCancelled);
    for (const path of walked) await this.refresh(path);
  }

  async setOverlay(path: string, text: string): Promise<void> {
    this.overlays.set(path, text);
    await this.analyse(path, text, []);
  }

  async removeOverlay(path: string): Promise<void> {
    this.overlays.delete(path);
    await this.refresh(path);
  }

  forget(path: string): void {
    this.engine.removeFile(path);
    this.noticesByPath.delete(path);
  }

  isOpen(path: string): boolean {
    return this.overlays.has(path);
  }

  hasFile(path: string): boolean {
    return this.engine.hasFile(path);
  }

  analysis(): Analysis {
    return this.engine.analysis();
  }

  /** The facts of one file with their steps, as the file is now. */
  async factsOf(path: string): Promise<FileFacts | undefined> {
    const text = await this.textOf(path);
    if (text === undefined) return undefined;
    if (this.lastFacts?.path !== path || this.lastFacts.text !== text) {
      this.lastFacts = { path, text, facts: (await this.engine.extractFacts(path, text)).facts };
    }
    return this.lastFacts.facts;
  }

  /** Rules for one zero-based line, or for the whole file. */
  async rulesAt(path: string, line?: number): Promise<RuleMatch[]> {
    if (!this.settings["rules.enabled"]) return [];
    const facts = await this.factsOf(path);
    return facts ? this.ruleIndex.rulesAt({ path, ...namesUsed(facts, line) }) : [];
  }

  private async textOf(path: string): Promise<string | undefined> {
    const overlay = this.overlays.get(path);
    if (overlay !== undefined) return overlay;
    const read = await this.read(path);
    return read.kind === "source" ? read.text : undefined;
  }

  /** @param paths files of the folder among which the instruction files are looked for */
  async reloadRules(paths?: readonly string[]): Promise<void> {
    const walked = paths ?? (await this.walk(isInstructionFile, neverCancelled)).paths;
    const candidates = new Set(walked.filter(isInstructionFile));
    for (const path of rootInstructionFiles) if (await exists(join(this.folder, path))) candidates.add(path);
    const { files, read, notices: readNotices } = readInstructionFiles(this.folder, [...candidates].sort());
    const { rules, notices } = loadRules(files, read);
    this.allRules = rules;
    this.ruleIndex = createRuleIndex(rules);
    for (const path of [...this.noticesByPath.keys()]) if (isInstructionFile(path)) this.noticesByPath.delete(path);
    for (const notice of [...readNotices, ...notices]) {
      const path = notice.path ?? "";
      this.noticesByPath.set(path, [...(this.noticesByPath.get(path) ?? []), notice]);
    }
  }

  private async readBuildFiles(paths: readonly string[]): Promise<void> {
    const texts = new Map<string, string>();
    for (const path of paths) {
      const read = await this.read(path);
      if (read.kind === "source") texts.set(path, read.text);
    }
    this.engine.setConfigurations(texts);
  }

  private walk(accept: (path: string) => boolean, cancellation: Cancellation) {
    return walkWorkspace(this.folder, {
      exclude: this.settings.exclude,
      maxFiles: this.settings["limits.maxFiles"],
      accept,
      cancellation,
    });
  }

  private read(path: string) {
    return readSource(this.folder, path, { maxFileBytes: this.settings["limits.maxFileSize"] * 1024 });
  }

  private async analyse(path: string, text: string, notices: Notice[]): Promise<void> {
    const found = [...notices, ...(await this.engine.setFile(path, text))];
    if (found.length > 0) this.noticesByPath.set(path, found);
    else this.noticesByPath.delete(path);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
