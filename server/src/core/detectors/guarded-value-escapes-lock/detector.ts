import { code } from "../../base/markdown";
import { rangeOf } from "../../base/text";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { memberName } from "../../model/graph/effectText";
import { fieldDeclaration, sharingOf } from "../../model/graph/fieldTypes";
import {
  depthOf,
  endOfAccess,
  type FieldAccess,
  functionText,
  type GuardedField,
  guardedFields,
  isHeld,
} from "../../model/graph/guards";
import { type LockingFunction, lockAnalysis } from "../../model/graph/lockAnalysis";
import { stepAt } from "../../model/graph/witness";
import type { FunctionId } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";

export const guardedValueEscapesLock: Detector<undefined> = {
  id: "guarded-value-escapes-lock",
  title: "Guarded value used after the unlock",
  defaultSeverity: "warning",
  options: {},
  docs: {
    whatItDoes: "TODO",
    whyIsThisBad: "TODO",
    example: "",
    exampleLanguage: "go",
    instead: "",
    knownMisses: [],
  },

  check(model) {
    const byField = new Map(guardedFields(model).map((guarded) => [guarded.field, guarded]));
    const findings: DetectorFinding[] = [];
    for (const guarded of byField.values()) findings.push(...usedAfter(model, guarded));
    for (const locking of lockAnalysis(model).locking) findings.push(...returnedBy(model, locking, byField));
    return findings;
  },
};

/** Uses behind the unlock of what was got under the lock, one for each function. */
function usedAfter(model: WorkspaceModel, guarded: GuardedField): DetectorFinding[] {
  const { lock, accesses } = guarded;
  const told = new Set<FunctionId>();
  const findings: DetectorFinding[] = [];
  for (const access of accesses) {
    const { got, mayHold, linked } = access;
    if (!got?.holds?.some((held) => held.lock === lock) || mayHold.some((held) => held.lock === lock)) continue;
    if (told.has(linked.id)) continue;
    const change = changeThatMeets(model, guarded, access);
    if (!change) continue;
    told.add(linked.id);
    findings.push(findingOf(model, guarded, access, change, "used"));
  }
  return findings;
}

/** Collections that are handed to the caller while others change them in place. */
function returnedBy(
  model: WorkspaceModel,
  { linked, file, fn, regions }: LockingFunction,
  byField: ReadonlyMap<string, GuardedField>,
): DetectorFinding[] {
  if (file.isTest || fn.isTest || file.leftOut) return [];
  const findings: DetectorFinding[] = [];
  const visit = (flow: readonly Flow[]): void => {
    for (const node of flow) {
      if (typeof node === "number") continue;
      for (const inner of flowsInside(node)) visit(inner);
      if (node.kind !== "exit" || findings.length > 0) continue;
      for (const path of node.values ?? []) {
        const index = path === "" ? -1 : fn.reads.indexOf(path);
        const guarded = byField.get(linked.links.reads[index] ?? "");
        const access = guarded?.accesses.find((one) => one.linked.id === linked.id && one.path === path && one.kind === "read");
        if (!guarded || !access || lockAnalysis(model).onEntry(linked.id).some(({ lock }) => lock === guarded.lock)) continue;
        if (!isHeld(guarded.lock, access.holds, "read") && !access.got?.holds?.some(({ lock }) => lock === guarded.lock)) continue;
        const change = changeThatMeets(model, guarded, { ...access, start: node.start });
        if (change) findings.push(findingOf(model, guarded, { ...access, start: node.start }, change, "returned"));
      }
    }
  };
  visit(fn.flow);
  void regions;
  return findings;
}

/** A change under the lock, by another function, of the object that a use behind the lock goes on with. */
function changeThatMeets(model: WorkspaceModel, { field, lock, accesses }: GuardedField, use: FieldAccess): FieldAccess | undefined {
  const declaration = fieldDeclaration(model, field);
  if (!declaration) return undefined;
  const depth = depthOf(use.path);
  const isField = use.got !== undefined && isOfGotObject(use);
  const sharing = sharingOf(model, declaration, depth);
  if (!isField && sharing !== "collection") return undefined;
  return accesses.find(
    (other) =>
      other.kind === "write" &&
      other.linked.id !== use.linked.id &&
      isHeld(lock, other.holds, "write") &&
      (isField ? other.depth >= depth : other.depth > depth),
  );
}
