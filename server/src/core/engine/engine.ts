import { createHash } from "node:crypto";
import { groupBy } from "../base/groupBy";
import type { Notice } from "../base/notice";
import type { Detector } from "../detectors/detector";
import {
  type OracleOptions,
  oracleFunction,
  type RankedFunction,
  rankOracles,
} from "../detectors/oracle-function/detector";
import { detectors } from "../detectors/registry.generated";
import { languageOfPath, leftOutReason } from "../languages/languages";
import { parseSource } from "../languages/parseSource";
import type { FileFacts, FunctionFacts } from "../model/facts";
import type { Finding } from "../model/finding";
import { summarizeFile } from "../model/summarizeFile";
import type { FileSummary, WorkspaceModel } from "../model/workspaceModel";
import { type SyntaxHost, SyntaxParser } from "../syntax/syntaxParser";
import { detectorOptions, type Settings, severityOf } from "./settings";
import { applySuppressions, suppressionWithoutReason, unusedSuppression } from "./suppressions";

/** Everything known at one moment; never changed once handed out. */
export interface Analysis {
  model: WorkspaceModel;
  /** Most important first. */
  findings: readonly Finding[];
  /** Findings left out because their file has too many, by path. */
  capped: ReadonlyMap<string, number>;
  /** Every function that can be an oracle, hardest to explain first. */
  oracles: readonly RankedFunction[];
}

interface ExtractedFacts {
  facts: FileFacts | undefined;
  notices: Notice[];
}

type Candidate = Finding & { belowCut?: boolean };

const severityOrder = { error: 0, warning: 1, info: 2 };

/** Turns file contents into analyses. Knows no disk and no editor: whoever has them calls `setFile`. */
export class Engine {
  private readonly files = new Map<string, FileSummary>();
  private current: Analysis | undefined;

  private constructor(
    private readonly parser: SyntaxParser,
    private settings: Settings,
    private readonly only: ReadonlySet<string> | undefined,
  ) {}

  /** @param only ids of the detectors to run; all of them when absent */
  static async create(host: SyntaxHost, settings: Settings, only?: ReadonlySet<string>): Promise<Engine> {
    return new Engine(await SyntaxParser.create(host), settings, only);
  }

  /** Limits hold for files set from now on; everything else at once. */
  configure(settings: Settings): void {
    this.settings = settings;
    this.current = undefined;
  }

  /** Analyses one file and replaces what was known of it. */
  async setFile(path: string, text: string): Promise<Notice[]> {
    const { facts, notices } = await this.extractFacts(path, text);
    this.current = undefined;
    if (facts) this.files.set(path, summarizeFile(facts, observeAll));
    else this.files.delete(path);
    return notices;
  }

  removeFile(path: string): void {
    if (this.files.delete(path)) this.current = undefined;
  }

  hasFile(path: string): boolean {
    return this.files.has(path);
  }

  /**
   * The facts of one file with their steps; nothing is remembered. A mistake of ours in one file becomes a notice,
   * so that the others are still analysed.
   */
  async extractFacts(path: string, text: string): Promise<ExtractedFacts> {
    try {
      return await this.parseAndLower(path, text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        facts: undefined,
        notices: [{ severity: "error", path, message: `left out because of a mistake in Fathom: ${reason}` }],
      };
    }
  }

  private async parseAndLower(path: string, text: string): Promise<ExtractedFacts> {
    const language = languageOfPath(path);
    if (!language) return { facts: undefined, notices: [] };
    const leftOut = leftOutReason(path, text);
    if (leftOut) return { facts: emptyFacts(path, language.id, leftOut), notices: [] };
    await this.parser.loadGrammar(language.grammar);
    const limits = {
      maxNestingDepth: this.settings["limits.maxNestingDepth"],
      parseTimeout: this.settings["limits.parseTimeout"],
    };
    const parsed = parseSource(this.parser, language, text, limits);
    if (!parsed) {
      const seconds = limits.parseTimeout / 1000;
      return {
        facts: undefined,
        notices: [
          {
            severity: "warning",
            path,
            message: `parsing took longer than ${seconds} s; left out (fathom.limits.parseTimeout)`,
          },
        ],
      };
    }
    const maxFunctions = this.settings["limits.maxFunctionsPerFile"];
    const lowerer = new language.lowerer({
      path,
      language: language.id,
      text,
      root: parsed.root,
      hasErrors: parsed.hasErrors,
      maxFunctions,
    });
    const { facts, functionsLeftOut } = lowerer.lower();
    const notices: Notice[] = [];
    if (parsed.truncatedAt !== undefined) {
      const line = 1 + text.slice(0, parsed.truncatedAt).split(/\r\n|\r|\n/).length - 1;
      notices.push({
        severity: "warning",
        path,
        line,
        message: `code nested deeper than ${limits.maxNestingDepth} levels is left out (fathom.limits.maxNestingDepth)`,
      });
    }
    if (functionsLeftOut > 0) {
      notices.push({
        severity: "warning",
        path,
        message: `${functionsLeftOut} functions beyond the first ${maxFunctions} are left out (fathom.limits.maxFunctionsPerFile)`,
      });
    }
    return { facts, notices };
  }

  analysis(): Analysis {
    this.current ??= this.analyse();
    return this.current;
  }

  private analyse(): Analysis {
    const paths = [...this.files.keys()].sort();
    const model: WorkspaceModel = { files: new Map(paths.map((path) => [path, this.files.get(path) as FileSummary])) };
    const running = detectors.filter(
      ({ id }) => (!this.only || this.only.has(id)) && severityOf(this.settings, id) !== "off",
    );
    const all: Candidate[] = [];
    for (const detector of running) {
      all.push(...this.run(detector, model));
    }
    const found = groupBy(all, (finding) => finding.path);
    const judged = new Set(running.map(({ id }) => id));
    const known = new Set(detectors.map(({ id }) => id));
    const findings: Finding[] = [];
    const capped = new Map<string, number>();
    for (const file of model.files.values()) {
      const inFile = applySuppressions(file, found.get(file.path) ?? [], judged, known).filter(
        (finding) => !finding.belowCut,
      );
      inFile.sort(byImportance);
      const shown = this.settings.maxFindingsPerFile;
      if (inFile.length > shown) capped.set(file.path, inFile.length - shown);
      for (const { belowCut: _, ...finding } of inFile.slice(0, shown)) findings.push(finding);
    }
    findings.sort(byImportance);
    const oracles = rankOracles(model, detectorOptions(this.settings, oracleFunction.id) as OracleOptions);
    return { model, findings, capped, oracles };
  }

  private run(detector: Detector, model: WorkspaceModel): Candidate[] {
    const severity = severityOf(this.settings, detector.id) as Finding["severity"];
    const ordinals = new Map<string, number>();
    return detector.check(model, detectorOptions(this.settings, detector.id)).map((finding) => {
      const place = `${detector.id}:${finding.path}:${finding.symbol}`;
      const ordinal = ordinals.get(place) ?? 0;
      ordinals.set(place, ordinal + 1);
      return { ...finding, detector: detector.id, severity, fingerprint: fingerprintOf(`${place}:${ordinal}`) };
    });
  }
}

/** Ids a user may name: detectors, and the two that judge suppressions. */
export const detectorInfos = [...detectors, suppressionWithoutReason, unusedSuppression];

function observeAll(fn: FunctionFacts, file: FileFacts): Readonly<Record<string, unknown>> {
  const observations: Record<string, unknown> = {};
  for (const detector of detectors) {
    const observation = detector.observe?.(fn, file);
    if (observation !== undefined) observations[detector.id] = observation;
  }
  return observations;
}

function byImportance(a: Finding, b: Finding): number {
  return (
    severityOrder[a.severity] - severityOrder[b.severity] ||
    b.rank - a.rank ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start.line - b.range.start.line)
  );
}

function fingerprintOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function emptyFacts(path: string, language: FileFacts["language"], leftOut: FileFacts["leftOut"]): FileFacts {
  return {
    path,
    language,
    lineStarts: [0],
    packageName: undefined,
    leftOut,
    isTest: false,
    hasSyntaxErrors: false,
    imports: [],
    types: [],
    constants: [],
    comments: [],
    functions: [],
  };
}
