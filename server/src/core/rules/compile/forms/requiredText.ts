import type { Check, CodeScope } from "../../check";
import { isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import type { Captures } from "../pattern";
import { placeOfPhrase } from "../place";
import { restricts } from "../restricts";
import { scopeOfTail } from "../tail";
import { type Sentence, wordsOf } from "../tokens";

const HEADER = "license|licence|copyright header|headers|notice|notices|comment|identifier";
const SPDX = "spdx license|licence|copyright? header|headers|notice|comment|identifier|identifiers";

/** "the license header": what the text that follows is. */
const NAMED_SO =
  "the|a|an|our|this? license|licence|copyright|spdx|standard? header|comment|line|notice|text|pragma|directive? :?";

/** "Every file starts with `// Copyright`". */
export const requiredTextForms: readonly CheckForm[] = requiredText();

function requiredText(): CheckForm[] {
  return [...ofFolder(), ...ofOneFile(), ...ofFiles(), ...futureImports(), ...headers()];
}

/** "Every `.go` file starts with the Apache 2.0 license header": of such a header some words are the same everywhere. */
function headers(): CheckForm[] {
  const begin =
    "must|should? always? start|starts|begin|begins|include|includes|have|has|contain|contains|carry|need|needs|require|requires|carries with? the|a|an|our? standard|appropriate|correct|proper?";
  const saying = (header: string) => [
    `all|every|each? <+where> ${begin} ${header} <*tail>`,
    `all|every|each? <files> ${begin} ${header} <*tail>`,
    `always? add|include|put a|an|the|our? ${header} to|in|at|on all|every|each? <+where> <*tail>`,
    `{useit} a|an|the|our? ${header} for|in|on|at all|every|each? <+where> <*tail>`,
    `${header} is|are? required|mandatory|needed in|for|on|at all|every|each? <+where> <*tail>`,
    `${header} is|are? required|mandatory|needed in|for|on|at all|every|each? <files> <*tail>`,
  ];
  const build =
    (text: string) =>
    ({ names, rest }: Captures, following: readonly Sentence[]): Check | undefined => {
      const place = filesOf(names.files?.texts, rest.where);
      const scope = scopeOfTail(withoutSource(withoutNote(withoutStart(rest.tail ?? []))), following);
      if (place === undefined || scope === undefined) return undefined;
      const whole = { ...place, ...scope.scope };
      return { form: "required-text", text, ...(Object.keys(whole).length > 0 && { scope: whole }) };
    };
  return [
    ...checkForms([...saying(SPDX), ...saying(`<+kind> ${SPDX}`)], build("SPDX-License-Identifier")),
    ...checkForms([...saying(HEADER), ...saying(`<+kind> ${HEADER}`)], build("Copyright")),
  ];
}

/** "`.go` files", "source files" */
function filesOf(names: readonly string[] | undefined, words: Sentence | undefined): CodeScope | undefined {
  if (names === undefined) {
    const place = words && placeOfPhrase(words);
    return place && place.inside === undefined ? place.scope : undefined;
  }
  const patterns = names.map((name) => /^\*?(\.\w+)$/.exec(name)?.[1]);
  return patterns.every((extension) => extension !== undefined)
    ? { paths: patterns.map((extension) => `**/*${extension}`) }
    : undefined;
}

/** "at the top of the file": where such a header is anyway. */
function withoutStart(tail: Sentence): Sentence {
  const [said = ""] = AT_THE_TOP.exec(wordsOf(tail)) ?? [];
  return said === "" ? tail : tail.slice(said.trim().split(" ").length);
}

const AT_THE_TOP =
  /^(?:at|on) (?:the )?(?:very )?(?:top|start|beginning)(?: of (?:the|each|every) file)?(?: :)?(?= |$)/;

/** "(copy it from any file)" */
function withoutNote(tail: Sentence): Sentence {
  const close = tail[0]?.text === "(" ? tail.findIndex(({ text }) => text === ")") : -1;
  return close > 0 && !restricts(tail.slice(0, close)) ? tail.slice(close + 1) : tail;
}

/** "from `HEADER`": where its text stands. */
function withoutSource(tail: Sentence): Sentence {
  return tail[0]?.text === "from" && tail[1]?.kind === "code" ? tail.slice(2) : tail;
}

/** "`tides.ts` — tables of tides, must start with `import "pier"`": of the file that the item begins with. */
function ofOneFile(): CheckForm[] {
  return checkForms(
    [
      "<file> —|: <++what> must|should always? start|begin with <text> <*tail>",
      "<file> must|should always? start|begin with <text> <*tail>",
    ],
    ({ names, rest }, following) => {
      const [[file = "", ...files], [text = "", ...more]] = [names.file?.texts ?? [], names.text?.texts ?? []];
      const scope = scopeOfTail(rest.tail, following);
      if (
        files.length > 0 ||
        more.length > 0 ||
        !isPath(file) ||
        !/\.(?:[cm]?[jt]sx?|py|go|java)$/.test(file) ||
        scope === undefined
      )
        return undefined;
      if (text.length <= 5 || isPath(text) || Object.keys(scope).length > 0) return undefined;
      return { form: "required-text", text, scope: { paths: [file] } };
    },
  );
}

/** "Integration tests: `e2e/`, require the `//go:build e2e` tag". */
function ofFolder(): CheckForm[] {
  return checkForms(
    [
      "<+what> :|— <where> ,? require|requires|need|needs|use|must have|carry? the? <text> build? tag|header|comment|directive|pragma <*tail>",
      "files|tests in|under <where> require|requires|need|needs|must|should have|carry|begin|start|include? with? the? <text> build? tag|header|comment|directive|pragma|line <*tail>",
    ],
    ({ names, rest }, following) => {
      const [text, ...more] = names.text?.texts ?? [];
      const paths = names.where?.texts ?? [];
      const scope = scopeOfTail(rest.tail, following);
      if (text === undefined || more.length > 0 || text.length <= 5 || !paths.every(isPath) || scope === undefined)
        return undefined;
      return {
        form: "required-text",
        text,
        scope: { ...scope.scope, paths, ...(/^\/\/go:build/.test(text) && { languages: ["go" as const] }) },
      };
    },
  );
}

/** "Use `from __future__ import annotations` at the top of files": a statement that only the top of a file can have. */
function futureImports(): CheckForm[] {
  return checkForms(
    [
      "{useit} <text> at|on the? very? top|start|beginning of the|each|every? file|files|module|modules <*tail>",
      "{useit} <text> in all|every|each python? files|file|modules|module <*tail>",
      "all|every|each python? files|file|modules|module use|uses|need|needs <text> <*tail>",
    ],
    ({ names, rest }, following) => {
      const [text = "", ...more] = names.text?.texts ?? [];
      const tail = rest.tail ?? [];
      const scope = scopeOfTail(tail[0]?.text === "for" && !restricts(tail) ? [] : tail, following);
      if (!/^from __future__ import \w+$/.test(text) || more.length > 0 || scope === undefined) return undefined;
      return { form: "required-text", text, scope: { languages: ["python"], ...scope.scope } };
    },
  );
}

function ofFiles(): CheckForm[] {
  return checkForms(
    [
      `all|every|each <+where> must|should always? start|begin|include|have|carry|contain with? ${NAMED_SO} <text> <*tail>`,
      `all|every|each <+where> start|starts|begin|begins|include|includes|have|has|carry|carries|contain|contains|need|needs with? ${NAMED_SO} <text> <*tail>`,
      `all|every|each <files> must|should? always? start|starts|begin|begins|include|includes|have|has|carry|carries with? ${NAMED_SO} <text> <*tail>`,
      "start|begin all|every|each <+where> with <text> <*tail>",
      "add|include|put <text> to|in|at all|every|each <+where> <*tail>",
      "add|include|put <text> to|in|at the? top|start of all|every|each <+where> <*tail>",
    ],
    ({ names, rest }, following) => {
      const [text, ...more] = names.text?.texts ?? [];
      const place = filesOf(names.files?.texts, rest.where);
      const scope = scopeOfTail(rest.tail, following);
      if (text === undefined || more.length > 0 || text.length <= 5 || isPath(text)) return undefined;
      if (place === undefined || scope === undefined) return undefined;
      const whole = { ...place, ...scope.scope };
      return { form: "required-text", text, ...(Object.keys(whole).length > 0 && { scope: whole }) };
    },
  );
}
