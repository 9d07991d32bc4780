import { lineAt } from "../base/text";
import type { Analysis } from "../engine/engine";
import type { FileSummary, FunctionSummary } from "../model/fileSummary";
import { type FunctionId, functionIds } from "../model/link/links";
import type { SignOff } from "../model/signOff";

/** A function that a change is about. */
export interface ChangedFunction {
  path: string;
  name: string;
  /** 1-based. */
  startLine: number;
  /** What became of what it does; `same` when only what the ledger says of it is different. */
  change: "new" | "changed" | "same";
  signOff: { before: SignOff | undefined; after: SignOff | undefined };
  /** Whether it is flagged as an oracle. */
  oracle: { before: boolean; after: boolean };
}

/** Whether the change leaves something behind that nobody can explain. */
export function isUnsettled({ signOff, oracle }: ChangedFunction): boolean {
  const isNewlyStale = signOff.after?.state === "stale" && signOff.before?.state !== "stale";
  return isNewlyStale || (oracle.after && !oracle.before);
}

/**
 * The named functions, tests aside, whose meaning a change touches, or of which the ledger says something else after
 * it. One that has only moved or was renamed has not changed.
 *
 * @param paths of the files the change is about
 */
export function changedFunctions(before: Analysis, after: Analysis, paths: ReadonlySet<string>): ChangedFunction[] {
  const old = new OldFunctions(before, paths);
  const oracles = { before: oraclesIn(before), after: oraclesIn(after) };
  const changed: ChangedFunction[] = [];
  for (const file of after.model.files.values()) {
    if (file.isTest || file.leftOut) continue;
    const ids = functionIds(file);
    file.functions.forEach((fn, index) => {
      const id = ids[index] as FunctionId;
      if (fn.name === "" || fn.isTest) return;
      const known = paths.has(file.path) ? old.of(id, fn) : { id, shapeHash: fn.shapeHash };
      const signOff = {
        before: known && before.model.signOffs.get(known.id),
        after: after.model.signOffs.get(id),
      };
      const change = known === undefined ? "new" : known.shapeHash === fn.shapeHash ? "same" : "changed";
      if (change === "same" && isSameSignOff(signOff.before, signOff.after)) return;
      changed.push({
        path: file.path,
        name: fn.symbol,
        startLine: lineAt(file.lineStarts, fn.start) + 1,
        change,
        signOff,
        oracle: { before: known !== undefined && oracles.before.has(known.id), after: oracles.after.has(id) },
      });
    });
  }
  return changed;
}

function isSameSignOff(a: SignOff | undefined, b: SignOff | undefined): boolean {
  return a?.state === b?.state && a?.at === b?.at && a?.by.email === b?.by.email;
}

interface OldFunction {
  id: FunctionId;
  shapeHash: string;
}

/** Functions of the changed files as they were before. */
class OldFunctions {
  private readonly byId = new Map<FunctionId, OldFunction>();
  private readonly byShape = new Map<string, OldFunction>();

  constructor({ model }: Analysis, paths: ReadonlySet<string>) {
    for (const path of paths) {
      const file: FileSummary | undefined = model.files.get(path);
      for (const [index, { shapeHash }] of file?.functions.entries() ?? []) {
        const old = { id: functionIds(file as FileSummary)[index] as FunctionId, shapeHash };
        this.byId.set(old.id, old);
        if (!this.byShape.has(shapeHash)) this.byShape.set(shapeHash, old);
      }
    }
  }

  /** What a function was: the one in its place, unless that is another and one elsewhere is the same. */
  of(id: FunctionId, { shapeHash }: FunctionSummary): OldFunction | undefined {
    const here = this.byId.get(id);
    return here?.shapeHash === shapeHash ? here : (this.byShape.get(shapeHash) ?? here);
  }
}

function oraclesIn({ oracles }: Analysis): ReadonlySet<FunctionId> {
  return new Set(oracles.flagged.map(({ file, index }) => functionIds(file)[index] as FunctionId));
}
