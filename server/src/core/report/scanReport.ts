import type { Analysis } from "../engine/engine";
import type { Finding } from "../model/finding";

/** What a scan has to say; plain JSON. */
export interface ScanReport {
  /** Most important first. */
  findings: readonly Finding[];
  /** How many findings of a file are not shown, by path. */
  capped: Readonly<Record<string, number>>;
  /** Files with code that was looked at, and those that were left alone. */
  files: number;
  leftOut: number;
  functions: number;
  lines: number;
}

export function scanReport({ model, findings, capped }: Analysis): ScanReport {
  const files = [...model.files.values()].filter(({ leftOut }) => !leftOut);
  return {
    findings,
    capped: Object.fromEntries(capped),
    files: files.length,
    leftOut: model.files.size - files.length,
    functions: files.reduce((sum, file) => sum + file.functions.length, 0),
    lines: files.reduce((sum, file) => sum + file.lineStarts.length, 0),
  };
}
