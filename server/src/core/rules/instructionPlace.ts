/** `claude`, `agents` and `other` govern their directory; the rest are scoped by their front matter. */
export type InstructionKind = "claude" | "claude-rule" | "agents" | "copilot" | "copilot-scoped" | "cursor" | "other";

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
  { kind: "agents", pattern: /^(.*\/)?AGENTS\.override\.md$/ },
  { kind: "other", pattern: /^(.*\/)?GEMINI\.md$/ },
  { kind: "other", pattern: /^(.*\/)?\.windsurf\/rules\/.*\.md$/ },
  { kind: "other", pattern: /^\.windsurfrules$/ },
  { kind: "other", pattern: /^\.clinerules(?:\/.*\.md)?$/ },
  { kind: "other", pattern: /^\.junie\/guidelines\.md$/ },
];

/** Other people's rules for other people's code, on which nothing is reported. */
const DEPENDENCIES = /(?:^|\/)(?:node_modules|vendor|third_party)\//;

/** Whether a path leads out of the workspace: it is absolute, or starts at the user's home (`~/`). */
export function isOutside(path: string): boolean {
  return /^(?:~?\/|[A-Za-z]:\/)/.test(path);
}

/** What an agent takes the file at a path for; `undefined` if no agent reads it by itself. */
export function instructionPlaceOf(path: string): InstructionPlace | undefined {
  if (DEPENDENCIES.test(path)) return undefined;
  // The last pattern wins: `.claude/CLAUDE.md` is also a `CLAUDE.md`, but governs the directory above `.claude`.
  const rank = PLACES.findLastIndex(({ pattern }) => pattern.test(path));
  const place = PLACES[rank];
  if (place === undefined) return undefined;
  // A user's own rules, and those above the workspace, hold everywhere in it.
  const directory = isOutside(path) ? "" : (place.pattern.exec(path)?.[1]?.slice(0, -1) ?? "");
  return { kind: place.kind, directory, rank };
}

/** Whether an agent reads the file at this root-relative path as instructions. */
export function isInstructionFile(path: string): boolean {
  return instructionPlaceOf(path) !== undefined;
}
