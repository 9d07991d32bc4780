import { isOtherMarker } from "../../base/commentMarkers";
import type { LanguageId } from "../../model/facts";
import { isCommand, isDistinctive, isPath, symbolOf } from "../names";
import { constructOfCode } from "./constructs";
import { knownFunction, knownPackage } from "./knownNames";
import type { NameList } from "./pattern";
import { isPlainText, searchedText } from "./texts";

/** What a list of names is, as far as its spelling and the noun beside it tell. */
export type Named =
  | { kind: "call"; names: string[]; languages: LanguageId[] | undefined }
  | { kind: "name"; names: string[]; languages: LanguageId[] | undefined }
  | { kind: "module"; names: string[]; languages: LanguageId[] | undefined }
  | { kind: "command"; names: string[] }
  | { kind: "path"; names: string[] }
  /** No names at all, but what stands in files. */
  | { kind: "text"; names: string[] };

/** Names of code. */
export type NamedCode = Extract<Named, { languages: unknown }>;

/** What a rule that says "use" means by names; `undefined` if they differ or it does not show. */
export function namedThings(list: NameList): Named | undefined {
  const texts = [...new Set(list.texts.flatMap(alternatives).map(withoutPackagePath).map(withoutOwner))];
  if (texts.length !== list.texts.length || texts.some((text, i) => text !== list.texts[i]))
    return namedThings({ ...list, texts });
  const focused = focusedTests(texts);
  if (focused) return { kind: "call", names: focused, languages: ["typescript", "javascript"] };
  if (texts.every((text) => TYPING.test(text)) && texts.some((text) => PYTHON_TYPING.test(text)))
    return { kind: "module", names: texts.map((text) => `typing.${TYPING.exec(text)?.[1]}`), languages: ["python"] };
  if (
    texts.some((text) => text.replace(/^\.|\(\)$/g, "") === "forEach") &&
    texts.every((text) => ARRAY_METHOD.test(text))
  )
    return {
      kind: "call",
      names: texts.map((text) => `.${text.replace(/^\.|\(\)$/g, "")}`),
      languages: ["typescript", "javascript"],
    };
  if (/^(?:sub)?(?:folders?|director(?:y|ies))$/.test(list.noun ?? "") && !texts.every(isPath)) return undefined;
  if (texts.every((text) => text === "assert")) return { kind: "call", names: texts, languages: ["python"] };
  const written = texts.map(textOfSyntax);
  if (written.every((text) => text !== undefined) && isOfSyntax(list.noun)) return { kind: "text", names: written };
  if (texts.every((text) => /^console(?:\.\*)?$/.test(text)))
    return { kind: "call", names: ["console.*"], languages: ["typescript", "javascript"] };
  const globals = texts.map((text) => OF_BROWSERS.get(text));
  if (globals.every((names) => names !== undefined))
    return { kind: "name", names: globals.flat(), languages: ["typescript", "javascript"] };
  if (texts.every(isOfModule)) return { kind: "name", names: texts, languages: ["typescript", "javascript"] };
  if (texts.some((text) => constructOfCode(text) !== undefined)) return undefined;
  if (texts.every((text) => HOST.test(text))) return { kind: "text", names: texts };
  // "`@author` tags" stand in comments.
  if (/^tags?$/.test(list.noun ?? "") && texts.every((text) => /^@[a-z]+$/.test(text)))
    return { kind: "text", names: texts };
  if (texts.every((text) => STYLE_CLASS.test(text)))
    return { kind: "text", names: texts.map((text) => text.replace(/\*$/, "")) };
  // "Never bare `jest`" is about how it is run.
  if (list.isBare && list.noun === undefined && texts.every(isModule)) return undefined;
  if (isPackageNoun(list.noun) && texts.some(isCallLike) && !texts.every(isCallLike))
    return callsIn({ ...list, texts: texts.filter(isCallLike) });
  if (isPackageNoun(list.noun) || texts.every(isModule)) return modulesIn(list);
  if (texts.every(isForbiddableCommand))
    return { kind: "command", names: texts.map((text) => text.replace(/ (?:\.{3}|…)$/, "")) };
  if (texts.every(isPath) && !texts.every((text) => FIELD_IN_CAPITALS.test(text)))
    return { kind: "path", names: texts };
  if (isFunctionNoun(list.noun) || texts.every(isCallLike)) return callsIn(list);
  const symbols = symbolsOf(texts);
  // `console.log` and `debugger` in one list: names of both kinds.
  if (symbols && texts.some(isCallLike)) return { kind: "name", names: symbols, languages: undefined };
  const names = symbolsOf(
    texts.filter((text) => isDistinctive(text) || /^@?[A-Z](?=\w*[a-z])\w{3}|^@\w{4}/.test(text)),
  );
  return names?.length === texts.length ? { kind: "name", names, languages: languagesOf(names) } : undefined;
}

/** The texts to look for, where a list is of what cannot be a name. */
export function textsIn({ texts }: NameList, replacements: readonly string[]): Named | undefined {
  if (
    !texts.some(isPlainText) ||
    !texts.every((text) => isPlainText(text) || (/^\w+$/.test(text) && isDistinctive(text))) ||
    texts.some((text) => constructOfCode(text) !== undefined)
  )
    return undefined;
  const names = texts.map((text) => searchedText(text, replacements));
  return names.every((name) => name !== undefined) ? { kind: "text", names } : undefined;
}

/** How code writes what is no name that it uses: an annotation, an attribute of an element, a statement, a note. */
function textOfSyntax(text: string): string | undefined {
  const [, annotation] = /^(@[A-Z]\w*[a-z]\w*)(?:\(\))?$/.exec(text) ?? [];
  if (annotation !== undefined || isOtherMarker.test(text)) return annotation ?? text;
  return text === "debugger" ? "debugger;" : text === "dangerouslySetInnerHTML" ? text : undefined;
}

function isOfSyntax(noun: string | undefined): boolean {
  return noun === undefined || /^(?:annotation|decorator|attribute|prop|statement|comment|marker)s?$/.test(noun);
}

/** What only browsers have, told from things of one's own that are called so: "no `window` or `document`". */
const OF_BROWSERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["window", ["window.*"]],
  [
    "document",
    "getElementById querySelector querySelectorAll createElement addEventListener documentElement body head cookie"
      .split(" ")
      .map((member) => `document.${member}`),
  ],
  [
    "navigator",
    "userAgent clipboard language geolocation mediaDevices".split(" ").map((member) => `navigator.${member}`),
  ],
  ["sessionStorage", ["sessionStorage"]],
]);

/** `globals.JSON` is no file. */
const FIELD_IN_CAPITALS = /^[A-Za-z]\w*\.[A-Z]{2,}$/;

/** What CommonJS gives a module beside `require`. */
export function isOfModule(text: string): boolean {
  return text === "__dirname" || text === "__filename";
}

/** `tides.read/write` are `tides.read` and `tides.write`. */
function alternatives(text: string): string[] {
  const [, head, names] = /^((?:[a-z]\w*\.)+)([a-z]\w*[A-Z]\w*(?:\/[a-z]\w*[A-Z]\w*)+)$/.exec(text) ?? [];
  return head === undefined || names === undefined ? [text] : names.split("/").map((name) => `${head}${name}`);
}

/** `Chart.$raw`, `String.substr`: whatever the chart or the string is called that it is asked of. */
function withoutOwner(text: string): string {
  const [, member] =
    /^[A-Za-z_]\w*(\.\$\w{3,})(?:\(.*\))?$/.exec(text) ??
    /^(?:Array|String|Promise|Date|Object)\.prototype(\.[a-z]\w+)(?:\(.*\))?$/.exec(text) ??
    /^(?:Array(?!\.(?:from|fromAsync|isArray|of)\b)|String(?!\.(?:raw|fromCharCode|fromCodePoint|format|valueOf|join)\b))(\.[a-z]\w+)(?:\(.*\))?$/.exec(
      text,
    ) ??
    [];
  if (member !== undefined) return `${member}()`;
  // "Never bare `x.close()`", "`_ = x.close()`": `x` is whatever it is called on.
  const [, called] = /^(?:_ :?= )?[xy](\.[A-Za-z]\w+)\(.{0,3}\)$/.exec(text) ?? [];
  return called === undefined ? text : `${called}()`;
}

/** `os/exec.Command` is `exec.Command` to all who use it. */
function withoutPackagePath(text: string): string {
  const [, name] = /^[a-z][\w.-]*(?:\/[a-z][\w.-]*)*\/([a-z]\w*\.[A-Z]\w*(?:\(\))?)$/.exec(text) ?? [];
  return name ?? text;
}

/** What keeps other tests from running: `.only`, `xit`. */
function focusedTests(texts: readonly string[]): string[] | undefined {
  const names = texts.flatMap((text) => FOCUS.get(text.replace(/\(\)$/, "")) ?? "");
  return names.includes("") ? undefined : names;
}

const runners = ["it", "test", "describe"];
const FOCUS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...["only", "skip"].flatMap((word) => [
    [`.${word}`, runners.map((runner) => `${runner}.${word}`)] as const,
    ...runners.map((runner) => [`${runner}.${word}`, [`${runner}.${word}`]] as const),
  ]),
  ...["xit", "xdescribe", "xtest", "fit", "fdescribe"].map((name) => [name, [name]] as const),
]);

/** A utility class of a style sheet: `bg-white`, `dark:text-gray-*`. */
const STYLE_CLASS =
  /^(?:[a-z]+:)*-?(?:bg|text|border|ring|space|fill|stroke|shadow|rounded|from|via|to|divide|outline|placeholder|animate|backdrop|gradient|font|leading|tracking)-(?:[a-z]+(?:-(?:\d{2,3}|\*))?|\[[^\]]+\]|\*)(?:\/\d+)?$|^dark:\*?$/;

/** `api.tides.com`: where requests go. */
const HOST = /^(?:[a-z][a-z\d-]*\.)+(?:com|org|io|net|dev|app)$/;

/** Aliases of what the language has had for long. */
const TYPING = /^(?:typing\.)?(Optional|List|Dict|Union|Tuple|Set|FrozenSet)(?:\[(?!.*\b(?:Any|object)\b).*\])?$/;
/** Other languages have an `Optional` or a `Set` too. */
const PYTHON_TYPING = /^typing\.|\[|^(?:Dict|Union|Tuple|FrozenSet)$/;
const ARRAY_METHOD = /^\.?(?:forEach|map|filter|reduce|some|every|find)(?:\(\))?$/;

/** Names that are called: anything that can be a symbol. */
export function callsIn({ texts }: NameList): NamedCode | undefined {
  const names = symbolsOf(texts);
  // `__init__` is declared and never called by its name.
  if (names === undefined || names.some((name) => /^__\w+__$/.test(name))) return undefined;
  // Who calls `crate` calls what it holds; `crate()` is one function.
  const called = names.flatMap((name, i) =>
    texts[i] === name && knownFunction(name) === undefined && knownPackage(name) !== undefined && /^\w+$/.test(name)
      ? [name, `${name}.*`]
      : name,
  );
  return { kind: "call", names: called, languages: languagesOf(names) };
}

/** Calls under what they are given: `open("w")` is a call of `open`; only of names that can be nothing else. */
export function calledNames({ texts }: NameList): Named | undefined {
  const names = texts.map(
    (text) => /^((?:await |new )?\.?[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\(.*\)$/s.exec(text)?.[1],
  );
  const symbols = names.map((name) => (name === undefined ? undefined : symbolOf(`${name}()`)));
  if (!symbols.every((name) => name !== undefined) || !symbols.every(isDistinctive)) return undefined;
  return { kind: "call", names: symbols, languages: languagesOf(symbols) };
}

/** Names that are imported: packages, modules, and what they hold. */
export function modulesIn({ texts }: NameList): NamedCode | undefined {
  const names = texts.map(moduleOf);
  if (!names.every((name) => name !== undefined)) return undefined;
  return { kind: "module", names, languages: languagesOf(names) };
}

export function symbolsOf(texts: readonly string[]): string[] | undefined {
  const names = texts.map((text) => (isWholeName(text) ? symbolOf(text) : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** Arguments and what is done with the result restrict: not every `f(x)` is `f("now")` or `f(x).length`. */
function isWholeName(text: string): boolean {
  const [, args = ""] = /^[^()]*\((.*)\)[^()]*$/s.exec(text) ?? [];
  // `crates[0]` is not all of `crates`, `to_<port>()` has no name yet, and `@Berth() body: {}` is a parameter.
  if (/\w\[\d|<[\w ]+>_?\w|\)\s+\w/.test(text)) return false;
  if (/["'=\d]|\w\(|\b(?:true|false|True|False|nil|null|None)\b/.test(args)) return false;
  // `json.NewDecoder(r.Body).Decode` goes by all its names.
  if (/^[a-z]\w*\.[A-Z]\w*\([\w.]+\)\.\w+(?:\(\))?$/.test(text)) return true;
  return !/\s=\s|\)\s*\.|\)\s*[=!<>+&|?*/-]|^[^()]*\s(?:[=!<>]=+|[<>+&|?:-]+)\s|[^\w)\]}>*!;]$/.test(text);
}

const MODULE = /^(?:(?:node|bun|deno):)?@?[\w-]+(?:[./][\w*@-]+)*(?:\/\*{0,2})?$/;

function moduleOf(text: string): string | undefined {
  // "`import React from 'react'`", "`import { expect } from 'vitest'`": other imports of it are fine.
  if (/^import (?:type )?(?:\w+|\{[^}]*\}) from ["']/.test(text)) return undefined;
  const [, from, member] = /^from ([\w.]+) import (\w+)$/.exec(text) ?? [];
  if (from !== undefined && member !== undefined) return `${from}.${member}`;
  const [, imported] =
    /^(?:import|from)\s+["']?([\w@./-]+)["']?(?:\s+import\b.*)?$/.exec(text) ??
    /^import\s[^"']*\sfrom\s+["']([\w@./:-]+)["'];?$/.exec(text) ??
    [];
  const name = (imported ?? text).replace(/^["']|["']$/g, "").replace(/\/(?:\.\.\.|…)$/, "/**");
  return isPath(name) || MODULE.test(name) || /^(?:\.{1,2}|~|@)\/[\w@./*-]+$/.test(name) ? name : undefined;
}

/** A text that can only be a package: `@scope/name`, `encoding/json`, `lodash`, `import requests`. */
function isModule(text: string): boolean {
  if (/^(?:import|from)\s/.test(text)) return moduleOf(text) !== undefined;
  if (/^@[\w.-]+\/[\w./-]+$/.test(text) || MODULE_PATH.test(text)) return true;
  return knownPackage(text) !== undefined && knownFunction(text) === undefined;
}

/** Starts with a host, with `node:`, or with a package that everybody imports from. */
const MODULE_PATH =
  /^(?:[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|dev|in|net)\/[\w./-]+|(?:node|bun|deno):\w[\w/]*|(?:next|react|react-dom|vue|rxjs|lodash|date-fns|log|math|encoding|net|io|crypto|database|text|html)\/[\w/.-]+)$/;

/** Whether a text is a call, or the name of a well-known function. */
export function isCallLike(text: string): boolean {
  const [name] = symbolsOf([text]) ?? [];
  return name !== undefined && (/\([^)]*\)$/.test(text) || knownFunction(name) !== undefined);
}

const TOOLS = new Set(
  `npm yarn pnpm bun pip pip3 poetry pipenv uv conda npx bunx ts-node python python3 eslint prettier black flake8 biome tsc
  sudo mvn mvnw gradle gradlew sbt cmake docker kubectl terraform helm git gh curl wget`.split(/\s+/),
);

/** Words of a language that begin what else would look like a command line. */
const KEYWORDS =
  /^(?:as|assert|async|await|break|case|catch|class|const|continue|def|default|defer|delete|do|else|enum|export|extends|final|fn|for|from|func|function|global|go|goto|if|implements|import|in|instanceof|interface|is|lambda|let|match|module|mut|namespace|new|nil|none|not|null|or|and|package|pass|private|protected|pub|public|raise|record|return|select|static|struct|super|switch|synchronized|this|throw|throws|trait|true|try|type|typeof|use|using|var|void|volatile|transient|abstract|virtual|unsigned|signed|readonly|declare|keyof|when|where|while|with|yield|create|alter|drop|insert|update|set|a|an|the|to|of|no|my)$/;

/** "`berth edit`": words in a code span that are no code; what program it is nobody need know. */
export function looksLikeCommand(text: string): boolean {
  const [program = "", ...words] = text.split(" ");
  const areWords = words.every((word) => /^(?:--?[a-z][\w-]*|[a-z][a-z0-9:-]*)$/.test(word));
  return /^[a-z][a-z0-9]+(?:-[a-z0-9]+)*$/.test(program) && words.length > 0 && areWords && !KEYWORDS.test(program);
}

/** Whether one of them is a program everybody runs, so that all of them are. */
export function areTools(texts: readonly string[]): boolean {
  return texts.some((text) => TOOLS.has(text)) && texts.every((text) => /^[a-z][\w.-]*$/.test(text));
}

/** A command line or a flag. A single word is one only if it can be nothing else. */
function isForbiddableCommand(given: string): boolean {
  const text = given.replace(/ (?:<[\w -]+>|\.{3}|…)$/, "");
  if (/^--[a-z][\w-]+$/.test(text)) return true;
  return (isCommand(text) && (/\s/.test(text) || TOOLS.has(text))) || looksLikeCommand(text);
}

function isPackageNoun(noun: string | undefined): boolean {
  return noun !== undefined && /^(?:packages?|librar|modules?|dependenc|imports?)/.test(noun);
}

function isFunctionNoun(noun: string | undefined): boolean {
  return noun !== undefined && /^(?:functions?|methods?|calls?|helpers?|hooks?|macros?)$/.test(noun);
}

/** The languages whose well-known names they all are; `undefined` if one is not known. */
function languagesOf(names: readonly string[]): LanguageId[] | undefined {
  const known = names.map((name) => knownFunction(name) ?? knownPackage(name));
  if (!known.every((languages) => languages !== undefined)) return undefined;
  return [...new Set(known.flat())];
}
