/** A file that a change touches. */
export interface FileChange {
  /** In the new tree; the old path when deleted. */
  path: string;
  /** Renamed from. */
  oldPath?: string;
  kind: "added" | "modified" | "deleted" | "renamed";
  /** Changed lines of the new text, zero-based, the end exclusive; absent: all of it. */
  changed?: readonly { start: number; end: number }[];
}
