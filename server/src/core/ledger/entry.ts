import { createHash } from "node:crypto";
import type { Person } from "../model/signOff";

/**
 * What version of the format this Fathom writes. It reads every one up to this. To be raised when a line says something
 * else than before, and together with `comparableSince` when functions that are the same get another shape hash.
 */
export const ledgerVersion = 1;

/** The first version whose shape hashes are those of today. */
export const comparableSince = 1;

/** Longer lines are not read, and not written; in UTF-16 code units. */
export const maxLineLength = 64 * 1024;

interface Written {
  /** The person, as git names them; they must be the author of the commit that adds the line. */
  who: Person;
  /** ISO 8601, UTC: `2026-03-03T10:15:00Z`. */
  when: string;
}

/** What a line is about: a function is a symbol and a shape hash. */
export interface SignedFunction {
  symbol: string;
  shapeHash: string;
}

/** Somebody explained a function. */
export interface ExplainedEntry extends Written, SignedFunction {
  kind: "explained";
  /** By what the free text was judged; `questions`: only the questions were, and the text waits for a colleague. */
  graded: "questions" | "model" | "rebuild";
  /** Of the questions, in percent. */
  score: number;
  /** How often the code was opened meanwhile. */
  peeks: number;
  /** The explanation in Markdown. */
  text: string;
}

/** The team does without an explanation. */
export interface WaivedEntry extends Written, SignedFunction {
  kind: "waived";
  reason: string;
}

/** A colleague accepts an explanation. */
export interface PeerAcceptedEntry extends Written, SignedFunction {
  kind: "peer-accepted";
  /** `lineHash` of the explanation's line. */
  entry: string;
}

/** A colleague wants to know more before accepting. */
export interface PeerAskedEntry extends Written, SignedFunction {
  kind: "peer-asked";
  entry: string;
  text: string;
}

/** Somebody approves of a dependency; stands in the ledger of the file that declares it. */
export interface DependencyApprovedEntry extends Written {
  kind: "dependency-approved";
  /** As the manifest names it. */
  dependency: string;
  reason?: string;
}

/** One line of a ledger. Keys that are not known stay in the file and mean nothing. */
export type LedgerEntry = ExplainedEntry | WaivedEntry | PeerAcceptedEntry | PeerAskedEntry | DependencyApprovedEntry;

export type LedgerKind = LedgerEntry["kind"];

type FieldShape =
  | { type: "text"; maxLength: number; description: string }
  | { type: "count"; maximum: number; description: string }
  | { type: "choice"; values: readonly string[]; description: string }
  | { type: "pattern"; pattern: RegExp; description: string };

/** What a key holds. Checks lines, and is written out as docs/schema/ledger.schema.json. */
const fieldShapes = {
  who: {
    type: "pattern",
    // Bounded, and each part ends at the first character the next one begins with.
    pattern: /^[^<>\s][^<>\n]{0,199} <[^<>\s]{1,200}>$/,
    description: "Who says it, as git writes authors: `Name <address>`. They author the commit that adds the line.",
  },
  when: {
    type: "pattern",
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/,
    description: "When, in ISO 8601 and UTC: `2026-03-03T10:15:00Z`.",
  },
  symbol: { type: "text", maxLength: 1000, description: "The function's qualified name." },
  shapeHash: {
    type: "pattern",
    pattern: /^[0-9a-f]{32}$/,
    description: "What the function did: renamed locals, comments and layout aside.",
  },
  graded: {
    type: "choice",
    values: ["questions", "model", "rebuild"],
    description:
      "What judged it. `questions`: the questions alone, so the text waits for a colleague; `model`: a model has read the text; `rebuild`: the function was written again from the text.",
  },
  score: { type: "count", maximum: 100, description: "How many of the questions were right, in percent." },
  peeks: { type: "count", maximum: 1_000_000, description: "How often the code was opened meanwhile." },
  text: { type: "text", maxLength: 20_000, description: "The explanation, or what a colleague asks, in Markdown." },
  reason: { type: "text", maxLength: 2000, description: "Why." },
  entry: {
    type: "pattern",
    pattern: /^[0-9a-f]{32}$/,
    description:
      "The explanation that is meant: the first 32 digits of the SHA-256 of its line, without white space around it.",
  },
  dependency: { type: "text", maxLength: 500, description: "The dependency as the manifest names it." },
} as const satisfies Record<string, FieldShape>;

type Field = keyof typeof fieldShapes;

const aboutFunction = ["who", "when", "symbol", "shapeHash"] as const;

/** The keys of each kind, in the order in which they are written, and what a line of that kind says. */
const kindShapes: Record<LedgerKind, { required: readonly Field[]; optional?: readonly Field[]; description: string }> =
  {
    explained: {
      required: [...aboutFunction, "graded", "score", "peeks", "text"],
      description: "Somebody explained the function in their own words.",
    },
    waived: { required: [...aboutFunction, "reason"], description: "The team does without an explanation." },
    "peer-accepted": {
      required: [...aboutFunction, "entry"],
      description: "A colleague accepts an explanation. Nobody accepts their own.",
    },
    "peer-asked": {
      required: [...aboutFunction, "entry", "text"],
      description: "A colleague wants to know more before accepting an explanation.",
    },
    "dependency-approved": {
      required: ["who", "when", "dependency"],
      optional: ["reason"],
      description: "Somebody approves of a dependency. Stands in the ledger of the file that declares it.",
    },
  };

/** The JSON Schema of one line of a ledger, draft 7. */
export function ledgerSchema(): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "One line of a Fathom ledger (.fathom/ledger/<source path>.jsonl)",
    type: "object",
    required: ["v", "kind"],
    oneOf: Object.entries(kindShapes).map(([kind, { required, optional = [], description }]) => ({
      description,
      type: "object",
      required: ["v", "kind", ...required],
      properties: {
        v: { const: ledgerVersion, description: "Version of the format." },
        kind: { const: kind },
        ...Object.fromEntries([...required, ...optional].map((field) => [field, schemaOf(fieldShapes[field])])),
      },
    })),
  };
}

function schemaOf(shape: FieldShape): object {
  const { description } = shape;
  switch (shape.type) {
    case "text":
      return { type: "string", minLength: 1, maxLength: shape.maxLength, description };
    case "count":
      return { type: "integer", minimum: 0, maximum: shape.maximum, description };
    case "choice":
      return { enum: [...shape.values], description };
    case "pattern":
      return { type: "string", pattern: shape.pattern.source, description };
  }
}

/** Names one line of a ledger, whatever ends it. */
export function lineHash(line: string): string {
  return createHash("sha256").update(line.trim()).digest("hex").slice(0, 32);
}

/**
 * The line that says it, without a line end.
 *
 * @throws RangeError when something in it is not what the format allows, in words for the user
 */
export function formatEntry(entry: LedgerEntry): string {
  const raw: Record<string, unknown> = { ...entry, who: `${entry.who.name} <${entry.who.email}>` };
  const problem = problemWith(entry.kind, raw);
  if (problem) throw new RangeError(problem);
  const { required, optional = [] } = kindShapes[entry.kind];
  const fields = [...required, ...optional].filter((field) => raw[field] !== undefined);
  const line = JSON.stringify({
    v: ledgerVersion,
    kind: entry.kind,
    ...Object.fromEntries(fields.map((field) => [field, raw[field]])),
  });
  // As characters of JSON these would pass for ends of lines in some readers.
  return line.replace(/[\u2028\u2029]/g, (mark) => (mark === "\u2028" ? "\\u2028" : "\\u2029"));
}

export type ReadEntry =
  | { kind: "entry"; entry: LedgerEntry }
  | { kind: "newer"; version: number }
  /** It is about a function in a way that cannot be compared with the code any more. */
  | { kind: "incomparable"; version: number }
  | { kind: "damaged"; problem: string };

/**
 * Reads one line. Never throws.
 *
 * @param since the first version whose shape hashes can be compared
 */
export function readEntry(line: string, since = comparableSince): ReadEntry {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return damaged(/^(?:<{7}|={7}|>{7}|\|{7})/.test(line) ? "it is left over from a merge" : "it is not valid JSON");
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return damaged("it is not a JSON object");
  const { v, kind, ...fields } = raw as Record<string, unknown>;
  if (typeof v !== "number" || !Number.isInteger(v) || v < 1) return damaged("`v` is not a version");
  if (v > ledgerVersion) return { kind: "newer", version: v };
  if (typeof kind !== "string" || !Object.hasOwn(kindShapes, kind)) {
    return damaged(`\`kind\` is none of ${Object.keys(kindShapes).join(", ")}`);
  }
  const problem = problemWith(kind as LedgerKind, fields);
  if (problem) return damaged(problem);
  const { required, optional = [] } = kindShapes[kind as LedgerKind];
  if (v < since && required.includes("shapeHash")) return { kind: "incomparable", version: v };
  const known = [...required, ...optional].flatMap((field) =>
    fields[field] === undefined ? [] : [[field, fields[field]]],
  );
  const entry = { kind, ...Object.fromEntries(known), who: personOf(fields.who as string) };
  return { kind: "entry", entry: entry as LedgerEntry };
}

function damaged(problem: string): ReadEntry {
  return { kind: "damaged", problem };
}

function personOf(text: string): Person {
  const at = text.lastIndexOf(" <");
  return { name: text.slice(0, at).trim(), email: text.slice(at + 2, -1) };
}

function problemWith(kind: LedgerKind, fields: Readonly<Record<string, unknown>>): string | undefined {
  const { required, optional = [] } = kindShapes[kind];
  for (const field of [...required, ...optional]) {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (value === undefined) {
      if (required.includes(field)) return `it has no \`${field}\``;
      continue;
    }
    const wrong = problemOf(value, fieldShapes[field]);
    if (wrong) return `\`${field}\` ${wrong}`;
  }
  // `2026-13-45` has the form of a day.
  return Number.isNaN(Date.parse(fields.when as string)) ? "`when` is no time" : undefined;
}

function problemOf(value: unknown, shape: FieldShape): string | undefined {
  switch (shape.type) {
    case "text":
      if (typeof value !== "string" || value.trim() === "") return "is not a text";
      return value.length > shape.maxLength ? `is longer than ${shape.maxLength} characters` : undefined;
    case "count":
      return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= shape.maximum
        ? undefined
        : `is not a whole number from 0 to ${shape.maximum}`;
    case "choice":
      return shape.values.includes(value as string) ? undefined : `is none of ${shape.values.join(", ")}`;
    case "pattern":
      return typeof value === "string" && value.length <= 1000 && shape.pattern.test(value)
        ? undefined
        : "does not have the form it must have";
  }
}
