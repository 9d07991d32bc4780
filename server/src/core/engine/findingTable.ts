import { createHash } from "node:crypto";
import { groupBy } from "../base/groupBy";
import { isSameData } from "../base/sameData";
import type { Turns } from "../base/turns";
import type { DetectorFinding, DetectorInfo } from "../detectors/detector";
import type { Finding } from "../model/finding";
import { type Settings, severityOf } from "./settings";
import { applySuppressions, type CommentedFile } from "./suppressions";

/** What is shown of what detectors have found; never changed once handed out. */
export interface ShownFindings {
  /** Most important first. */
  findings: readonly Finding[];
  /** The same, by path; the list of a file stays the same one as long as nothing in it is another. */
  findingsByPath: ReadonlyMap<string, readonly Finding[]>;
  /** Findings left out because their file has too many, by path. */
  capped: ReadonlyMap<string, number>;
}

/** A finding before it is known whether it is shown. */
export interface Found {
  detector: DetectorInfo;
  finding: DetectorFinding;
}

interface FileFindings {
  file: CommentedFile;
  found: readonly Found[];
  shown: readonly Finding[];
  /** How many are left out. */
  capped: number;
}

const severityOrder = { error: 0, warning: 1, info: 2 };
const nothingFound: readonly Found[] = [];

export const noFindings: ShownFindings = { findings: [], findingsByPath: new Map(), capped: new Map() };

/** Suppresses, caps and sorts findings. What became of a file's findings is kept until they or the file change. */
export class FindingTable {
  private files: ReadonlyMap<string, FileFindings> = new Map();
  private last = noFindings;

  /**
   * @param judged detectors that run
   * @param known all there are
   */
  constructor(
    readonly settings: Settings,
    readonly judged: ReadonlySet<string>,
    private readonly known: ReadonlySet<string>,
  ) {}

  /**
   * One at a time; work that does not come to its end changes nothing.
   *
   * @param files files in whose comments findings can be suppressed
   * @param found all that is found now, in the order of the detectors; also in files that are not among `files`
   */
  *update(files: ReadonlyMap<string, CommentedFile>, found: readonly Found[]): Turns<ShownFindings> {
    const foundIn = groupBy(found, ({ finding }) => finding.path);
    const { last } = this;
    const kept = new Map<string, FileFindings>();
    const findingsByPath = new Map<string, readonly Finding[]>();
    const capped = new Map<string, number>();
    const changed: Finding[] = [];
    const others = [...foundIn.keys()].filter((path) => !files.has(path)).map(withoutComments);
    for (const [path, file] of [...files, ...others]) {
      yield;
      const now = this.findingsIn(file, foundIn.get(path) ?? nothingFound);
      kept.set(path, now);
      if (now.capped > 0) capped.set(path, now.capped);
      if (now.shown.length === 0) continue;
      findingsByPath.set(path, now.shown);
      if (now.shown !== last.findingsByPath.get(path)) changed.push(...now.shown);
    }
    const staying = last.findings.filter(({ path }) => findingsByPath.get(path) === last.findingsByPath.get(path));
    const isSame = changed.length === 0 && staying.length === last.findings.length;
    const findings = isSame ? last.findings : [...staying, ...changed].sort(byImportance);
    this.files = kept;
    this.last = { findings, findingsByPath, capped };
    return this.last;
  }

  private findingsIn(file: CommentedFile, found: readonly Found[]): FileFindings {
    const before = this.files.get(file.path);
    if (before && isSameFile(file, before.file) && isSameData(found, before.found)) return before;
    const left = applySuppressions(file, this.told(found), this.judged, this.known);
    const inFile = left.filter(({ belowCut }) => !belowCut).sort(byImportance);
    const most = this.settings.maxFindingsPerFile;
    const shown = inFile.slice(0, most).map(({ belowCut: _, ...finding }): Finding => finding);
    return {
      file,
      found,
      shown: before && isSameData(shown, before.shown) ? before.shown : shown,
      capped: Math.max(0, inFile.length - most),
    };
  }

  /** The findings of one file with what is the same for every detector. */
  private told(found: readonly Found[]): (Finding & { belowCut?: boolean })[] {
    const ordinals = new Map<string, number>();
    return found.map(({ detector: { id }, finding: { mild, atMost = mild && "info", ...finding } }) => {
      const place = `${id}:${finding.path}:${finding.symbol}`;
      const ordinal = ordinals.get(place) ?? 0;
      ordinals.set(place, ordinal + 1);
      const chosen = severityOf(this.settings, id) as Finding["severity"];
      const severity = atMost && severityOrder[atMost] > severityOrder[chosen] ? atMost : chosen;
      const message = mild === undefined ? finding.message : `${finding.message} Only a note: ${mild}`;
      return { ...finding, message, detector: id, severity, fingerprint: fingerprintOf(`${place}:${ordinal}`) };
    });
  }
}

function withoutComments(path: string): [string, CommentedFile] {
  return [path, { path, comments: [], lineStarts: [] }];
}

function isSameFile(a: CommentedFile, b: CommentedFile): boolean {
  return a === b || (a.comments.length === 0 && b.comments.length === 0);
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
