import type { Check, DeclarationKind, RequiredCompanion } from "../../check";
import { type CheckForm, checkForms } from "../form";
import { knownFunction } from "../knownNames";
import type { Captures } from "../pattern";
import { scopeOfTail } from "../tail";
import { phraseText, type Sentence } from "../tokens";
import { each, subjectOfWords } from "./subjects";

const COMPANIONS: readonly [string, RequiredCompanion["companion"]][] = [
  ["doc comment|comments", "doc-comment"],
  ["docstring|docstrings|jsdoc|tsdoc|godoc|javadoc|doc-comment comment|comments?", "doc-comment"],
  ["explicit? return type|types annotation|annotations?", "return-type"],
  ["type hints|annotations", "parameter-types"],
  ["unit? test|tests file|files?", "test"],
];

function companions(): CheckForm[] {
  const subject =
    "<+subject> must|should|need|needs|require|requires|has|have to? always? have|include|receive|be? documented? with? a|an|its|their? corresponding|complete|full|proper|comprehensive|explicit|dedicated?";
  return COMPANIONS.flatMap(([words, companion]) =>
    checkForms(
      [
        `${subject} ${words} <*tail>`,
        `{useit?} a|an? ${words} for|on|to all|every|each <+all> <*tail>`,
        `add|write|include|provide|require a|an? ${words} for|on|to all|every|each? <+all> <*tail>`,
        `${words} are|is? required|mandatory for|on all|every|each? <+all> <*tail>`,
        `all|every|each <+all> must|should|need|needs|require|requires|has|have to? always? have|include|be? a|an|its|their? ${words} <*tail>`,
        `document all|every <+all> with ${words} <*tail>`,
        ...(companion === "doc-comment"
          ? [
              "document all|every <+all>",
              "document all|every <+all> , <+second> , and <+third>",
              `document all|every <+all> using|in|via ${words} <*tail>`,
            ]
          : []),
        `${words} for|on all|every|each <+all> <*tail>`,
        `ensure|make sure? all|every|each? <+all> have|include a|an? ${words} <*tail>`,
      ],
      ({ rest }, following) => {
        const kind = subjectNamed(phraseText(rest.all ?? rest.subject));
        const scope = scopeOfTail(rest.tail, following);
        if (kind === undefined || scope === undefined || !canCarry(kind, companion)) return undefined;
        return { form: "required-companion", subject: kind, companion, ...scope };
      },
    ),
  );
}

/** "Always call `t.Parallel()` in tests": what each test does itself. */
function calledInTests(): CheckForm[] {
  return checkForms(
    [
      "always|must use|call|add|include <call> in|at|to all|every|each? top-level|unit? tests|test functions? <*tail>",
      "always|must use|call|add|include <call> at the top|start of all|every|each? unit? tests|test functions? <*tail>",
      "use|call|add|include <call> in|at|to all|every|each unit? tests|test functions? <*tail>",
      "all|every|each unit? tests|test functions? must|should always? use|call|include|begin|start with? <call> <*tail>",
    ],
    ({ names, rest }, following) => {
      const [name, ...more] = names.call?.texts ?? [];
      const scope = scopeOfTail(rest.tail, following);
      if (name === undefined || more.length > 0 || scope === undefined || !/^[\w.]+\(\)$/.test(name)) return undefined;
      const called = name.slice(0, -2);
      const languages = knownFunction(called) ?? (/^t\.[A-Z]/.test(called) ? ["go" as const] : undefined);
      const whole = { ...(languages && { languages: [...languages] }), ...scope.scope };
      return {
        form: "required-companion",
        subject: { kind: "test" },
        companion: "call",
        name: called,
        ...(Object.keys(whole).length > 0 && { scope: whole }),
      };
    },
  );
}

/** "Use type hints": without a subject it means every function, of docstrings every public one. */
function unnamedSubjects(): CheckForm[] {
  const everywhere = "everywhere|throughout|consistently|always|extensively?";
  const build =
    (companion: RequiredCompanion["companion"], subject: DeclarationKind) =>
    ({ rest }: Captures, following: readonly Sentence[]): Check | undefined => {
      const scope = scopeOfTail(rest.tail, following);
      return (
        scope && { form: "required-companion", subject, companion, scope: { languages: ["python"], ...scope.scope } }
      );
    };
  return [
    ...checkForms(
      [
        `{useit} python? type hints|annotations ${everywhere} <*tail>`,
        `add|include|provide|require|write type hints|annotations ${everywhere} <*tail>`,
        `type hints|annotations are? required|mandatory|everywhere|always <*tail>`,
        "all|any code must|should have|use|include type hints|annotations <*tail>",
        `{useit} type hints|annotations for|on|in all? function|method? signatures|parameters|arguments and? return? values|types? <*tail>`,
        "ensure functions have descriptive names and include type hints",
      ],
      build("parameter-types", { kind: "function" }),
    ),
    ...checkForms(
      [
        "{useit} explicit type|types annotations|types? for|on all? function|method? parameters|arguments|signatures and? return? types|values|type? <*tail>",
        "{useit} explicit types for all? function|method? parameters|arguments|signatures and? return? types|values|type? <*tail>",
        "explicitly? type|annotate all function|method? parameters|arguments|signatures and? return? types|values|type? <*tail>",
      ],
      ({ rest }, following) => {
        const scope = scopeOfTail(rest.tail, following);
        const subject = { kind: "function" as const };
        return scope && { form: "required-companion", subject, companion: "parameter-types", ...scope };
      },
    ),
    ...checkForms(
      [
        "add|include|provide|write docstrings <*tail>",
        "add|include|provide|write docstrings following|in|with|using <+style> conventions|style|format? <*tail>",
      ],
      build("doc-comment", { kind: "function", exported: true }),
    ),
  ];
}

const LISTED =
  /^(?:public|exported|functions?|methods?|class|classes|types?|interfaces?|constants?|modules?|and|or|,|\/|[a-z]+\/[a-z]+)$/;

function subjectNamed(words: string): DeclarationKind | undefined {
  const named = COMPANION_SUBJECTS.get(words) ?? subjectOfWords(words)?.subject;
  if (named) return named;
  // Of several kinds each has to have it.
  const [, exported, functions] =
    /^((?:(?:public|exported)(?: ?\/ ?| (?:and|or) )?)+ )?(functions?|methods?)\b/.exec(words) ?? [];
  return functions === undefined || !words.split(" ").every((word) => LISTED.test(word))
    ? undefined
    : { kind: "function", ...(exported !== undefined && { exported: true }) };
}

/** Only functions have types of their own, and a file is documented in another way. */
function canCarry({ kind }: DeclarationKind, companion: RequiredCompanion["companion"]): boolean {
  if (kind === "file" || kind === "test-file" || kind === "constant") return companion === "test" && kind === "file";
  const isType = kind === "type" || kind === "class" || kind === "interface" || kind === "enum";
  return !isType || companion === "test" || companion === "doc-comment";
}

const COMPANION_SUBJECTS: ReadonlyMap<string, DeclarationKind> = new Map(
  Object.entries<DeclarationKind>({
    ...each(
      [
        "function",
        "functions",
        "methods",
        "functions and methods",
        "function signatures",
        "functions/methods",
        "method signatures",
      ],
      { kind: "function" },
    ),
    ...each(
      [
        "public functions",
        "exposed objects",
        "exported objects",
        "exported identifiers",
        "exported symbols",
        "public symbols",
        "public/exported functions",
        "exported/public functions",
        "exported functions",
        "public methods",
        "public function",
        "exported function",
        "public functions and methods",
        "exported functions and methods",
        "public functions/methods",
        "exports",
        "export",
        "public export",
        "public exports",
        "public methods and functions",
        "public functions and classes",
        "public classes and functions",
        "exported functions and classes",
        "exported functions and types",
        "public functions, classes, and methods",
        "public classes and methods",
      ],
      { kind: "function", exported: true },
    ),
    ...each(
      [
        "exported types",
        "public types",
        "public classes",
        "exported type",
        "public class",
        "exported types and functions",
      ],
      { kind: "type", exported: true },
    ),
    ...each(["class", "classes", "types"], { kind: "type" }),
    ...each(["handler", "handlers", "endpoint", "endpoints", "route handlers", "api endpoints"], { kind: "handler" }),
  }),
);

/** Every X has Y: a comment, types, a test. */
export const companionForms: readonly CheckForm[] = [...companions(), ...unnamedSubjects(), ...calledInTests()];
