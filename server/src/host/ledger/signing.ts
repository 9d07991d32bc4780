import { type Cancellation, neverCancelled } from "../../core/base/cancellation";
import { InputError } from "../../core/base/errors";
import { readManifest } from "../../core/dependencies/manifest";
import { answerTo, type WaitingExplanation, waitingExplanations } from "../../core/ledger/acceptance";
import type { ExplainedEntry, LedgerEntry, SignedFunction } from "../../core/ledger/entry";
import { signOffOf } from "../../core/model/workspaceModel";
import { manifestText } from "../manifestText";
import type { Workspace } from "../workspace";
import { gitIdentity, requireIdentity } from "./identity";
import { staleChange } from "./staleChange";
import { type WrittenLine, writeEntry } from "./writeLedger";

/** A function as it was when somebody began to explain or waive it. */
export interface SigningTarget extends SignedFunction {
  path: string;
}

/**
 * Signs a function off under the user's git name.
 *
 * @throws InputError when the function is another one by now, git does not know the user, or the ledger cannot be written
 */
export async function signOff(
  workspace: Workspace,
  target: SigningTarget,
  explanation: Pick<ExplainedEntry, "graded" | "score" | "peeks" | "text">,
  cancellation: Cancellation = neverCancelled,
): Promise<WrittenLine> {
  requireUnchanged(workspace, target);
  const who = await requireIdentity(workspace.root, cancellation);
  const { path, symbol, shapeHash } = target;
  return write(workspace, path, { kind: "explained", who, when: now(), symbol, shapeHash, ...explanation });
}

/**
 * Records that the team does without an explanation of a function.
 *
 * @throws InputError as `signOff`
 */
export async function waive(
  workspace: Workspace,
  target: SigningTarget,
  reason: string,
  cancellation: Cancellation = neverCancelled,
): Promise<WrittenLine> {
  requireUnchanged(workspace, target);
  const who = await requireIdentity(workspace.root, cancellation);
  const { path, symbol, shapeHash } = target;
  return write(workspace, path, { kind: "waived", who, when: now(), symbol, shapeHash, reason });
}

/**
 * Records that the user approves of a dependency, in the ledger of the manifest that declares it.
 *
 * @throws InputError when it does not declare it, git does not know the user, or the ledger cannot be written
 */
export async function approveDependency(
  root: string,
  { manifest, dependency, reason }: { manifest: string; dependency: string; reason?: string | undefined },
  cancellation: Cancellation = neverCancelled,
): Promise<WrittenLine> {
  const text = manifestText(root, manifest);
  if (text === undefined) throw new InputError(`${manifest}: cannot be read`);
  const declared = readManifest(manifest, text);
  if (!declared) throw new InputError(`${manifest}: Fathom does not know this as a list of dependencies`);
  if (!declared.dependencies.has(dependency)) throw new InputError(`${manifest} does not declare ${dependency}`);
  const who = await requireIdentity(root, cancellation);
  const approved = { kind: "dependency-approved", who, when: now(), dependency } as const;
  return writeEntry(root, manifest, { ...approved, ...(reason !== undefined && { reason }) });
}

/** Explanations that wait for a colleague, oldest first. */
export async function listWaiting(
  workspace: Workspace,
  cancellation: Cancellation = neverCancelled,
): Promise<WaitingExplanation[]> {
  const me = await gitIdentity(workspace.root, cancellation);
  return waitingExplanations(workspace.ledger.all, workspace.analysis().model.signOffs, me);
}

/**
 * Accepts a colleague's explanation; with a question, asks for more instead.
 *
 * @param hash of the explanation's line: `WaitingExplanation.line.hash`
 * @throws InputError when it is one's own, is gone, git does not know the user, or the ledger cannot be written
 */
export async function answerExplanation(
  workspace: Workspace,
  hash: string,
  question?: string,
  cancellation: Cancellation = neverCancelled,
): Promise<WrittenLine> {
  const line = workspace.ledger.all.lines.find((each) => each.hash === hash);
  if (!line) throw new InputError("This explanation is not in the ledger any more.");
  const who = await requireIdentity(workspace.root, cancellation);
  const answer = answerTo(line, who, now(), question);
  if ("refused" in answer) throw new InputError(answer.refused);
  return write(workspace, line.source, answer.entry);
}

/**
 * What has changed in a function since it was explained, as a unified diff; `undefined` for one whose explanation is
 * not stale, and where git does not have it as it was.
 *
 * @throws CancelledError
 */
export async function changeSinceExplained(
  workspace: Workspace,
  path: string,
  index: number,
  cancellation: Cancellation,
): Promise<string | undefined> {
  const { model } = workspace.analysis();
  const file = model.files.get(path);
  const fn = file?.functions[index];
  const known = file && signOffOf(model, file, index);
  if (!fn || known?.state !== "stale") return undefined;
  const text = await workspace.textOf(path);
  if (text === undefined) return undefined;
  return staleChange({
    root: workspace.root,
    signOff: known,
    path,
    text: text.slice(fn.start, fn.end),
    factsOf: (at, old) => workspace.factsIn(at, old),
    cancellation,
  });
}

function requireUnchanged(workspace: Workspace, { path, symbol, shapeHash }: SigningTarget): void {
  const isSame = workspace.summaryOf(path)?.functions.some((fn) => fn.symbol === symbol && fn.shapeHash === shapeHash);
  if (!isSame) throw new InputError(`${symbol} has changed meanwhile: what was explained is not what is there now.`);
}

function write(workspace: Workspace, source: string, entry: LedgerEntry): WrittenLine {
  const written = writeEntry(workspace.root, source, entry);
  workspace.refreshLedger([written.path]);
  return written;
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
