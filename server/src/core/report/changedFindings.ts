import { lineAt } from "../base/text";
import type { Analysis } from "../engine/engine";
import type { FileSummary } from "../model/fileSummary";
import type { Finding } from "../model/finding";
import type { WorkspaceModel } from "../model/workspaceModel";
import type { FileChange } from "../rules/enforce/changes";

/** The findings that a change is answerable for: on lines it changes, in functions it touches, and about the change itself. */
export function changedFindings(
  findings: readonly Finding[],
  changes: readonly FileChange[],
  model: WorkspaceModel,
): Finding[] {
  const byPath = new Map(changes.map((change) => [change.path, change]));
  return findings.filter((finding) => {
    const change = byPath.get(finding.path);
    if (!change) return false;
    const { start, end } = finding.range;
    const file = model.files.get(finding.path);
    // What is said of a file that is no code is said of the whole of it.
    if (!file || change.changed === undefined) return true;
    const lines = linesAround(file, finding) ?? { start: start.line, end: end.line + 1 };
    return change.changed.some((changed) => changed.start < lines.end && lines.start < changed.end);
  });
}

/** Of these more or fewer are shown as others come and go. */
const relative = new Set(["oracle-function", "rule-violation"]);

/**
 * The findings that are there because of a change: none that was there before it. What is not in a file it touches
 * counts too, where that can be told: a call may block now that did not.
 *
 * @param before the analysis without the change
 */
export function newFindings(before: Analysis, after: Analysis, changes: readonly FileChange[]): Finding[] {
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const touched = new Set(changedFindings(after.findings, changes, after.model));
  return after.findings.filter(
    (finding) =>
      !known.has(finding.fingerprint) &&
      (touched.has(finding) || !(relative.has(finding.detector) || before.capped.has(finding.path))),
  );
}

/** The lines of the function a finding is about. */
function linesAround(file: FileSummary, { symbol, range }: Finding): { start: number; end: number } | undefined {
  for (const fn of file.functions) {
    if (fn.symbol !== symbol) continue;
    const start = lineAt(file.lineStarts, fn.start);
    const end = lineAt(file.lineStarts, Math.max(fn.start, fn.end - 1)) + 1;
    if (start <= range.start.line && range.end.line < end) return { start, end };
  }
  return undefined;
}
