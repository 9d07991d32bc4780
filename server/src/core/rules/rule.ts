import type { Range } from "../base/text";
import type { Check } from "./check";

/** One rule of an instruction file (CLAUDE.md, AGENTS.md ...). The JSON shape of `fathom rules`. */
export interface Rule {
  source: RuleSource;
  text: string;
  polarity: "must" | "must-not" | "prefer" | "info";
  scope: RuleScope;
  enforcement: Check | null;
  status: "enforced" | "lookup" | "stale";
  reason?: string;
}

/** `path` is relative to the workspace root with `/` separators; lines are 1-based and inclusive. */
export interface RuleSource {
  path: string;
  line: number;
  endLine: number;
}

/** What a rule names, and the files it reaches at all. */
export interface RuleScope {
  /** Files the rule is loaded for, root-relative; empty means every file. */
  globs: string[];
  /** Code symbols it names, as written, without arguments: `s.db.*`, `json.Marshal`, `.unwrap`. */
  symbols: string[];
  /** Paths and path patterns it names, as written. A trailing `/` marks a directory. */
  paths: string[];
  commands: string[];
}

/** An instruction file as read from the workspace. */
export interface InstructionFile {
  /**
   * Where agents find it, which decides the files it governs: root-relative with `/` separators; outside the workspace
   * absolute, or `~/` and the path from the user's home.
   */
  path: string;
  text: string;
  /** Where the text lies when `path` is a symbolic link. Rules cite this path, because its history is theirs. */
  realPath?: string;
}

/** Why a rule was shown for a place, in words a person can check. */
export interface RuleMatch {
  rule: Rule;
  /**
   * `line`: it names something used there. `topic`: its words are those of the function. `file`: it is about the whole
   * file, too much for a hover.
   */
  level: "line" | "topic" | "file";
  why: string;
  /** What it names there, where that is known. */
  range?: Range;
}
