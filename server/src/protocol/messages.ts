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
} as const;

/** Command the server itself carries out, so that every editor has it. Argument: the detector's id. */
export const openDetectorPageCommand = "fathom.openDetectorPage";
