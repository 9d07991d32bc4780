import type { Cancellation } from "../../core/base/cancellation";
import { throwIfCancelled } from "../../core/base/cancellation";
import { languageOfPath } from "../../core/languages/languages";
import type { FileSummary } from "../../core/model/fileSummary";
import { personName, type SignOff } from "../../core/model/signOff";
import { linkedFunction, signOffOf } from "../../core/model/workspaceModel";
import { changesSince, defaultBase } from "../history/changes";
import { filesAt } from "../history/filesAt";
import type { Workspace } from "../workspace";

/** A function that is different, for somebody to choose what to be quizzed on. */
export interface ChangedSubject {
  path: string;
  /** In the functions of the file. */
  index: number;
  change: "new" | "changed";
  /** Whether it is flagged as an oracle. */
  flagged: boolean;
  /** Functions that call it. */
  callers: number;
  signOff: SignOff | undefined;
}

/** Files that are compared; the rest of a huge change is nothing to choose from. */
const maxFiles = 300;

/**
 * The named functions, tests aside, that do something else than at a commit, those that matter most first: what nobody
 * can explain before what somebody can, then the hardest to explain.
 *
 * @param since the last commit, or where the branch began
 * @throws InputError when there is no repository
 * @throws CancelledError
 */
export async function changedSubjects(
  workspace: Workspace,
  since: "commit" | "branch",
  cancellation: Cancellation,
): Promise<ChangedSubject[]> {
  const { root } = workspace;
  const revision = since === "commit" ? "HEAD" : ((await defaultBase(root, cancellation)) ?? "HEAD");
  const { base, files } = await changesSince(root, revision, cancellation);
  const sources = files.filter(({ path, kind }) => kind !== "deleted" && languageOfPath(path)).slice(0, maxFiles);
  const old = new Set(sources.flatMap(({ kind, path, oldPath }) => (kind === "added" ? [] : [oldPath ?? path])));
  const texts = (await filesAt(root, base, (path) => old.has(path), cancellation)) ?? new Map<string, string>();
  const subjects: { subject: ChangedSubject; score: number }[] = [];
  for (const { path, oldPath } of sources) {
    throwIfCancelled(cancellation);
    const { model, oracles } = workspace.analysis();
    const file = model.files.get(path);
    if (!file || file.isTest) continue;
    const text = texts.get(oldPath ?? path);
    const before = text === undefined ? undefined : await workspace.factsIn(path, text);
    for (const { index, change } of differentIn(file, before?.functions ?? [])) {
      const oracle = oracles.of(path, index);
      const callers = linkedFunction(model, file, index)?.callers.length ?? 0;
      const signOff = signOffOf(model, file, index);
      const subject = { path, index, change, flagged: oracle?.flagged ?? false, callers, signOff };
      subjects.push({ subject, score: oracle?.score ?? 0 });
    }
  }
  return subjects
    .sort((a, b) => Number(isSettled(a.subject)) - Number(isSettled(b.subject)) || b.score - a.score)
    .map(({ subject }) => subject);
}

function differentIn(
  { functions }: FileSummary,
  before: readonly { symbol: string; shapeHash: string }[],
): { index: number; change: ChangedSubject["change"] }[] {
  const shapes = new Set(before.map(({ shapeHash }) => shapeHash));
  const symbols = new Set(before.map(({ symbol }) => symbol));
  return functions.flatMap(({ name, isTest, shapeHash, symbol }, index) =>
    name === "" || isTest || shapes.has(shapeHash)
      ? []
      : [{ index, change: symbols.has(symbol) ? ("changed" as const) : ("new" as const) }],
  );
}

function isSettled({ signOff }: ChangedSubject): boolean {
  return signOff !== undefined && signOff.state !== "stale";
}

/** What is to be known of a function before choosing it, in a few plain words each. Names are not escaped. */
export function subjectNotes({ flagged, callers, signOff }: ChangedSubject): string[] {
  return [
    ...(flagged ? ["nobody can explain it"] : []),
    ...(signOff
      ? [signOff.state === "stale" ? "its explanation is stale" : `explained by ${personName(signOff.by)}`]
      : []),
    ...(callers > 0 ? [callers === 1 ? "1 caller" : `${callers} callers`] : []),
  ];
}
