import type { Notice } from "../core/base/notice";
import { isManifest } from "../core/dependencies/manifest";
import { newDependencies } from "../core/dependencies/newDependencies";
import { languageOfPath } from "../core/languages/languages";
import { ledgerProblems } from "../core/ledger/problems";
import { Ledger } from "../core/ledger/signOffs";
import type { Severity } from "../core/model/finding";
import { changedFindings, newFindings } from "../core/report/changedFindings";
import { changedFunctions } from "../core/report/changedFunctions";
import type { CheckReport } from "../core/report/checkReport";
import type { FileChange } from "../core/rules/enforce/changes";
import { filesAt } from "./history/filesAt";
import { readAddedLines } from "./ledger/addedLines";
import { gitIdentity } from "./ledger/identity";
import { manifestText } from "./manifestText";
import { readSource } from "./readSource";
import { type CheckPolicy, readTeamConfig, severities, teamConfigPath } from "./teamConfig";
import type { ScanOptions, Workspace } from "./workspace";

export interface Checked {
  report: CheckReport;
  /** What the team wants to stop a change; a change cannot lower what held before it. */
  policy: CheckPolicy;
  notices: readonly Notice[];
}

/**
 * Looks at what the working tree changes since it parted from `revision`.
 *
 * @throws InputError when there is nothing to compare with
 * @throws CancelledError
 */
export async function checkChanges(workspace: Workspace, revision: string, scanning: ScanOptions): Promise<Checked> {
  const { cancellation } = scanning;
  await workspace.scan(scanning);
  const { base = revision } = await workspace.readChanges(cancellation, revision);
  await workspace.readHistory(cancellation);
  const { root, ledger, changes } = workspace;
  const added = await readAddedLines(root, base, ledger.all.lines, cancellation);
  ledger.setProblems(ledgerProblems(ledger.all, added.authorship, await gitIdentity(root, cancellation)));
  await workspace.prepare(cancellation);
  const after = workspace.analysis();
  const sources = changes.filter(({ path }) => languageOfPath(path) !== undefined);
  const old = new Set(sources.flatMap(oldPathOf));
  const isAsked = (path: string) => old.has(path) || path === teamConfigPath || isManifest(path);
  const texts = await filesAt(root, base, isAsked, cancellation);
  const { policy, notices } = policyOf(root, texts?.get(teamConfigPath));
  if (texts === undefined) {
    const findings = changedFindings(after.findings, changes, after.model);
    return {
      report: { base, findings, functions: [], dependencies: [] },
      policy,
      notices: [...added.notices, ...notices, unknownPast],
    };
  }
  // A file that was renamed is compared under its new name, as its findings are.
  const before = await workspace.analysisBefore(
    new Map(sources.map((change) => [change.path, oldPathOf(change).map((path) => texts.get(path))[0]])),
    new Ledger(added.before),
    cancellation,
  );
  const findings = newFindings(before, after, changes);
  const functions = changedFunctions(before, after, new Set(sources.map(({ path }) => path)));
  const dependencies = newDependencies(manifestsIn(texts), manifestsNow(root, changes), ledger.all);
  return { report: { base, findings, functions, dependencies }, policy, notices: [...added.notices, ...notices] };
}

function manifestsIn(texts: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...texts].filter(([path]) => isManifest(path)));
}

function manifestsNow(root: string, changes: readonly FileChange[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ path, kind }) => {
      const text = kind !== "deleted" && isManifest(path) ? manifestText(root, path) : undefined;
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}

/** The policy of the working tree together with that of the commit compared with: the stricter of each counts. */
function policyOf(root: string, before: string | undefined): { policy: CheckPolicy; notices: Notice[] } {
  const read = readSource(root, teamConfigPath, { maxFileBytes: 1024 * 1024 });
  const now = readTeamConfig(read.kind === "source" ? read.text : "{}");
  const old = readTeamConfig(before ?? "{}").check;
  const failOn = [old.failOn, now.check.failOn].filter((severity) => severity !== undefined).sort(byMildness)[0];
  const policy = { blocking: old.blocking || now.check.blocking, ...(failOn && { failOn }) };
  return { policy, notices: now.notices };
}

function byMildness(a: Severity, b: Severity): number {
  return severities.indexOf(b) - severities.indexOf(a);
}

const unknownPast: Notice = {
  severity: "warning",
  message: "What functions did before is not known: this clone lacks the files of the commit compared with.",
};

function oldPathOf({ kind, path, oldPath }: FileChange): string[] {
  return kind === "added" ? [] : [oldPath ?? path];
}
