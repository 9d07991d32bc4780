import { parseDocument } from "yaml";
import type { Notice } from "../base/notice";
import { escapeGlob, splitGlobs } from "./glob";
import type { InstructionPlace } from "./instructionPlace";
import type { InstructionFile } from "./rule";

/** `body` has an empty line for every line of the front matter, so that line numbers hold. */
export interface SplitText {
  yaml: string | undefined;
  body: string;
}

export function splitFrontMatter(text: string): SplitText {
  const withoutMark = text.replace(/^\uFEFF/, "");
  const open = /^---[ \t]*(?:\r\n|\n|\r)/.exec(withoutMark);
  const close = /^(?:---|\.\.\.)[ \t]*$/m.exec(withoutMark.slice(open?.[0].length ?? 0));
  if (open === null || close === null) return { yaml: undefined, body: withoutMark };
  const yaml = withoutMark.slice(open[0].length, open[0].length + close.index);
  // Without a key it is text between two rules: a line of dashes is Markdown as well.
  if (yaml.trim() !== "" && !/^[\w-]+[ \t]*:/m.test(yaml)) return { yaml: undefined, body: withoutMark };
  const end = open[0].length + close.index + close[0].length;
  return { yaml, body: withoutMark.slice(0, end).replace(/[^\r\n]+/g, "") + withoutMark.slice(end) };
}

export interface FileScope {
  /** Root-relative; empty means every file. */
  globs: string[];
  notices: Notice[];
}

/**
 * Which files an instruction file's rules are loaded for, as its agent decides it. What the vendors leave open (`!`,
 * a leading `/`, the base of nested rules) is read so that the rule is shown rather than hidden.
 */
export function scopeOf(file: InstructionFile, place: InstructionPlace): FileScope {
  const { yaml } = splitFrontMatter(file.text);
  const { globs: written, notice } = yaml === undefined ? NO_GLOBS : ownGlobs(yaml, place);
  const globs = written.slice(0, MAX_GLOBS);
  const positive = globs.filter((glob) => !glob.startsWith("!"));
  const everywhere = positive.length === 0 || positive.some((glob) => glob === "**" || glob === "**/*");
  const governed = place.directory === "" ? [] : [`${escapeGlob(place.directory)}/**`];
  return {
    globs: everywhere ? governed : positive.map((glob) => anchor(glob, place)),
    notices: [notice, written.length > MAX_GLOBS ? TOO_MANY_GLOBS : undefined]
      .filter((each) => each !== undefined)
      .map((each) => ({ severity: "warning", path: file.path, ...each })),
  };
}

/** Every one is tried on every path. */
const MAX_GLOBS = 200;
const TOO_MANY_GLOBS = { line: 1, message: `Only the first ${MAX_GLOBS} globs are used.` };

interface OwnGlobs {
  globs: string[];
  notice?: Place & { message: string };
}

/** Both 1-based, in the file. */
interface Place {
  line: number;
  column?: number;
}

const NO_GLOBS: OwnGlobs = { globs: [] };

function ownGlobs(yaml: string, { kind }: InstructionPlace): OwnGlobs {
  if (kind === "claude-rule") return claudeGlobs(yaml);
  if (kind === "copilot-scoped") return { globs: lenientList(yaml, "applyTo") };
  if (kind !== "cursor" || /^alwaysApply[ \t]*:[ \t]*true\b/m.test(yaml)) return NO_GLOBS;
  return { globs: lenientList(yaml, "globs") };
}

/** Fields other agents scope by, which Claude Code does not read. */
const FOREIGN_FIELDS = ["globs", "applyTo", "alwaysApply"];

function claudeGlobs(yaml: string): OwnGlobs {
  const { fields, error } = parseFields(yaml);
  if (fields === undefined) {
    const message = "The front matter is not valid YAML, so Claude Code loads these rules for every file. Quote globs.";
    return { globs: [], notice: { ...(error ?? { line: lineOfField(yaml, "paths") }), message } };
  }
  const globs = globsIn(fields.paths);
  const foreign = FOREIGN_FIELDS.find((name) => name in fields);
  if ("paths" in fields || foreign === undefined) return { globs };
  const line = lineOfField(yaml, foreign);
  const message = `Claude Code reads only \`paths\` here: \`${foreign}\` is ignored and these rules load for every file.`;
  return { globs, notice: { line, message } };
}

/** Cursor and Copilot take a comma-separated string, and people write lists and unquoted stars that are not YAML. */
function lenientList(yaml: string, name: string): string[] {
  const { fields } = parseFields(yaml);
  if (fields !== undefined) return globsIn(fields[name]);
  const lines = yaml.split(/\r\n|\n|\r/);
  const at = lineOfField(yaml, name) - 2;
  const inline = lines[at]?.slice(lines[at].indexOf(":") + 1) ?? "";
  const items: string[] = [];
  for (let i = at + 1; /^\s*-\s/.test(lines[i] ?? ""); i++) items.push((lines[i] as string).replace(/^\s*-\s+/, ""));
  const unlisted = inline.trim().replace(/^\[(.*)\]$/, "$1");
  return [unlisted, ...items]
    .flatMap(splitGlobs)
    .map(unquoted)
    .filter((glob) => glob !== "");
}

/** `error` is absent where the parser does not say: an unquoted star is an alias it finds out about too late. */
function parseFields(yaml: string): { fields?: Record<string, unknown>; error?: Place } {
  const document = parseDocument(yaml, { logLevel: "error" });
  const [error] = document.errors;
  const [at] = error?.linePos ?? [];
  if (error !== undefined) return at === undefined ? {} : { error: { line: at.line + 1, column: at.col } };
  try {
    const fields: unknown = document.toJS() ?? {};
    return typeof fields === "object" && !Array.isArray(fields) ? { fields: fields as Record<string, unknown> } : {};
  } catch {
    return {};
  }
}

function globsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values
    .filter((item) => typeof item === "string")
    .flatMap(splitGlobs)
    .map(unquoted);
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, "$2").trim();
}

/** 1-based line in the file, whose first line opens the front matter; 1 if the field is missing. */
function lineOfField(yaml: string, name: string): number {
  return yaml.split(/\r\n|\n|\r/).findIndex((line) => new RegExp(`^${name}[ \\t]*:`).test(line)) + 2;
}

function anchor(glob: string, { kind, directory }: InstructionPlace): string {
  const relative = glob.replace(/^(?:\.?\/)+/, "");
  // Cursor documents no anchoring; `*.ts` is written to mean any directory.
  const pattern = kind === "cursor" && !relative.includes("/") ? `**/${relative}` : relative;
  if (directory === "") return pattern;
  const isRootRelative = pattern.split("/")[0] === directory.split("/")[0];
  return isRootRelative ? pattern : `${escapeGlob(directory)}/${pattern}`;
}
