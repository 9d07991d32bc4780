import type { Notice } from "../base/notice";
import { allAtOnce, inTurns, type Turns } from "../base/turns";
import {
  type OracleOptions,
  type OracleRanking,
  oracleFunction,
  rankOracles,
  rankOraclesInTurns,
} from "../detectors/oracle-function/detector";
import { detectors } from "../detectors/registry.generated";
import type { LedgerProblem } from "../ledger/problems";
import { type Ledger, noSignOffs } from "../ledger/signOffs";
import { isCarriedAlong } from "../model/carriedPackages";
import type { FileFacts } from "../model/facts";
import type { FileSummary } from "../model/fileSummary";
import type { WorkspaceHistory } from "../model/functionHistory";
import { emptyTable } from "../model/graph/functionTable";
import type { LinkedFile } from "../model/link/linker";
import type { WorkspaceModel } from "../model/workspaceModel";
import type { SyntaxNode } from "../syntax/syntaxNode";
import type { ExtractionLimits, FileExtractor } from "./extractor";
import { FindingTable, type Found, noFindings, type ShownFindings } from "./findingTable";
import { misattributedSignOff, toLedgerFinding } from "./ledgerFindings";
import { ModelBuilder, type UserCatalog } from "./modelBuilder";
import { ruleDetectors } from "./ruleFindings";
import { type Judgement, noRules, nothingJudged, RuleJudge, type RuleSources } from "./ruleJudge";
import { detectorOptions, type Settings, severityOf } from "./settings";
import { suppressionWithoutReason, unusedSuppression } from "./suppressions";

/** Everything known at one moment; never changed once handed out. */
export interface Analysis extends ShownFindings {
  model: WorkspaceModel;
  oracles: OracleRanking;
  rules: Judgement;
}

/** Turns file contents into analyses. Knows no disk and no editor: whoever has them calls `setFile`. */
export class Engine {
  private readonly builder: ModelBuilder;
  private findings: FindingTable;
  private judge = new RuleJudge(noRules);
  private ledgerProblems: readonly LedgerProblem[] = [];
  private last: Analysis | undefined;
  /** Something has changed since the last analysis. */
  private isStale = true;

  /**
   * @param extractor asked for when there is a file to look into: a scan of what is known needs none
   * @param only ids of the detectors to run; all of them when absent
   */
  constructor(
    private readonly extractor: () => Promise<FileExtractor>,
    private settings: Settings,
    private readonly only?: ReadonlySet<string>,
  ) {
    this.builder = new ModelBuilder(settings.catalog as UserCatalog);
    this.findings = this.newTable();
  }

  /** Limits hold for files set from now on; everything else at once. */
  configure(settings: Settings): void {
    this.settings = settings;
    this.findings = this.newTable();
    this.builder.setCatalog(settings.catalog as UserCatalog);
    this.isStale = true;
  }

  /**
   * Analyses one file and replaces what was known of it.
   *
   * @param isWanted asked at the end: something newer may have come meanwhile
   * @returns its facts with their steps, which are not remembered
   */
  async setFile(
    path: string,
    text: string,
    isWanted = () => true,
  ): Promise<{ facts: FileFacts | undefined; notices: Notice[] }> {
    const extractor = await this.extractor();
    const { summary, facts, notices } = await extractor.extract(path, text, extractionLimits(this.settings));
    if (isWanted()) this.setSummary(path, summary);
    return { facts, notices };
  }

  /** Replaces what was known of one file by what an extractor made of it. */
  setSummary(path: string, summary: FileSummary | undefined): void {
    if (!summary) {
      this.removeFile(path);
      return;
    }
    this.builder.setFile(path, summary);
    this.isStale = true;
  }

  /** @param texts of the build files that say where modules are, by path */
  setConfigurations(texts: ReadonlyMap<string, string>): void {
    this.builder.setConfigurations(texts);
    this.isStale = true;
  }

  /** What the team's rules are, and what they are about beside the code. */
  setRules(sources: RuleSources): void {
    this.judge = new RuleJudge(sources);
    this.isStale = true;
  }

  removeFile(path: string): void {
    this.builder.removeFile(path);
    this.isStale = true;
  }

  /** Paths of all files, in no order; nothing is linked for this. */
  get paths(): Iterable<string> {
    return this.builder.paths;
  }

  hasFile(path: string): boolean {
    return this.builder.summaryOf(path) !== undefined;
  }

  /** What was set last, though the analysis may not have come to it. */
  summaryOf(path: string): FileSummary | undefined {
    return this.builder.summaryOf(path);
  }

  /** @see ModelBuilder.resolveImport */
  resolveImport(path: string, imported: { module: string; member?: string }): { module: string; member?: string } {
    return this.builder.resolveImport(path, imported);
  }

  /** The facts of one file with their steps; nothing is remembered. */
  async extractFacts(path: string, text: string): Promise<{ facts: FileFacts | undefined; notices: Notice[] }> {
    const extractor = await this.extractor();
    return extractor.extractFacts(path, text, extractionLimits(this.settings));
  }

  /** The syntax of a text in the language of a path; nothing is remembered. */
  async parse(path: string, text: string): Promise<SyntaxNode | undefined> {
    const extractor = await this.extractor();
    return extractor.parse(path, text, extractionLimits(this.settings));
  }

  /** Every file with its links as they were made last, for `resume` of another engine. */
  linkedFiles(): Iterable<[path: string, linked: LinkedFile]> {
    return this.builder.linkedFiles();
  }

  /** @see ModelBuilder.resume */
  resume(files: Iterable<{ summary: FileSummary; linked: LinkedFile }>): void {
    this.builder.resume(files);
    this.isStale = true;
  }

  setHistory(history: WorkspaceHistory | undefined): void {
    this.builder.setHistory(history);
    this.isStale = true;
  }

  /** @param problems with its lines, told as `misattributed-sign-off` */
  setLedger(ledger: Ledger, problems: readonly LedgerProblem[] = []): void {
    this.builder.setLedger(ledger);
    this.ledgerProblems = problems;
    this.isStale = true;
  }

  /** While a scan brings file after file, an analysis after each would be an analysis for nothing. */
  isStreaming = false;

  /** What is known now; while `prepare` is at work or files are streaming in, what was known before. */
  analysis(): Analysis {
    if (this.last && (this.preparing > 0 || this.isStreaming || !this.isStale)) return this.last;
    this.last = allAtOnce(this.analyse());
    this.isStale = false;
    return this.last;
  }

  private prepared: Promise<void> = Promise.resolve();
  private preparing = 0;

  /** Brings the analysis up to date, letting others have their turns. While files are streaming in, it leaves that to whoever streams. */
  prepare(pause: () => Promise<unknown> | undefined): Promise<void> {
    this.last ??= noAnalysis(this.settings);
    this.preparing++;
    const bringUpToDate = () =>
      this.bringUpToDate(pause).finally(() => {
        this.preparing--;
      });
    this.prepared = this.prepared.then(bringUpToDate, bringUpToDate);
    return this.prepared;
  }

  private async bringUpToDate(pause: () => Promise<unknown> | undefined): Promise<void> {
    while (this.isStale && !this.isStreaming) {
      this.isStale = false;
      try {
        this.last = await inTurns(this.analyse(), pause);
      } catch (error) {
        this.isStale = true;
        throw error;
      }
    }
  }

  private *analyse(): Turns<Analysis> {
    const model = yield* this.builder.build();
    // Other settings may come meanwhile.
    const { findings } = this;
    const { settings, judged } = findings;
    const { judge, ledgerProblems } = this;
    const oracles = yield* rankOraclesInTurns(model, detectorOptions(settings, oracleFunction.id) as OracleOptions);
    const found: Found[] = [];
    const isOwn = (path: string) => !model.files.get(path)?.leftOut && !isCarriedAlong(model, path);
    for (const detector of detectors) {
      if (!judged.has(detector.id)) continue;
      yield;
      for (const finding of yield* detector.check(model, detectorOptions(settings, detector.id)))
        if (isOwn(finding.path)) found.push({ detector, finding });
    }
    const rules = yield* judge.judge(model, settings.maxFindingsPerFile);
    found.push(...rules.findings.filter(({ detector }) => judged.has(detector.id)));
    if (judged.has(misattributedSignOff.id))
      found.push(
        ...ledgerProblems.map((problem) => ({ detector: misattributedSignOff, finding: toLedgerFinding(problem) })),
      );
    const files = judge.documents.size === 0 ? model.files : new Map([...model.files, ...judge.documents]);
    return { model, ...(yield* findings.update(files, found)), oracles, rules };
  }

  private newTable(): FindingTable {
    const { settings, only } = this;
    const all = [...detectors, ...ruleDetectors, misattributedSignOff].map(({ id }) => id);
    const running = all.filter((id) => (!only || only.has(id)) && severityOf(settings, id) !== "off");
    return new FindingTable(settings, new Set(running), new Set(all));
  }
}

function noAnalysis(settings: Settings): Analysis {
  const model: WorkspaceModel = {
    files: new Map(),
    modules: new Map(),
    functions: emptyTable(),
    signOffs: noSignOffs,
  };
  const oracles = rankOracles(model, detectorOptions(settings, oracleFunction.id) as OracleOptions);
  return { model, ...noFindings, oracles, rules: nothingJudged };
}

/** Ids a user may name: detectors, those of the rules and the ledger, and the two that judge suppressions. */
export const detectorInfos = [
  ...detectors,
  ...ruleDetectors,
  misattributedSignOff,
  suppressionWithoutReason,
  unusedSuppression,
];

export function extractionLimits(settings: Settings): ExtractionLimits {
  return {
    maxNestingDepth: settings["limits.maxNestingDepth"],
    parseTimeout: settings["limits.parseTimeout"],
    maxFunctionsPerFile: settings["limits.maxFunctionsPerFile"],
  };
}
