import { lineAt } from "../base/text";
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
