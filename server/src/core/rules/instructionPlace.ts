/** `claude` and `agents` govern their directory; the others are scoped by their front matter. */
export type InstructionKind = "claude" | "claude-rule" | "agents" | "copilot" | "copilot-scoped" | "cursor";

export interface InstructionPlace {
  kind: InstructionKind;
  /** Root-relative directory it governs; empty for the root. */
  directory: string;
  /** Reading order within a directory. */
  rank: number;
}

const PLACES: readonly { kind: InstructionKind; pattern: RegExp }[] = [
  { kind: "claude", pattern: /^(.*\/)?CLAUDE\.md$/ },
  { kind: "claude", pattern: /^(.*\/)?\.claude\/CLAUDE\.md$/ },
  { kind: "claude", pattern: /^(.*\/)?CLAUDE\.local\.md$/ },
  { kind: "claude-rule", pattern: /^(.*\/)?\.claude\/rules\/.*\.md$/ },
  { kind: "agents", pattern: /^(.*\/)?AGENTS\.md$/ },
  { kind: "agents", pattern: /^(.*\/)?\.claude\/AGENTS\.md$/ },
  { kind: "copilot", pattern: /^\.github\/copilot-instructions\.md$/ },
  { kind: "copilot-scoped", pattern: /^\.github\/instructions\/.*\.instructions\.md$/ },
  { kind: "cursor", pattern: /^(.*\/)?\.cursor\/rules\/.*\.mdc$/ },
  { kind: "cursor", pattern: /^\.cursorrules$/ },
];

/** Other people's rules for other people's code, on which nothing is reported. */
const DEPENDENCIES = /(?:^|\/)(?:node_modules|vendor|third_party)\//;

/** What an agent takes the file at a root-relative path for; `undefined` if no agent reads it by itself. */
export function instructionPlaceOf(path: string): InstructionPlace | undefined {
  if (DEPENDENCIES.test(path)) return undefined;
  // The last pattern wins: `.claude/CLAUDE.md` is also a `CLAUDE.md`, but governs the directory above `.claude`.
  const rank = PLACES.findLastIndex(({ pattern }) => pattern.test(path));
  const place = PLACES[rank];
  if (place === undefined) return undefined;
  const directory = place.pattern.exec(path)?.[1]?.slice(0, -1) ?? "";
  return { kind: place.kind, directory, rank };
}

/** Whether an agent reads the file at this root-relative path as instructions. */
export function isInstructionFile(path: string): boolean {
  return instructionPlaceOf(path) !== undefined;
}
