import type { Check, ConstructKind } from "../../check";
import { constructOfKind } from "../constructs";
import { type CheckForm, checkForms, readForms, sentenceForms } from "../form";
import type { Captures } from "../pattern";
import { readQualifiedTail } from "../qualifiedTail";
import { readTail, type Tail } from "../tail";
import { type Sentence, sentenceText } from "../tokens";
import { constructCheck } from "./banned";

/** What is asked for leaves one construct out: "Use ES modules" forbids CommonJS. */
interface Implied {
  kind: ConstructKind;
  /** Left out with it. */
  also?: ConstructKind;
  /** Whatever the sentence goes on to say, but for exceptions: where the construct is at all, it is wrong. */
  holdsAnyway?: true;
  /** How it is said, up to what restricts or explains. */
  said: readonly string[];
  instead?: string;
  /** What else the sentence may say of what it does not want. */
  rivals?: readonly string[];
}

const implied: readonly Implied[] = [
  {
    kind: "commonjs",
    instead: "ES modules",
    said: [
      "{useit} es|es6|esm|ecmascript modules|module|imports|import syntax|style|format? <*tail>",
      "{useit} esm only|syntax? <*tail>",
      "es modules only <*tail>",
      "always es modules <*tail>",
      "always typescript , always es modules <*tail>",
      "{not} :? {use} commonjs|cjs or <+other> format|modules|syntax? <*tail>",
      "{not} :? {use} commonjs|cjs or <+other> —|,|; <+more>",
    ],
    rivals: ["commonjs ( require )", "commonjs", "commonjs require", "require", "cjs", "commonjs modules"],
  },
  {
    kind: "class-component",
    instead: "functional components",
    said: [
      "{useit} functional|function react? components only|exclusively? <*tail>",
      "functional|function react? components only <*tail>",
      "only functional|function components <*tail>",
      "all components must|should? are|be functional|functions <*tail>",
      "functional components with hooks only? <*tail>",
      "{useit} functional|function react? components with|and|using <*more>",
    ],
    rivals: ["class components", "class-based components", "classes"],
  },
  {
    kind: "local-import",
    said: [
      "always? place|put|keep|do all? imports|import statements? at the? top of the|each|every|your? file|files|module <*tail>",
      "all? imports go|goes|belong|belongs|stay at the? top of the|each|every? file|files|module <*tail>",
      "all? imports at the? top of the|each|every? file|files|module <*tail>",
      "all? imports must|should? always? go|be|belong|are placed? at the? top of the|each|every? file|files|module <*tail>",
      "use global import statements <*tail>",
      "{useit} top-level imports only? <*tail>",
      "all? imports must|should? are|go|stay|be? always? at module|top level <*tail>",
      "{not} import modules|anything mid-code|inline|locally <*tail>",
      "{not} {use} deferred|lazy|inline|local|nested|function-level imports ( imports inside|in|within functions|function|methods bodies? ) <*tail>",
    ],
    rivals: [
      "inside methods or functions",
      "inside functions",
      "inside functions or methods",
      "inside methods",
      "in functions",
    ],
  },
  {
    kind: "braceless-if",
    said: [
      "{useit} curly? braces for|around|with|on all|every|single-line|any? if|control|conditional statements|statement|flow|blocks|structures? <*tail>",
      "{useit} curly? braces even for single-line|one-line blocks|statements|bodies|ifs <*tail>",
      "curly braces are|is? required|mandatory for all? if? statements? <*tail>",
      "{useit} curly braces <*tail>",
      "always? wrap|enclose|put all|every|single-line? <w> statements|bodies|blocks? in|with curly? braces <*tail>",
      "{useit} curly? braces for|around|with|on all|every? <w> <*more>",
    ],
  },
  {
    kind: "string-formatting",
    instead: "f-strings",
    said: [
      "{useit} f-strings|fstrings for? all? string? formatting|interpolation? <*tail>",
      "f-strings for string formatting <*tail>",
    ],
    rivals: ["format", "percent formatting", "%", "concatenation", "string concatenation", "%-formatting"],
  },
  {
    kind: "field-injection",
    instead: "constructor injection",
    said: [
      "{not} {use?} <w> on? fields|field injection? <*tail>",
      "constructor injection only? ,|—|(|;? no|not|never <w> on? fields|field? injection? <*tail>",
      "always? inject|injected via|through|by the? constructor|constructors ,|—|(|; no|not|never <w> on? fields? <*tail>",
      "{useit} constructor-based dependency? injection <*tail>",
      "{useit} constructor dependency injection <*tail>",
      "{useit} constructor injection only? for? all? required? dependencies? <*tail>",
      "constructor injection only <*tail>",
      "inject|injects all? dependencies|beans|services? through|via|by the? constructor|constructors injection? only? <*tail>",
    ],
    rivals: ["field injection", "autowired fields", "@autowired", "field-based injection", "@autowired on fields"],
  },
  {
    kind: "unwrapped-error",
    rivals: ["%v", "%s", "%v or %s"],
    said: [
      "always? wrap errors|error with|using|via <w> <*tail>",
      "always? wrap errors|error with context using|via|with <w> <*tail>",
      "always? wrap|return errors|error with context ,|:|(|— e.g|like|as|using? <w> <*tail>",
      "{useit} <w> for error? wrapping errors? <*tail>",
      "{useit} <w0> with|and <w> to|for preserve|preserving|keep|keeping|add|adding|wrap|wrapping <*more>",
      "{useit} <w> to wrap errors <*tail>",
      "{useit} <w> ( not|never <other> ) when|for|to|while wrap|wrapping errors|error <*more>",
      "{useit} <w> ,|; not|never <other> ,? when|for|to|while wrap|wrapping errors|error <*more>",
      "{useit} <w0> with <w> for|to error? wrapping|wrap errors? <*tail>",
      "errors must|should|are always? be? wrapped with|using <w> <*tail>",
      "error wrapping :|with|— <w> <*tail>",
      "always? wrap errors|error with additional|more|useful|enough? context <*tail>",
      "always? wrap with|using|via <w> <*tail>",
      "always? wrap with|using|via <w> ( never|not <other> ) <*more>",
      "{not} :? {use} <other> for|to error? wrapping|wrap errors? —|,|;|: always? use? <w> <*tail>",
      "{not} :? {use} <other> when|while|for|to error? wrapping|wrap errors|error? (|,|—|;|: always|instead? use? <w> )? <*tail>",
    ],
  },
  {
    kind: "error-comparison",
    instead: "errors.Is",
    said: [
      "{useit} <w> <*tail>",
      "{useit} <w> for|when|to compare|comparing|check|checking|match|matching? sentinel? errors|error comparisons|comparison|checks|checking? <*tail>",
      "{useit} <w> ,|;|(? instead|rather|not|never of|than? '==' )|,? for|to|when|on? compare|comparing|comparison? sentinel|wrapped? errors|error? comparisons|comparison|checks? <*tail>",
      "{not} compare errors|error with|using|by|via direct|plain? '==' <*tail>",
      "{not} {use} '==' for|to|when|on compare|comparing? errors|error comparisons|comparison? <*tail>",
    ],
    rivals: ["==", "direct comparison", "string matching", "string comparison", "type assertions"],
  },
  {
    kind: "else-after-return",
    said: [
      "{not} :? {use?} unnecessary|redundant|an? 'else' blocks|block|branches|branch|statements|statement|clauses|clause? after|following a|an? 'return' statement|statements? <*tail>",
      "{not} :? {use?} unnecessary|redundant|an? 'else' blocks|block|branches|branch|statements|statement|clauses|clause? after|following a|an? return|returns|returning|early statement|statements|returns? <*tail>",
      "{not} :? {use?} unnecessary|redundant|an? else blocks|block|branches|branch|statements|statement|clauses|clause? after|following a|an? 'return' statement|statements? <*tail>",
    ],
  },
  {
    kind: "late-context",
    holdsAnyway: true,
    said: [
      "<ctx> is|must|should|as always? be? the? first parameter|argument|param <*tail>",
      "<ctx> is|must|should|as always? be? the? first parameter|argument|param , named <name> <*tail>",
      "always? pass|accept|take|takes|use|propagate|put <ctx> as the? first parameter|argument|param <*tail>",
      "always? pass|accept|take|use|put context as the? first parameter|argument|param <*tail>",
      "context is|must|should|as always? be? the? first parameter|argument|param <*tail>",
      "functions|methods? should|must|always? take|accept <ctx> as the? first parameter|argument <*tail>",
    ],
  },
  {
    kind: "context-field",
    said: [
      "{not} store|keep|put|embed <ctx> in|inside structs|struct|a fields|struct? <*tail>",
      "{not} store|keep|put|embed contexts|context in|inside structs|struct|a fields|struct? <*tail>",
    ],
  },
  {
    kind: "extensionless-import",
    said: [
      "{useit} <ext> extensions|extension in|for|on with? all|relative|local|esm? import|imports paths|specifiers|statements? <*more>",
      "{useit} explicit? file? extensions in|for|on all|relative|local|esm imports|import paths|specifiers? <*more>",
      "include|add file|the|explicit? extensions|extension in|for|on|to all|relative|local|esm? import|imports paths|specifiers|statements? <*more>",
    ],
  },
  {
    kind: "loose-equality",
    instead: "===",
    said: [
      "{useit} strict equality|comparison|comparisons checks|operators? <*tail>",
      "{useit} strict? '===' and|/|or '!==' <*tail>",
      "{useit} '===' <*tail>",
    ],
    rivals: ["loose equality", "loose == / !=", "== / !=", "loose ==", "== or !=", "=="],
  },
  {
    kind: "object-type-alias",
    instead: "interface",
    said: [
      "prefer|use 'interface' over|to|not|than|rather|instead than|of? 'type' for? object|public? types|shapes|type|definitions|apis? definitions? <*tail>",
      "prefer|use interfaces|interface over|rather|instead|to than|of? types|type aliases|alias|definitions? for? object? shapes|types|definitions? <*tail>",
      "{useit} interfaces|interface for object shapes|types|definitions <*tail>",
      "{useit} 'interface' for object shapes|types|definitions <*tail>",
    ],
    rivals: ["types for unions", "type aliases"],
  },
  {
    kind: "empty-catch",
    also: "discarded-error",
    said: ["{not} silently? swallow|suppress|eat any? errors|error silently? <*tail>"],
  },
  {
    kind: "empty-catch",
    said: [
      "{not} silently? swallow|suppress|eat any? exceptions|exception silently? <*tail>",
      "{not} swallow|suppress errors or exceptions silently? <*tail>",
      "{not} silently? ignore|discard exceptions silently? <*tail>",
      "{not} catch and silently? ignore exceptions silently? <*tail>",
      "{not} leave catch blocks empty <*tail>",
      "catch|except blocks|clauses {mustnot} be|stay|remain|left empty <*tail>",
    ],
  },
  {
    kind: "discarded-error",
    also: "empty-catch",
    said: [
      "{not} silently? ignore|discard|drop any? returned? errors|error silently? <*tail>",
      "{not} ignoring|discarding errors|error <*tail>",
      "always? handle|check every|each|all returned? error|errors explicitly|properly|immediately? <*tail>",
      "errors are|is always handled|checked <*tail>",
      "errors must|should always? be handled <*tail>",
      "errors must|should never be ignored|discarded <*tail>",
      "all returned? errors must|should always? be checked|handled <*tail>",
      "always? check|handle and? handle? all? returned? errors <*tail>",
      "always? check|handle errors explicitly|immediately <*tail>",
      "all returned errors from functions need|must|should to? be checked and? handled? properly? <*tail>",
    ],
    rivals: ["ignored", "ignore", "discarded", "ignore them"],
  },
  {
    kind: "discarded-error",
    said: [
      "{not} silently? ignore|discard|drop a|an|any|the? returned? <error> values|value|returns? with|using|via|to|by assigning? to? <blank> <*tail>",
      "{not} silently? ignore|discard|drop a|an|any|the? returned? errors|error values|value|returns? with|using|via|to|by assigning? to? <blank> <*tail>",
      "{not} assign a|an|any|the? returned? errors|error to <blank> <*tail>",
      "{not} {use?} <blank> to|for ignore|discard|ignoring|discarding errors|error <*tail>",
    ],
    rivals: ["ignored", "ignore", "discarded", "ignore them"],
  },
  {
    kind: "type-suppression",
    said: [
      "{not} disable eslint|lint|linter|linting|tslint|clippy|ruff rules|rule|checks|errors|warnings <*tail>",
      "{not} comment to|for disable|disabling|silence|silencing eslint|lint|linter|linting|tslint rules|rule|checks|errors|warnings? <*tail>",
      "{not} suppress|silence eslint|lint|linter|type|typescript|compiler|mypy|pyright errors|warnings|rules|findings <*tail>",
    ],
  },
  { kind: "discarded-error", said: ["always? check|handle all|returned? errors with|using <w> <*more>"] },
  {
    kind: "foreign-comment",
    said: [
      "all|any? code? comments and|, literals|documentation|docs|identifiers|names in? source? code? must|should always? be written? in english <*tail>",
      "all|any? code? comments must|should always? be written? in english <*tail>",
      "write|keep|use all? code? comments and? documentation|docs|identifiers? in english <*tail>",
      "{useit} english for all? code? comments and? documentation|docs|identifiers? <*tail>",
      "all? code? comments :|in|are always? in? english <*tail>",
      "comments and? documentation|docs|identifiers|names|commits in english <*tail>",
      "all? comments? and? code must|should be in english <*tail>",
      "all? code and|, comments must|should be written? in english <*tail>",
      "code|code, and? comments in english <*tail>",
      "all comment|comments and literals in source code must be in english",
    ],
    rivals: [],
  },
  {
    kind: "broad-catch",
    instead: "specific exceptions",
    said: [
      "always? catch|handle|raise? only? specific exceptions|exception types? <*tail>",
      "{not} catch generic|broad|general|bare|all exceptions|exception types? <*tail>",
      "{not} catch the? general|generic|broad|bare? <w> <*tail>",
      "{not} catch generic|broad|bare? 'Exception' or|/|and 'Throwable' <*tail>",
      "catch the? specific exception|exceptions|error|errors types? ,|;|— not|never a? bare|generic|broad|blanket? 'Exception' <*tail>",
      "catch <what> ,|;|— not|never a? bare|generic|broad|blanket? 'Exception' <*tail>",
      "{useit} specific exception|exceptions types|classes|handling? in except blocks <*tail>",
    ],
    rivals: ["generic exception", "generic exceptions", "bare except", "exception", "broad exceptions", "bare excepts"],
  },
  {
    kind: "hardcoded-secret",
    said: [
      "{not} :? hardcode|hard-code|embed {secrets} <*tail>",
      "{not} :? commit|committing|check actual|real|plaintext? {secrets} <*tail>",
      "{not} :? expose {secrets} in|to client|source|frontend code|side|bundles? <*tail>",
      "{not} :? {use?} hardcoded|hard-coded {secrets} <*tail>",
      "{not} store {secrets} in the? source? code|source|codebase|repository <*tail>",
      "{not} commit {secrets} or <+more>",
      "no {secrets} committed|hardcoded|hard-coded <*tail>",
      "no {secrets} in the? code|source|repo|repository|git|codebase code? <*tail>",
      "{not} :? hardcode|hard-code {secrets} or <+more>",
    ],
  },
];

export const impliedForms: readonly CheckForm[] = [
  ...implied.flatMap((construct) => {
    const isBan = (said: string) => said.startsWith("{not}");
    // What is asked for under a condition leaves out nothing elsewhere.
    return [
      ...checkForms(construct.said.filter(isBan), leavingOut(construct, readQualifiedTail)),
      ...checkForms(
        construct.said.filter((said) => !isBan(said)),
        leavingOut(construct, readOrderTail),
      ),
    ];
  }),
  ...promiseChains(),
  ...loopsByCall(),
  ...aliases(),
  ...strictMode(),
];

function excepts({ text }: Sentence[number]): boolean {
  return /^(?:unless|except|but|only|where|not)$/.test(text);
}

/** What an order asks for has to be plain; exceptions that stand in another sentence restrict it. */
function readOrderTail(rest: Sentence, following: readonly Sentence[] = []): Tail | undefined {
  const tail = readTail(rest, []);
  const more = tail && readQualifiedTail([], following);
  if (tail === undefined || more === undefined) return undefined;
  const instead = tail.instead.length > 0 ? tail.instead : more.instead;
  return { ...tail, instead, ...(more.qualifier && { qualifier: more.qualifier }) };
}

function leavingOut({ kind, also, holdsAnyway, instead, rivals = [] }: Implied, read: typeof readTail) {
  return ({ names, rest }: Captures, following: readonly Sentence[]): Check | undefined => {
    const isMeant = [names.w, names.ctx, names.blank, names.ext].every(
      (list) => list === undefined || isIts(kind, list.texts),
    );
    if (!isMeant || names.error?.texts.some((text) => !/^err(?:or)?$/.test(text))) return undefined;
    const left = holdsAnyway && !(rest.tail ?? []).some(excepts) ? [] : withoutRivals(rest.tail ?? [], rivals);
    const tail = left[0]?.text === "by" ? undefined : read(left, following);
    if (tail === undefined) return undefined;
    const constructs = [kind, ...(also ? [also] : [])].map(constructOfKind);
    return constructCheck(constructs, { ...tail, instead: instead === undefined ? tail.instead : [instead] });
  };
}

/** "TypeScript strict mode" is a setting of its compiler. */
function strictMode(): CheckForm[] {
  return checkForms(
    [
      "{useit} strict typescript <*tail>",
      "{useit} typescript in? strict mode <*tail>",
      "{useit} typescript with strict mode|checks|type? checking? <*tail>",
      "{useit} strict type checking|checks <*tail>",
      "{useit} strict mode in|for typescript <*tail>",
      "{useit} typescript strict mode <*tail>",
      "typescript strict mode is? enabled|required|on|mandatory|everywhere|always? <*tail>",
      "typescript in strict mode <*tail>",
      "strict typescript <*tail>",
      "strict mode is? required|mandatory <*tail>",
      "strict mode is|must|always be? enabled <*tail>",
      "strict mode typescript <*tail>",
      "enable strict mode|typescript <*tail>",
      "keep strict mode on|enabled <*tail>",
      "{useit} strict mode <*tail>",
    ],
    ({ rest }, following) => {
      const tail = readTail(rest.tail ?? [], following);
      if (
        tail === undefined ||
        tail.inside !== undefined ||
        tail.outside !== undefined ||
        tail.scope.paths !== undefined
      )
        return undefined;
      // "Strict TypeScript: validate at the edges" says what is meant by it.
      if (rest.tail?.[0]?.text === ":") return undefined;
      return { form: "required-setting", file: "tsconfig.json", key: "strict", value: "true" };
    },
  );
}

const itsNames: Partial<Record<ConstructKind, RegExp>> = {
  "unwrapped-error": /%w/,
  "error-comparison": /^errors\.(?:Is|As)(?:\(.*\))?$/,
  "extensionless-import": /^\.[cm]?[jt]sx?$/,
  "broad-catch": /^(?:java\.lang\.)?(?:Exception|Throwable)$/,
  "late-context": /^(?:ctx |ctx: ?)?context\.Context$|^ctx$|^context$/,
  "field-injection": /^@?(?:Autowired|Inject)$/,
  "discarded-error": /^_$|^_ ?:?=$|^if err != nil\b/,
  "braceless-if": /^(?:if|else|for|while)$/,
  "context-field": /^context\.Context$|^ctx$|^context$/,
};

function isIts(kind: ConstructKind, texts: readonly string[]): boolean {
  return texts.some((text) => itsNames[kind]?.test(text));
}

function promiseChains(): CheckForm[] {
  return checkForms(
    [
      "{useit} async / await over|instead|rather|,|—|(? not|of|than|over? raw|promise|promises|explicit|plain|chained|using|callbacks|or|and? <then> chains|chaining|calls|callbacks|syntax? <*tail>",
      "{useit} async / await over|instead|rather|,|—|(? not|of|than|over? raw|explicit|chained? promise|promises then|chains|chaining|callbacks chains? <*tail>",
      "{useit} <async> over|instead|rather|,|—|(? not|of|than|over? raw|promise|promises|explicit|plain|chained? <then> chains|chaining|calls|callbacks|syntax? <*tail>",
    ],
    ({ names, rest }, following) => {
      const isAsync =
        names.async === undefined || names.async.texts.every((text) => /^(?:async|await|async\/await)$/.test(text));
      const isThen =
        names.then === undefined || names.then.texts.every((text) => /^\.(?:then|catch)(?:\(.*\))?$/.test(text));
      const tail = isAsync && isThen ? readTail(rest.tail ?? [], following) : undefined;
      if (tail === undefined || tail.outside !== undefined || tail.inside !== undefined) return undefined;
      const scope = { languages: ["typescript" as const, "javascript" as const], ...tail.scope };
      return { form: "forbidden-call", names: [".then"], instead: ["async/await"], scope };
    },
  );
}

/** "Prefer `for...of` loops": not by a call for each. */
function loopsByCall(): CheckForm[] {
  return checkForms(["{useit} <of> loops|loop? <*tail>"], ({ names, rest }, following) => {
    const isOf = names.of?.texts.every((text) => /^for ?(?:\.{2,3}|-| |…) ?of$/.test(text));
    const tail = isOf ? readTail(rest.tail ?? [], following) : undefined;
    if (tail === undefined || tail.outside !== undefined || tail.inside !== undefined) return undefined;
    const scope = { languages: ["typescript" as const, "javascript" as const], ...tail.scope };
    return { form: "forbidden-call", names: [".forEach"], instead: ["for...of"], scope };
  });
}

/** "No absolute imports or path aliases": what the configuration makes of `@/` and `~/`. */
function aliases(): CheckForm[] {
  return checkForms(
    [
      "{not} :? {use?} absolute imports or|and|, path|import|module aliases|alias <*tail>",
      "{not} :? {use?} path|import|module aliases|alias or|and|, absolute imports <*tail>",
      "{not} :? {use?} path|import|module aliases <*tail>",
    ],
    ({ rest }, following) => {
      const tail = readTail(rest.tail ?? [], following);
      if (tail === undefined || tail.outside !== undefined || tail.inside !== undefined) return undefined;
      const scope = { languages: ["typescript" as const, "javascript" as const], ...tail.scope };
      return { form: "forbidden-import", names: ["@/**", "~/**"], instead: ["relative imports"], scope };
    },
  );
}

const contrasts = sentenceForms(
  [
    "over|not|never|no|avoid <*rest>",
    "instead of <*rest>",
    "rather than <*rest>",
    "and|, never|not|no|avoid <*rest>",
    "( not|no|never <*rest>",
    "—|; not|no|never|avoid use|using? <*rest>",
  ],
  ({ rest }) => rest.rest ?? [],
);

/** Takes out what the sentence says of the alternative it does not want. */
function withoutRivals(tail: Sentence, rivals: readonly string[]): Sentence {
  for (const [at] of tail.entries()) {
    const after = readForms(contrasts, tail.slice(at));
    if (after === undefined) continue;
    const text = sentenceText(after).replaceAll("`", "").toLowerCase();
    const rival = rivals
      .filter(
        (each) =>
          text === each || text.startsWith(`${each} `) || text.startsWith(`${each})`) || text.startsWith(`${each},`),
      )
      .reduce((longest, each) => (each.length > longest.length ? each : longest), "");
    if (rival === "") continue;
    const left = after.slice(rival.split(" ").length);
    const opened = tail[at]?.text === "(" && left[0]?.text === ")" ? left.slice(1) : left;
    return [...tail.slice(0, at), ...opened];
  }
  return tail;
}
