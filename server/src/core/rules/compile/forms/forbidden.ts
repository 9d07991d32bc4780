import type { Check, CodeScope, ForbiddenCommand, ForbiddenConstruct } from "../../check";
import { constructOfCode, constructOfWords, LONGEST_CONSTRUCT } from "../constructs";
import { type CheckForm, checkForms, readForms, sentenceForms } from "../form";
import { areTools, callsIn, isCallLike, modulesIn, type Named, namedThings, symbolsOf, textsIn } from "../named";
import type { Captures, NameList } from "../pattern";
import { type Place, placeOfNames, placeOfPhrase } from "../place";
import { joinedConditions, qualified } from "../qualified";
import { readQualifiedTail, replacements, type Tail } from "../tail";
import { isPlainText } from "../texts";
import { type Sentence, sentenceText } from "../tokens";
import { areInFiles, forbiddenText } from "./text";

/** What a verb says of the names after it. */
type Reading = (names: NameList) => Named | undefined;
type NamedCode = Extract<Named, { languages: unknown }>;

const CALL: Reading = (list) => (areTools(list.texts) ? { kind: "command", names: [...list.texts] } : callsIn(list));
const IMPORT: Reading = modulesIn;
const USE: Reading = namedThings;
/** Beside plain words only what can be nothing but an example of them: "No log statements (`console.log`)". */
const EXAMPLES: Reading = (list) => {
  const named = namedThings(list);
  return named?.kind === "command" || list.texts.some(isCallLike) ? named : undefined;
};
const UNLIKE_WORDS: Reading = (list) => {
  const named = namedThings(list);
  return named?.kind === "name" ? undefined : named;
};
/** Beside its replacement a name may be an everyday word; then nobody can tell whether each use of it is meant. */
const PAIRED: Reading = (list) => {
  const named = namedThings(list);
  if (named !== undefined || list.texts.some((text) => !WORD.test(text) || LITERALS.has(text) || constructOfCode(text)))
    return named;
  return { kind: "name", names: [...list.texts], languages: undefined };
};
const LITERALS = new Set(
  "null undefined true false this nil None string String number boolean bool int float double object byte rune char".split(
    " ",
  ),
);
const WORD = /^[A-Za-z][A-Za-z0-9]{2,}$/;
const NAME: Reading = (list) => {
  const named = namedThings(list);
  return named?.kind === "call" ? { ...named, kind: "name" } : named;
};

export const forbiddenForms: readonly CheckForm[] = [
  ...forbidding("call", CALL),
  ...forbidding("import", IMPORT),
  ...forbidding("use", USE),
  ...forbidding("name", NAME),
  ...useInstead(),
  ...deadNames(),
  ...relativeWithin(),
  ...constructPhrases(),
  ...namedInWords(),
  ...printing(),
];

/** "No print statements": what has a name everybody knows. */
function namedInWords(): CheckForm[] {
  const printed = [
    "{not} :? {use?} debug|debugging|leftover|stray|any? {output} <*tail>",
    "{output} {forbidden} <*tail>",
  ];
  return checkForms(printed, ({ rest }, following) => {
    const tail = readQualifiedTail(rest.tail ?? [], following);
    return tail && forbiddenNames({ kind: "call", names: ["print"], languages: ["python"] }, tail);
  }).concat(
    checkForms(
      [
        "{not} :? {use?} debug|debugging|leftover|stray|any? console logs|statements|logging|calls <*tail>",
        "console logs|statements|logging|calls {forbidden} <*tail>",
      ],
      ({ rest }, following) => {
        const tail = readQualifiedTail(rest.tail ?? [], following);
        return (
          tail && forbiddenNames({ kind: "call", names: ["console.*"], languages: ["typescript", "javascript"] }, tail)
        );
      },
    ),
  );
}

/** "Log through `tideLog` instead of printing to the console": what prints, in each language. */
function printing(): CheckForm[] {
  const what = "printing directly? to the? console|stdout|terminal <*tail>";
  return checkForms(
    ["instead|rather of|than", ",|—|;|(? not|never", "over"].flatMap((contrast) => [
      `{useit} <y> ${contrast} ${what}`,
      `{useit} <y> for <+purpose> ${contrast} ${what}`,
    ]),
    (captures, following) => {
      const tail = readQualifiedTail(captures.rest.tail ?? [], following);
      return (
        tail &&
        forbiddenNames(
          { kind: "call", names: [...PRINTING], languages: undefined },
          { ...tail, instead: replacements(captures) ?? [] },
        )
      );
    },
  );
}

const PRINTING = ["print", "console.*", "fmt.Print*", "System.out.*"];

/** "Never call `x`", "`x` must never be called", "Handlers must not call `x`", "`domain/` must not import `infra/`". */
function forbidding(verb: string, reading: Reading): CheckForm[] {
  const passives: Readonly<Record<string, string>> = {
    call: "called|invoked",
    import: "imported",
    use: "used|added|introduced",
    name: "referenced|accessed|read|mentioned",
  };
  return [
    ...checkForms(
      [`{not} {${verb}} :? <x> <*tail>`, `{not} : {${verb}} <x> <*tail>`, `{not} {${verb}} {partof} <x> <*tail>`],
      (captures, following) => forbid(captures, following, reading),
    ),
    ...(verb === "name"
      ? []
      : checkForms(
          [
            `{not} :? {${verb}} <+kind> (|,|:|—? {like} <x> <*tail>`,
            `{not} :? use|using|call|calling|import|importing <+kind> ( <x> <*tail>`,
            `{not} :? {${verb}} <+kind> ( <+example> ) or|, <x> <*tail>`,
            `{not} :? {${verb}} <+kind> ( <+example> , <+another> ) or|, <x> <*tail>`,
          ],
          (captures, following) =>
            DECLARED.test(captures.rest.kind?.at(-1)?.text ?? "") && !captures.names.x?.texts.every(isCallLike)
              ? undefined
              : forbid(captures, following, reading),
        )),
    ...(verb === "use"
      ? checkForms(
          [
            "{not} :? <x> <*tail>",
            "<x> :|— {not} {use?} <*tail>",
            "<x> {forbidden} <*tail>",
            "<+kind> like|such as? <x> {forbidden} <*tail>",
          ],
          (captures, following) => forbid(captures, following, reading),
        )
      : []),
    ...(verb === "use"
      ? checkForms(["no|zero <+kind> (|,|:|—? {like?} <x> <*tail>"], (captures, following) =>
          forbid(captures, following, EXAMPLES),
        )
      : []),
    ...(verb === "use"
      ? checkForms(["{not} :? {use?} <+manner> <x> <*tail>"], (captures, following) => {
          const manner = sentenceText(captures.rest.manner ?? []);
          const isManner = MANNERS.test(manner) && !DECLARED.test(captures.names.x?.noun ?? "");
          const check = isManner ? forbid(captures, following, reading) : undefined;
          return check && qualified(check, manner);
        })
      : []),
    ...(verb === "use"
      ? checkForms(["<x> in|inside|within <+place> {forbidden} <*tail>"], (captures, following) =>
          forbidIn(captures.rest.place && placeOfPhrase(captures.rest.place), captures, following, reading),
        )
      : []),
    ...checkForms([`<x> in <+place> :|— {not} {${verb}} it|them <*tail>`], (captures, following) =>
      forbidIn(captures.rest.place && placeOfPhrase(captures.rest.place), captures, following, reading),
    ),
    ...checkForms([`<x> {mustnot} be? ${passives[verb]} <*tail>`], (captures, following) =>
      forbid(captures, following, reading),
    ),
    ...checkForms(
      [
        `<place> package|layer|module|directory|code|modules? {mustnot} {${verb}} {partof?} <x> <*tail>`,
        `code|source|sources|files|modules|packages|components|classes|anything|everything in|under|inside <place> {mustnot} {${verb}} {partof?} <x> <*tail>`,
      ],
      (captures, following) =>
        forbidIn(captures.names.place && placeOfNames(captures.names.place), captures, following, reading),
    ),
    ...checkForms(
      [
        `nothing|no in|under|inside <place> may|should|can|must {${verb}} <x> <*tail>`,
        `no file|files|code|module in|under|inside <place> may|should|can|must {${verb}} <x> <*tail>`,
      ],
      (captures, following) =>
        forbidIn(captures.names.place && placeOfNames(captures.names.place), captures, following, reading),
    ),
    ...checkForms([`<+place> {mustnot} {${verb}} <x> <*tail>`], (captures, following) =>
      forbidIn(captures.rest.place && placeOfPhrase(captures.rest.place), captures, following, reading),
    ),
  ];
}

/** Which uses are meant: "broad", "unnecessary new". */
const MANNERS =
  /^(?:(?:a|an|any|new|the) )*(?:broad|blanket|unnecessary|needless|excessive|gratuitous|redundant|heavy|deep|deeply nested|nested|unbounded|unqualified|untyped|unchecked|unguarded|unscoped|inline|hand-rolled|ad-hoc|custom|manual|implicit|explicit|chained|synchronous|blocking|sequential|fixed|arbitrary|hardcoded|hard-coded|repeated|wholesale|stray|leftover|temporary)(?: new)?$/;

/** "Use `y` instead of `x`", "`y`, not `x`", "Replace `x` with `y`". */
function useInstead(): CheckForm[] {
  return [
    ...checkForms(
      [
        ...["instead of", "rather than", "in place of"].flatMap((words) => [
          `{useit} <y> ${words} {use?} <x> <*tail>`,
          `{useit} <y> from <source> ${words} {use?} <x> <*tail>`,
          `{useit} a|an|the|our? <+y> ${words} {use?} <x> <*tail>`,
        ]),
        `{useit} <y> ,|;|:|—|(? and|but? {nay} <x> <*tail>`,
        `{useit} a|an|the|our? <+y> ,|;|—|( and|but? {nay} <x> <*tail>`,
        `prefer|prefers|favor|favour always? using? <y> over|to using? <x> <*tail>`,
        `prefer|prefers|favor|favour a|an|the|our? <+y> over|to using? <x> <*tail>`,
        `instead of {use?} <x> ,? use|prefer|call|write <y> <*tail>`,
        ...["instead of", "rather than", "in place of"].flatMap((words) => [
          `{useit} <y> ( <+note> ) ${words} {use?} <x> <*tail>`,
          `{useit} <y> <+condition> ${words} {use?} <x> <*tail>`,
        ]),
        `prefer|prefers|favor|favour always? using? <y> <+condition> over using? <x> <*tail>`,
        `{useit} <y> <+condition> ,|;|—|( and|but? {nay} <x> <*tail>`,
        `<+condition> must|should|always? use|uses|call|calls|import|imports <y> ,|;|—|( and|but? {nay} <x> <*tail>`,
        `<+condition> must|should|always? use|uses|call|calls|import|imports <y> instead|rather of|than {use?} <x> <*tail>`,
      ],
      (captures, following) => inPair(captures, following),
    ),
    // Without a verb it may be about words as well: only what cannot be one.
    ...checkForms(
      [
        "<y> ,|;|(|— {nay} <x> <*tail>",
        "<y> over|not <x> <*tail>",
        "<y> instead|rather of|than <x> <*tail>",
        "<x> → always? use|prefer|call <y> <*tail>",
        "<y> for <+condition> ,? instead|rather of|than <x> <*tail>",
      ],
      (captures, following) => {
        const instead = replacements(captures);
        const { x, y } = captures.names;
        // "`no-any: error` — never use `any`" names no replacement.
        const offersText = y?.texts.some(isPlainText) && !x?.texts.some(constructOfCode);
        const areTexts = offersText || x?.texts.every(isPlainText);
        if (y === undefined || (namedThings(y) === undefined && !areTexts)) return undefined;
        return forbid(captures, following, UNLIKE_WORDS, NOWHERE, instead);
      },
    ),
  ];
}

/** Only beside a name of the same kind: "Use `port`, not `harbour`". */
function inPair(captures: Captures, following: readonly Sentence[]): Check | undefined {
  const instead = replacements(captures);
  const certain = forbid(captures, following, USE, NOWHERE, instead);
  const { x, y } = captures.names;
  if (certain !== undefined || x === undefined || y?.texts.some((text) => !WORD.test(text)) !== false) return certain;
  const check = forbid(captures, following, PAIRED, NOWHERE, instead);
  return check && qualified(check, AS_MEANT);
}

/** "`x` is dead code", "`x` is deprecated; use `y`". */
function deadNames(): CheckForm[] {
  return checkForms(
    ["the? <x> {deprecated} <*tail>", "the? <x> path|field|flag|table|column {deprecated} <*tail>"],
    (captures, following) => {
      const names = captures.names.x && NAME({ ...captures.names.x });
      const tail = readQualifiedTail(captures.rest.tail ?? [], following);
      if (names === undefined || tail === undefined) return undefined;
      if (names.kind === "command" || names.kind === "path" || names.kind === "text") return undefined;
      return { form: names.kind === "module" ? "forbidden-import" : "forbidden-name", ...namesAndScope(names, tail) };
    },
  );
}

/** "Use relative imports within the `harbour/` package": its own name is not imported there. */
function relativeWithin(): CheckForm[] {
  return checkForms(
    [
      "{useit} relative imports within|in|inside <x> <*tail>",
      "{not} {use?} absolute imports within|in|inside <x> <*tail>",
    ],
    ({ names }) => {
      const [place = "", ...more] = names.x?.texts ?? [];
      const name = /^(?:\.\/)?([a-z_]\w*)\/$/.exec(place)?.[1];
      if (name === undefined || more.length > 0) return undefined;
      return { form: "forbidden-import", names: [name], scope: { languages: ["python"], paths: [place] } };
    },
  );
}

/** "The old name must not be used": which one is not said. */
const CONTRASTS = new Set(["it", "this", "that", "they", "these", "those", "you", "we", "which", "what", "who"]);

const NOWHERE: Place = { scope: {} };

/** The same, in a place that may turn out not to be understood. */
function forbidIn(
  place: Place | undefined,
  captures: Captures,
  following: readonly Sentence[],
  reading: Reading,
): Check | undefined {
  if (place !== undefined) return forbid(captures, following, reading, place);
  const words = captures.rest.place ?? captures.names.place?.texts.map((text) => ({ kind: "code" as const, text }));
  const check = words && words.length > 0 ? forbid(captures, following, reading) : undefined;
  return check && words && !CONTRASTS.has(words[0]?.text ?? "") ? qualified(check, sentenceText(words)) : undefined;
}

function forbid(
  { names, rest }: Captures,
  following: readonly Sentence[],
  reading: Reading,
  place: Place = NOWHERE,
  instead: string[] = [],
): Check | undefined {
  const list = names.x;
  if (list === undefined) return undefined;
  const tail = readQualifiedTail(rest.tail ?? [], following);
  if (tail === undefined) return undefined;
  const merged: Tail = {
    ...tail,
    scope: { ...place.scope, ...tail.scope },
    ...((tail.inside ?? place.inside) && { inside: tail.inside ?? place.inside }),
    instead: instead.length > 0 ? instead : tail.instead,
  };
  // "`test_` functions, not `Test*` classes" is about what is declared.
  if (list.texts.some((text) => text.endsWith("*")) && DECLARED.test(list.noun ?? "")) return undefined;
  // "`f(a)` instead of `f(a, b)`" is about arguments.
  if (merged.instead.some((text) => symbolsOf(list.texts)?.includes(text))) return undefined;
  const named = reading(list) ?? textIn(reading, { names, rest }, following) ?? wordBeside(list, merged, reading);
  const check =
    forbiddenConstruct(list, merged) ??
    forbiddenNames(named, named?.kind === "text" && names.y ? { ...merged, instead: names.y.texts } : merged);
  const isWord = named !== undefined && reading !== PAIRED && !reading(list) && named.kind === "name";
  return (
    check &&
    qualified(
      check,
      rest.condition && conditionText(rest.condition),
      isWord ? AS_MEANT : undefined,
      list.areTogether && "the one with the other",
    )
  );
}

/** "Do not use `moor` on piers, use `berth` instead" */
function wordBeside(list: NameList, { instead }: Tail, reading: Reading): Named | undefined {
  const areWords = reading === USE && instead.length > 0 && instead.every((text) => WORD.test(text));
  return areWords ? PAIRED(list) : undefined;
}

const AS_MEANT = "the word is meant as in the rule";

/** What is forbidden as it is written, unless something else follows: "`no-any: error` — never use `any`". */
function textIn(
  reading: Reading,
  { names, rest }: Pick<Captures, "names" | "rest">,
  following: readonly Sentence[],
): Named | undefined {
  const { x, y } = names;
  const after = rest.tail ?? [];
  if ((reading !== USE && reading !== UNLIKE_WORDS) || x === undefined) return undefined;
  if (after[0]?.kind === "code" || after[0]?.text === "use") return undefined;
  return areInFiles([...after, ...(following[0] ?? [])]) ? textsIn(x, y?.texts ?? []) : undefined;
}

const MODALS = new Set(["must", "should", "always", "shall"]);

/** "pilots must": who. */
function conditionText(words: Sentence): string {
  return sentenceText(words.slice(0, words.findLastIndex(({ text }) => !MODALS.has(text)) + 1));
}

const DECLARED =
  /^(?:function|method|class|type|interface|component|struct|enum|variable|constant|field|file|prop|flag|parameter|name)(?:e?s)?$/;

export function forbiddenNames(named: Named | undefined, tail: Tail): Check | undefined {
  if (named === undefined) return undefined;
  if (named.kind === "command") return forbiddenCommand(named.names, tail);
  if (named.kind === "path") return undefined;
  if (named.kind === "text") return forbiddenText({ texts: named.names }, tail);
  if (tail.outside !== undefined) return onlyFrom(named, tail);
  const form =
    named.kind === "call" ? "forbidden-call" : named.kind === "module" ? "forbidden-import" : "forbidden-name";
  return { form, ...namesAndScope(named, tail) };
}

function namesAndScope(named: NamedCode, { instead, inside, scope, qualifier }: Tail) {
  const languages = scope.languages ?? named.languages;
  const whole: CodeScope = { ...(languages && { languages }), ...scope };
  return {
    names: named.names,
    ...(instead.length > 0 && { instead }),
    ...(inside && { inside }),
    ...(Object.keys(whole).length > 0 && { scope: whole }),
    ...(qualifier && { qualifier }),
  };
}

function onlyFrom(named: NamedCode, { outside, scope, qualifier }: Tail): Check | undefined {
  const place = outside && placeOfNames(outside);
  if (place === undefined) return undefined;
  const from = place.scope.paths ? { paths: place.scope.paths } : { names: place.inside?.functions ?? [] };
  const whole: CodeScope = { ...(named.languages && { languages: named.languages }), ...scope };
  return {
    form: "only-from",
    names: named.names,
    from,
    ...(Object.keys(whole).length > 0 && { scope: whole }),
    ...(qualifier && { qualifier }),
  };
}

/** Where a command runs is not to be seen: a place is a condition. */
export function forbiddenCommand(
  commands: string[],
  { instead, scope, inside, outside, qualifier }: Tail,
): ForbiddenCommand | undefined {
  if (commands.some((command) => SOURCE_FILE.test(command) || STYLE_VARIABLE.test(command))) return undefined;
  const places = [
    ...(scope.paths ?? []).map((path) => `in \`${path}\``),
    ...(scope.exceptPaths ?? []).map((path) => `outside \`${path}\``),
    ...(inside?.functions ?? []).map((name) => `in \`${name}\``),
    ...(outside?.texts ?? []).map((name) => `outside \`${name}\``),
    ...(scope.tests === undefined ? [] : [scope.tests ? "in tests" : "outside tests"]),
    ...(scope.languages ?? []).map((language) => `in ${language}`),
    ...(inside?.place ? [`in a ${inside.place}`] : []),
  ];
  const condition = joinedConditions([...places, qualifier ?? ""]);
  return {
    form: "forbidden-command",
    commands,
    ...(instead.length > 0 && { instead }),
    ...(condition !== "" && { qualifier: condition }),
  };
}

/** A program goes by the command that runs it. */
const SOURCE_FILE = /^[\w-]+\.(?:[cm]?[jt]sx?|py|go|java)$/;
/** What looks like a flag. */
const STYLE_VARIABLE =
  /^--(?:color|bg|background|fg|foreground|text|font|spacing|space|radius|shadow|border|surface|primary|secondary|accent)-/;

function forbiddenConstruct({ texts }: NameList, tail: Tail): ForbiddenConstruct | undefined {
  const found = texts.map(constructOfCode);
  if (!found.every((construct) => construct !== undefined)) return undefined;
  return constructCheck(found, tail);
}

export function constructCheck(
  found: readonly { kind: ForbiddenConstruct["constructs"][number]; languages: readonly string[] }[],
  { instead, scope, inside, outside, qualifier }: Tail,
): ForbiddenConstruct | undefined {
  if (inside !== undefined || outside !== undefined) return undefined;
  const constructs = [...new Set(found.map(({ kind }) => kind))];
  // Only beside its alternative is "interface" TypeScript's keyword.
  if (constructs.includes("interface-declaration") && !instead.some((text) => /^`?types?`?\b/.test(text)))
    return undefined;
  const languages = found.every((construct) => construct.languages.length > 0)
    ? [...new Set(found.flatMap((construct) => construct.languages))]
    : undefined;
  const whole = { ...(languages && { languages }), ...scope } as CodeScope;
  return {
    form: "forbidden-construct",
    constructs,
    ...(instead.length > 0 && { instead }),
    ...(Object.keys(whole).length > 0 && { scope: whole }),
    ...(qualifier && { qualifier }),
  };
}

/** "No default exports", "Avoid `any` and type assertions", "Named exports only". */
function constructPhrases(): CheckForm[] {
  return [
    ...checkForms(["{not} :? {use} <*tail>"], ({ rest }, following) =>
      constructsFrom(rest.tail ?? [], following, { skips: true }),
    ),
    ...checkForms(["{not} :? <*tail>"], ({ rest }, following) => constructsFrom(rest.tail ?? [], following)),
    ...checkForms(["<+x> {forbidden} <*tail>"], ({ rest }, following) => {
      const construct = constructOfWords(wordsOf(rest.x ?? []));
      const tail = readQualifiedTail(rest.tail ?? [], following);
      return construct && tail && constructCheck([construct], tail);
    }),
    ...implied(
      ["{useit?} named exports only? <*tail>", "prefer|prefers named exports <*tail>", "only named exports <*tail>"],
      "default exports",
      "named exports",
    ),
    ...implied(
      ["{useit} absolute imports <*tail>", "prefer absolute imports <*tail>"],
      "relative imports",
      "absolute imports",
    ),
    ...checkForms(
      [
        "{useit} a|an|the? <+y> instead|rather of|than <*tail>",
        "{useit} <y> instead|rather of|than <*tail>",
        "prefer|prefers using? a|an|the? <+y> over|to <*tail>",
        "prefer|prefers using? <y> over|to <*tail>",
        "prefer|prefers using? <+y> ( <note> ) over|to <*tail>",
        "{useit} <+y> ( <note> ) instead|rather of|than <*tail>",
        "{useit} <y> ,|;|—|(? {nay} <*tail>",
        "{useit} <+y> ,|;|—|( {nay} <*tail>",
      ],
      (captures, following) => constructsFrom(captures.rest.tail ?? [], following, { instead: replacements(captures) }),
    ),
  ];
}

function implied(patterns: readonly string[], words: string, instead: string): CheckForm[] {
  return checkForms(patterns, ({ rest }, following) => {
    const construct = constructOfWords(words);
    const left = rest.tail ?? [];
    const tail = readQualifiedTail(skipping(left, words), following);
    return construct && tail && constructCheck([construct], { ...tail, instead: [instead] });
  });
}

const OVER = ["over", "instead of", "rather than", "not", ", not", ", never", ", no", "( not", "( no", "; no"];

/** "Named exports over default exports": the alternative that is meant anyway. */
function skipping(rest: Sentence, words: string): Sentence {
  const text = wordsOf(rest);
  const said = OVER.find((over) => text.startsWith(`${over} ${words}`));
  return said === undefined ? rest : rest.slice(`${said} ${words}`.split(" ").length);
}

function constructsFrom(
  rest: Sentence,
  following: readonly Sentence[],
  { skips = false, instead = [] }: { skips?: boolean; instead?: string[] | undefined } = {},
): ForbiddenConstruct | undefined {
  const found: { kind: ForbiddenConstruct["constructs"][number]; languages: readonly string[] }[] = [];
  let at = skips ? firstConstruct(rest) : 0;
  for (;;) {
    const next = constructAt(rest, at);
    if (next === undefined) break;
    found.push(next.construct);
    at = next.end;
    const joint = /^(?:,|or|and|\/)$/.test(rest[at]?.text ?? "")
      ? /^(?:or|and)$/.test(rest[at + 1]?.text ?? "")
        ? 2
        : 1
      : 0;
    if (joint === 0 || constructAt(rest, at + joint) === undefined) break;
    at += joint;
  }
  const left = rest.slice(at);
  const isListed =
    /^(?:,|or|and)$/.test(left[0]?.text ?? "") && left.every(({ kind, text }) => kind === "word" || text === ",");
  const tail = found.length > 0 ? readQualifiedTail(isListed && listsThings(left) ? [] : left, following) : undefined;
  return tail && constructCheck(found, { ...tail, instead: instead.length > 0 ? instead : tail.instead });
}

/** Past the plain words of a list that name no construct: "incomplete code, TODOs". */
function firstConstruct(rest: Sentence): number {
  for (let at = 0, last = 0; at < rest.length && rest[at]?.kind !== "code"; at++) {
    if (constructAt(rest, last) !== undefined) return rest.slice(0, last).some(restricts) ? 0 : last;
    if (rest[at]?.text === ",") last = at + 1;
    else if (rest[at]?.kind === "mark") break;
  }
  return 0;
}

const ARTICLES = new Set(["the", "a", "an", "any", "all", "typescript", "raw", "explicit"]);

function constructAt(sentence: Sentence, from: number) {
  let at = from;
  const named = (start: number) => {
    for (let length = LONGEST_CONSTRUCT; length > 0; length--) {
      const part = sentence.slice(start, start + length);
      if (part.length < length || part.some(({ kind }) => kind === "code")) continue;
      const construct = constructOfWords(wordsOf(part));
      if (construct !== undefined) return { construct, end: start + length };
    }
    return undefined;
  };
  const direct = named(at);
  if (direct !== undefined) return direct;
  while (sentence[at]?.kind === "word" && ARTICLES.has(sentence[at]?.text ?? "")) at++;
  const token = sentence[at];
  if (token?.kind !== "code") return named(at);
  const construct = constructOfCode(token.text);
  if (construct === undefined) return undefined;
  const hasNoun =
    /^(?:types?|keyword|statements?|comments?|assertions?|imports?|casts?|annotations?|clauses?|blocks?|directives?|exports?|operator)$/.test(
      sentence[at + 1]?.text ?? "",
    );
  return { construct, end: at + (hasNoun ? 2 : 1) };
}

/** ", or placeholder code": more of a list that nothing here checks. */
function listsThings(rest: Sentence): boolean {
  return rest.length <= 5 && !rest.some(restricts);
}

function restricts({ text }: Sentence[number]): boolean {
  return /^(?:in|for|when|if|unless|without|except|with|to|outside|use|only)$/.test(text);
}

function wordsOf(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join(" ");
}

/** The check, with what another cell of its row says to use. */
export function insteadOfCell(check: Check, [first]: readonly Sentence[]): Check {
  const instead = first && readForms(REPLACEMENT, first);
  const takes = "instead" in check || "names" in check || "constructs" in check || "commands" in check;
  return instead && takes && check.form !== "only-from" ? ({ ...check, instead } as Check) : check;
}

const REPLACEMENT = sentenceForms(["<y> <*tail>", "use <y> <*tail>"], replacements);
