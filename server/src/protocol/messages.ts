/**
 * What the client and the server say to each other beyond LSP, in one place. Plain data only: positions are LSP
 * positions, `uri`s are strings.
 */

/** What a client may say when it starts the server. */
export interface ServerOptions {
  /** Path of a folder of the client's own, to keep what was read between sessions. */
  cacheFolder?: string;
}

/** Request: forget what was kept between sessions. */
export const clearCache = "fathom/clearCache";

export interface TextPosition {
  line: number;
  character: number;
}

/** Request: the brief of the function around a position; `null` when there is none. */
export const explainFunction = "fathom/explainFunction";
export interface ExplainFunctionParams {
  uri: string;
  position: TextPosition;
  /** URI of the folder the brief is going to be in; links are relative to it, absolute when it is absent. */
  linksFrom?: string;
}
export interface FunctionBrief {
  /** Qualified symbol. */
  symbol: string;
  markdown: string;
}

/** Request: the rules that apply to the function around a position. */
export const rulesAt = "fathom/rulesAt";
export interface RulesAtParams {
  uri: string;
  position: TextPosition;
}
export interface RuleAtPosition {
  text: string;
  /** Why it applies, to be read after "it". */
  why: string;
  uri: string;
  /** Zero-based. */
  line: number;
  /** Path relative to the workspace folder. */
  path: string;
}

/** Where rules are, as globs: what the server wants to be told of beside code. */
export const instructionFileGlobs: readonly string[] = [
  "**/{CLAUDE,CLAUDE.local,AGENTS,AGENTS.override,GEMINI}.md",
  "**/.claude/rules/**/*.md",
  "**/.github/copilot-instructions.md",
  "**/.github/instructions/**/*.instructions.md",
  "**/.cursor/rules/**/*.mdc",
  "**/{.cursorrules,.windsurfrules,.clinerules}",
  "**/.windsurf/rules/**/*.md",
  "**/.clinerules/**/*.md",
  "**/.junie/guidelines.md",
  "**/.fathom/rules.yaml",
];

/** Request: every rule of the workspace, by instruction file. */
export const listRules = "fathom/listRules";
export interface RuleFile {
  uri: string;
  /** Path relative to the workspace folder. */
  path: string;
  rules: RuleEntry[];
}
export interface RuleEntry {
  text: string;
  polarity: "must" | "must-not" | "prefer" | "info";
  /** Zero-based first line. */
  line: number;
  status: "enforced" | "lookup" | "stale";
  /** What is checked, in a sentence, when the rule is enforced. */
  meaning?: string;
  /** Places the rule governs, and those that break it. */
  matches: number;
  violations: number;
}

/** Notification to the client: the rules, or what they say of the code, are different now. */
export const rulesChanged = "fathom/rulesChanged";

/** The rule on a zero-based line of an instruction file. */
export interface RuleParams {
  uri: string;
  line: number;
}

/** Request: the code a rule governs, what breaks it first. */
export const ruleCode = "fathom/ruleCode";
export interface GovernedCode {
  uri: string;
  range: { start: TextPosition; end: TextPosition };
  isViolation: boolean;
}

/** Request: what a rule says, what of it is checked, and who wrote it, as Markdown; `null` when there is no such rule. */
export const describeRule = "fathom/describeRule";

/** Request: what a new rule could say, after a selection of code or a commit. */
export const draftScar = "fathom/draftScar";
export interface DraftScarParams {
  uri: string;
  /** What is selected; or the commit that mended it. */
  range?: { start: TextPosition; end: TextPosition };
  commit?: string;
}
export interface ScarDraft {
  /** Rules to start from, most telling first. */
  rules: string[];
  /** Where it could be written. */
  files: { uri: string; path: string }[];
}

/** Request: commits that mended something, newest first. */
export const recentFixes = "fathom/recentFixes";
export interface RecentFix {
  id: string;
  date: string;
  author: string;
  subject: string;
}

/** Request: what a rule would be understood as. */
export const previewRule = "fathom/previewRule";
export interface PreviewRuleParams {
  /** Of the file the rule is going to be in. */
  uri: string;
  text: string;
}
export interface RulePreview {
  /** Absent: it would be shown where it applies, and not enforced. */
  meaning?: string;
  matches: number;
  violations: number;
}

/** Request: the headings of a file under which a rule could go, those about what it names first. */
export const headingsForRule = "fathom/headingsForRule";
export interface RuleHeading {
  text: string;
  /** Zero-based. */
  line: number;
  /** What the rules there name and this one names too. */
  shared: string[];
}

/** Request: the edit that writes a rule into an instruction file. */
export const placeRule = "fathom/placeRule";
export interface PlaceRuleParams {
  uri: string;
  text: string;
  /** Zero-based line of the heading under which it goes; absent: a heading of its own at the end. */
  heading?: number;
}
export interface RulePlacement {
  position: TextPosition;
  newText: string;
  /** Zero-based line the rule will be on. */
  line: number;
}

/** Notification to the client: what the server is doing and has found. */
export const statusChanged = "fathom/statusChanged";
export interface ServerStatus {
  state: "scanning" | "ready";
  files: number;
  functions: number;
  findings: number;
  /** Files that could not be analysed as they should, most important first, as `path: message`. */
  problems: string[];
}

/** Commands the client offers and the server puts into lenses. */
export const commands = {
  explainFunction: "fathom.explainFunction",
  showRules: "fathom.showRules",
  showRuleCode: "fathom.showRuleCode",
  recordScar: "fathom.recordScar",
  quizFunction: "fathom.quizFunction",
  waiveExplanation: "fathom.waiveExplanation",
} as const;

/** Command the server itself carries out, so that every editor has it. Argument: the detector's id. */
export const openDetectorPageCommand = "fathom.openDetectorPage";
