import type { CodeScope, ForbiddenText } from "../../check";
import { type CheckForm, checkForms } from "../form";
import { placeOfPhrase } from "../place";
import { readQualifiedTail } from "../qualifiedTail";
import type { Tail } from "../tail";
import { searchedText } from "../texts";
import { sentenceText } from "../tokens";

const CHARACTERS: readonly { words: string; check: Pick<ForbiddenText, "texts" | "characters"> }[] = [
  { words: "emoji|emojis|emoji-style icons|icon|characters|symbols?", check: { texts: [], characters: "emoji" } },
  { words: "em|em-dash|em-dashes dashes|dash?", check: { texts: ["—"] } },
  { words: "en|en-dash|en-dashes dashes|dash?", check: { texts: ["–"] } },
  {
    words: "smart|curly|typographic or? curly|typographic? quotes|quote marks?",
    check: { texts: ["“", "”", "‘", "’"] },
  },
];

/** "No emojis in code", "Never use em dashes". */
function characters(): CheckForm[] {
  return CHARACTERS.flatMap(({ words, check }) =>
    checkForms(
      [
        `{not} :? {use?} any? ${words} <*tail>`,
        `{not} :? {use?} any? ${words} such|like as? <*tail>`,
        `{not} :? {use?} any? ${words} ( <+examples> ) <*tail>`,
      ],
      ({ rest }, following) => {
        const left = rest.tail ?? [];
        // What follows a list of characters is about those.
        const said = left[0]?.text === "(" ? left.slice(closing(left)) : left;
        const exact = readQualifiedTail(said, following);
        const isPlain = exact !== undefined && exact.qualifier === undefined;
        const tail = !isPlain && IN_MANY.test(sentenceText(said)) ? readQualifiedTail([], following) : exact;
        if (tail === undefined || !areInFiles([...left, ...following.flat()])) return undefined;
        return forbiddenText(check, tail);
      },
    ),
  );
}

/** "in code, logs or comments": wherever files hold text. */
const IN_MANY =
  /^in (?:(?:the|any|our|your|source|log|and|or|code|sources?|files?|logs?|comments?|strings?|output|commits?|messages?|documentation|docs|ui|text),? ?)+$/;

function closing(left: readonly { text: string }[]): number {
  return left.findIndex(({ text }) => text === ")") + 1;
}

/** Messages, commits and answers are in no file. */
export function areInFiles(words: readonly { text: string }[]): boolean {
  return !words.some(({ text }) => ELSEWHERE.test(text)) || words.some((_, i) => isOfFiles(words, i));
}

/** "in comments, commit messages, or docs" */
function isOfFiles(words: readonly { text: string }[], at: number): boolean {
  return IN_FILES.test(words[at]?.text ?? "") && !ELSEWHERE.test(words[at - 1]?.text ?? "");
}

const IN_FILES = /^(?:code|comments|docs|documentation|docstrings|strings)$/;

const ELSEWHERE =
  /^(?:commits?|prs?|titles?|branch(?:es)?|replies|reply|responses?|chat|conversations?|communications?|answers?|issues?|reviews?|messages?)$/;

/** "Write the name as `Sea Chart` in docs, not `SeaChart`". */
function spellings(): CheckForm[] {
  return checkForms(
    [
      "write|spell|use|refer the? <+what> as <y> ,|;|:|—|(? not|never <x> <*tail>",
      "write|spell|use|refer the? <+what> as <y> in <+place> ,|;|:|—|(? not|never <x> <*tail>",
      "write|spell|use|refer the? <+what> as <y> ( <+note> ) in <+place> ,|;|:|—|(? not|never <x> <*tail>",
      "write|spell|use|refer the? <+what> as <y> ( <+note> ) ,|;|:|—|(? not|never <x> <*tail>",
    ],
    ({ names, rest }, following) => {
      const place = rest.place ? placeOfPhrase(rest.place) : { scope: { paths: ["**/*.{md,mdx,rst}"] } };
      const tail = readQualifiedTail(rest.tail ?? [], following);
      const texts = names.x?.texts ?? [];
      if (place === undefined || tail === undefined || !texts.every((text) => /^[\w -]{3,40}$/.test(text)))
        return undefined;
      return forbiddenText(
        { texts },
        { ...tail, scope: { ...place.scope, ...tail.scope }, instead: names.y?.texts ?? [] },
      );
    },
  );
}

/** "Use native control flow (`@if`) instead of `*ngIf`". */
function markup(): CheckForm[] {
  return checkForms(
    [
      "{useit} a|an|the? <+what> ( <y> ) instead|rather of|than {use?} <x> <*tail>",
      "{useit} a|an|the? <+what> ( <y> ) ,|;|—|(? {nay} <x> <*tail>",
    ],
    ({ names, rest }, following) => {
      const tail = readQualifiedTail(rest.tail ?? [], following);
      const texts = names.x?.texts.map((text) => (isMarkup(text) ? searchedText(text) : undefined));
      if (tail === undefined || !texts?.every((text) => text !== undefined)) return undefined;
      return forbiddenText({ texts }, { ...tail, instead: names.y?.texts ?? [] });
    },
  );
}

function isMarkup(text: string): boolean {
  return /^(?:\*[a-z]|\[[A-Za-z.]+\]$|<[a-z][\w-]*>$)/.test(text);
}

/** "No `!important` in CSS", "Do not add `#region` directives": what code holds and no name is. */
function literals(): CheckForm[] {
  return checkForms(
    [
      "{not} :? {use?} any? html? <x> comments|directives|pragmas|markers|tags|elements|entities|flags|declarations? <*tail>",
      "{not} {add} any? html? <x> comments|directives|pragmas|markers|tags|elements|entities|flags|declarations? <*tail>",
      "{not} {add} any? <x> tags? to|in javadocs|javadoc|jsdoc|kdoc|docstrings|doc comments? <*tail>",
    ],
    ({ names, rest }, following) => {
      const texts = names.x?.texts ?? [];
      const given = readQualifiedTail(rest.tail ?? [], following);
      const isElement = texts.length > 0 && texts.every((text) => ELEMENT.test(text));
      const tail = given && isElement ? { ...given, scope: { paths: [WEB_FILES], ...given.scope } } : given;
      if (tail === undefined || texts.length === 0 || !(isElement || texts.every((text) => LITERAL.test(text))))
        return undefined;
      return forbiddenText({ texts: texts.map((text) => text.replace(/\s*\/?>$/, "")) }, tail);
    },
  );
}

/** "Avoid double casts (`as unknown as T`)" */
function castTwice(): CheckForm[] {
  const casts = "double type? casts|cast|casting|assertions|assertion";
  return checkForms(
    [
      `{not} :? {use?} ${casts} <*tail>`,
      `{not} :? {use?} ${casts} through|via|like|such as? <x> <*tail>`,
      `{not} :? {use?} ${casts} ( {like?} <x> ) <*tail>`,
      "{not} :? {use?} double-casts|double-cast|double-casting|double-assertions <*tail>",
    ],
    ({ names, rest }, following) => {
      const isIt = names.x?.texts.every((text) => /^as (?:unknown|any)(?: as\b.*)?$/.test(text)) ?? true;
      const tail = isIt ? readQualifiedTail(rest.tail ?? [], following) : undefined;
      const scope: CodeScope = { languages: ["typescript"], ...tail?.scope };
      return tail && forbiddenText({ texts: ["as unknown as"] }, { ...tail, scope });
    },
  );
}

/** "Never write `"lost_at_sea"`": a value, which is told from words by how it is spelled. */
function values(): CheckForm[] {
  const kinds = "literal|string|strings|value|values|constant|id|key|placeholder|fallback";
  return checkForms(
    [
      `{not} :? {use?} raw|hardcoded|hard-coded|magic|literal? ${kinds}? <x> <*tail>`,
      `{not} :? hardcode|hard-code|hardcoding|return|returning|fall|falling back? to? the? ${kinds}? <x> <*tail>`,
      "{not} :? {use?} raw|hardcoded|hard-coded|magic|literal? <x> <+kind>",
    ],
    ({ names, rest }, following) => {
      const texts = names.x?.texts ?? [];
      if (!texts.every((text) => VALUE.test(text)) || (rest.kind?.length ?? 0) > 1) return undefined;
      const tail = readQualifiedTail(rest.tail ?? [], following);
      return tail && forbiddenText({ texts }, tail);
    },
  );
}

const VALUE = /^(["'])(?=\w*[a-z])(?=.*[\d_.-]|\w*[a-z][A-Z])[A-Za-z][\w.-]{4,}\1$/;

/** "No deep relative imports (`../../../`)": that far up. */
function climbing(): CheckForm[] {
  const what = "deep|long|nested|parent? relative import|imports|path|paths";
  const far = "deep|long|nested|brittle|fragile relative import|imports|path|paths";
  const below = checkForms(
    ["instead of", "rather than", "over", ",|;|—|( never|not"].flatMap((contrast) => [
      `{useit} the? <y> alias|aliases|imports|prefix|paths|path? ${contrast} ${far} <*tail>`,
      `{useit} the? <y> alias|aliases|imports|prefix|paths|path? for <+what> ${contrast} ${far} <*tail>`,
    ]),
    ({ names, rest }, following) => {
      const tail = readQualifiedTail(rest.tail ?? [], following);
      const instead = names.y?.texts ?? [];
      if (tail === undefined || !instead.every((text) => /^[@~#$][\w-]*\//.test(text))) return undefined;
      const scope: CodeScope = { languages: ["typescript", "javascript"], ...tail.scope };
      return forbiddenText({ texts: ['"../../', "'../../"] }, { ...tail, scope, instead });
    },
  );
  const shown = checkForms(
    [
      `{not} :? {use?} ${what} such|like|e.g|(|, as|like|e.g? <x> )? <*tail>`,
      `{useit} <y> alias|imports|prefix? instead|over|,|;|—|( of|never|not? deep|long|nested|parent relative import|imports|path|paths such|like|e.g|( as|like|e.g? <x> )? <*tail>`,
    ],
    ({ names, rest }, following) => {
      const tail = readQualifiedTail(rest.tail ?? [], following);
      // `../../..` goes three folders up.
      const texts = names.x?.texts.map(
        (text) => /^((?:\.\.\/){2,})(?:\.{3}|…)?$/.exec(text.replace(/\/\.\.$/, "/../"))?.[1],
      );
      if (tail === undefined || !texts?.every((text) => text !== undefined)) return undefined;
      const scope: CodeScope = { languages: ["typescript", "javascript"], ...tail.scope };
      return forbiddenText({ texts }, { ...tail, scope, instead: names.y?.texts ?? [] });
    },
  );
  return [...below, ...shown];
}

/** "No f-strings in logging calls": what is written where they are called. */
function logged(): CheckForm[] {
  const strings = "f-string|f-strings|fstrings";
  const calls = "log|logs|logging|logger calls|call|statements|statement|messages|message?";
  return checkForms(
    [
      `{not} :? {use?} ${strings} formatting|interpolation? in|for|inside|within|when|with the? ${calls} <*tail>`,
      `{useit} lazy <+y> in|for|with ${calls} ,|;|—|( {nay} ${strings} <*tail>`,
      `{useit} <y> formatting|interpolation|placeholders|arguments|args? in|for|with ${calls} ,|;|—|( {nay} ${strings} <*tail>`,
      `{useit} <y> formatting|interpolation|placeholders? instead|rather of|than ${strings} in|for|inside ${calls} <*tail>`,
    ],
    (captures, following) => {
      const tail = readQualifiedTail(captures.rest.tail ?? [], following);
      const instead = captures.names.y?.texts ?? [];
      return (
        tail && forbiddenText({ texts: LOGGED }, { ...tail, instead, scope: { languages: ["python"], ...tail.scope } })
      );
    },
  );
}

const LOGGED = ["logger", "logging", "log", "LOGGER"].flatMap((name) => [`${name}.…(f"`, `${name}.…(f'`]);

/** "Use `<button>`, not `<div>`": not for what is clicked. */
function clicked(): CheckForm[] {
  return checkForms(
    ["instead|rather|over of|than?", ",|;|—|(? not|never"].flatMap((contrast) => [
      `{useit?} <y> ${contrast} clickable? <x> <*tail>`,
      `{useit?} <y> for <+what> ${contrast} clickable? <x> <*tail>`,
    ]),
    ({ names, rest }, following) => {
      const [button, ...more] = names.y?.texts ?? [];
      const elements = names.x?.texts.map((text) => /^<(?:div|span)(?=>$)/.exec(text)?.[0]) ?? [];
      if (button !== "<button>" || more.length > 0 || !elements.every((element) => element !== undefined))
        return undefined;
      const tail = readQualifiedTail(rest.tail?.[0]?.text === "," ? [] : (rest.tail ?? []), following);
      const texts = elements.map((element) => `${element}…onClick=`);
      return tail && forbiddenText({ texts }, { ...tail, instead: ["<button>"] });
    },
  ).concat(
    checkForms(
      ["{not} :? attach|put|add|use|place <what> handlers|handler? to|on <x> <*tail>"],
      ({ names, rest }, following) => {
        const isClick = names.what?.texts.every((text) => /^onClick(?:=.*)?$/.test(text));
        const elements = names.x?.texts.map((text) => /^<?(div|span)>?$/.exec(text)?.[1]) ?? [];
        if (!isClick || !elements.every((element) => element !== undefined)) return undefined;
        const tail = readQualifiedTail(rest.tail ?? [], following);
        return tail && forbiddenText({ texts: elements.map((element) => `<${element}…onClick=`) }, tail);
      },
    ),
  );
}

/** "Avoid using `v-html`": an attribute that Vue gives a meaning. */
function attributesOfVue(): CheckForm[] {
  return checkForms(
    ["{not} :? {use?} the? <x> directive|directives|attribute? <*tail>"],
    ({ names, rest }, following) => {
      const texts = names.x?.texts ?? [];
      const areTheirs = texts.every((text) =>
        /^v-(?:html|if|for|show|model|bind|on|text|once|pre|cloak|memo)$/.test(text),
      );
      const tail = areTheirs ? readQualifiedTail(rest.tail ?? [], following) : undefined;
      return tail && forbiddenText({ texts }, { ...tail, scope: { paths: ["**/*.{vue,html}"], ...tail.scope } });
    },
  );
}

/** "Never use 'use client'": a directive is a text of its own line, in either quotes. */
function directives(): CheckForm[] {
  return ["client", "server", "strict"].flatMap((word) => {
    const directive = `use ${word}`;
    const called = "directive|directives|pragma? <*tail>";
    return checkForms(
      [`{not} :? {use?} the? ${directive} ${called}`, `{not} :? {use?} the? <x> ${called}`],
      ({ names, rest }, following) => {
        const isIt = names.x?.texts.every((text) => text.replace(/["';]/g, "") === directive) ?? true;
        const tail = isIt ? readQualifiedTail(rest.tail ?? [], following) : undefined;
        const scope: CodeScope = { languages: ["typescript", "javascript"], ...tail?.scope };
        return tail && forbiddenText({ texts: [`"${directive}"`, `'${directive}'`] }, { ...tail, scope });
      },
    );
  });
}

const ELEMENT = /^<(?!(?:br|hr|wbr)\b)[a-z][a-z0-9]*\s*\/?>$/;
const WEB_FILES = "**/*.{tsx,jsx,vue,svelte,astro,html}";

/** A flag of CSS, an entity or an empty element of HTML, a comment that a tool reads. */
const LITERAL =
  /^(?:!(?:important|default|global)|&[a-z]{2,8};|<(?:br|hr|wbr)\s*\/?>|(?:\/\/ ?|# )[a-z][\w:-]{4,40}|#(?:region|endregion|pragma)|@(?:since|author|version|deprecated|todo))$/;

/** The check that no file of the place holds these. */
export function forbiddenText(
  what: Pick<ForbiddenText, "texts" | "characters">,
  { instead, scope, inside, outside, qualifier }: Tail,
): ForbiddenText | undefined {
  if (inside !== undefined || outside !== undefined) return undefined;
  // "`close(x)`, not `x.close()`": nobody could tell the right one from the wrong.
  if (what.texts.some((text) => instead.some((right) => `${right}()`.includes(text.split("…")[0] as string))))
    return undefined;
  if (prefersElement(what.texts, instead) || what.texts.some((text) => text.startsWith("<<"))) return undefined;
  const place: CodeScope = scope;
  return {
    form: "forbidden-text",
    ...what,
    ...(instead.length > 0 && { instead }),
    ...(Object.keys(place).length > 0 && { scope: place }),
    ...(qualifier && { qualifier }),
  };
}

/** "`<button>`, not `<div>`" is about what is clicked. */
function prefersElement(texts: readonly string[], instead: readonly string[]): boolean {
  return (
    texts.every((text) => /^<[a-z][a-z0-9]*$/.test(text)) && instead.some((text) => /^<[a-z][a-z0-9]*>$/.test(text))
  );
}

/** What is no name of code: characters, spellings of names in prose. */
export const textForms: readonly CheckForm[] = [
  ...characters(),
  ...spellings(),
  ...markup(),
  ...literals(),
  ...castTwice(),
  ...values(),
  ...logged(),
  ...attributesOfVue(),
  ...clicked(),
  ...climbing(),
  ...directives(),
];
