/** Something the user should know about the work itself, not a finding about the code. */
export interface Notice {
  severity: "info" | "warning" | "error";
  /** Path relative to the workspace root with `/` separators; absent when no file is concerned. */
  path?: string;
  /** 1-based. */
  line?: number;
  /** 1-based, in UTF-16 code units; only with `line`. */
  column?: number;
  message: string;
}
