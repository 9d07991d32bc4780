import { createHash } from "node:crypto";
import type { Notice } from "../../core/base/notice";
import { ledgerSourceOf } from "../../core/ledger/ledgerFile";
import type { LedgerProblem } from "../../core/ledger/problems";
import { Ledger } from "../../core/ledger/signOffs";
import { type LedgerFile, readLedger, readLedgers } from "./readLedger";

/** The ledgers of one folder, as they are on disk. */
export class WorkspaceLedger {
  private files = new Map<string, LedgerFile>();
  private general: readonly Notice[] = [];
  private ledger = new Ledger([]);
  private found: readonly LedgerProblem[] = [];

  constructor(private readonly onChange: () => void) {}

  get all(): Ledger {
    return this.ledger;
  }

  /** What is wrong with lines that were compared with their commits. */
  get problems(): readonly LedgerProblem[] {
    return this.found;
  }

  setProblems(problems: readonly LedgerProblem[]): void {
    this.found = problems;
    this.onChange();
  }

  get notices(): readonly Notice[] {
    return [...this.general, ...[...this.files.values()].flatMap(({ notices }) => notices)];
  }

  /** The same as long as no line is another. */
  get digest(): string {
    const hash = createHash("sha256");
    for (const { hash: line, path } of this.ledger.lines) hash.update(`${line} ${path}\n`);
    return hash.update(JSON.stringify(this.notices)).digest("hex");
  }

  /** Reads all of them again. */
  reload(root: string): void {
    const { files, notices } = readLedgers(root);
    this.general = notices;
    this.set(files);
  }

  /** Reads those that have changed again. */
  refresh(root: string, paths: readonly string[]): void {
    const changed = paths.filter((path) => ledgerSourceOf(path) !== undefined);
    if (changed.length === 0) return;
    const files = new Map(this.files);
    for (const path of changed) {
      const file = readLedger(root, path);
      if (file) files.set(path, file);
      else files.delete(path);
    }
    this.set(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  private set(files: Map<string, LedgerFile>): void {
    const before = this.digest;
    this.files = files;
    this.ledger = new Ledger([...files.values()].flatMap(({ lines }) => lines));
    if (this.digest !== before) this.onChange();
  }
}
