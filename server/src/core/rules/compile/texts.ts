import type { Check, CodeScope, ForbiddenText } from "../check";
import { isCommand, isPath } from "../names";

/** Words that stand for themselves beside a replacement that has them too. */
const LITERALS = new Set(["null", "nil", "None", "undefined", "true", "false", "True", "False", "self", "this"]);
const LONGEST = 80;
const MAX_GAPS = 2;

/**
 * The text to look for, of a code span that is no name: `ONLINE = ON`, `fun x -> ...`. What only stands for something
 * else becomes `…`: single letters, dots, what the replacements have as well. `undefined` where nothing certain is left.
 */
export function searchedText(span: string, replacements: readonly string[] = []): string | undefined {
  if (span.length > LONGEST || NEVER_ON_A_LINE.test(span) || isPath(span) || isCommand(span)) return undefined;
  // Brackets with nothing in them stand everywhere.
  if (/^[\s{}()[\];,]+$/.test(span)) return undefined;
  if (PLACEHOLDER.test(span) || ANY_TAG.test(span) || dependencyIn(span) !== undefined) return undefined;
  if (RENAMED.test(span) || STYLE_VARIABLE.test(span)) return span;
  const [caught] = CAUGHT.exec(span) ?? [];
  if (caught !== undefined) return caught;
  if (DOUBLE_CAST.test(span)) return "as unknown as";
  if (INLINE_TYPE.test(span)) return "import { type";
  const shared = new Set(replacements.flatMap((text) => text.match(/\w+/g) ?? []));
  const isTag = /^<[a-z][\w-]*>$/.test(span);
  const given = span
    .replace(/(?<=\w[<[])[A-Z](?=[>\]])/g, "…")
    .replace(/(?<=\w\()[a-z]\w*(?:, ?[a-z]\w*)?(?=\)\.|\)\)$)/g, "…");
  const parts = (isTag ? span.slice(0, -1) : given.replace(/\.{3}|(?<!\w)<[\w -]+>/g, "…"))
    .replace(/\(\)/g, "(…)")
    .match(/"[^"]*"|'[^']*'|\w+|\s+|…|[^\w\s]/gu);
  const kept = (parts ?? []).map((part, i, all) => {
    const isIndex = /^\d+$/.test(part) && all[i - 1] === "[";
    return isIndex || isPlaceholder(part, shared, replacements.length > 0) ? "…" : part;
  });
  const text = kept
    .join("")
    .replace(/…(?:\s*…)+/g, "…")
    .replace(/^(?:…|\s)+|(?:…|\s)+$/g, "");
  // "`//go:build` (not `// +build`)": of a comment more than its sign has to be left.
  if (shared.size > 0 && /^(?:\/\/|#|--)\W*$/.test(text)) return searchedText(span);
  const gaps = text.split("…").length - 1;
  // "(x) => x.size": what it is called with stands for anything.
  if (/^\(…\) =>/.test(text)) return undefined;
  if (standsForMore(text, span)) return undefined;
  return gaps <= MAX_GAPS && isTelling(text) && !HAS_ARGUMENTS.test(text) ? text : undefined;
}

/**
 * Whether what is left of a span says less than it: signs that stand for themselves everywhere ("`^`, not `>=`"), names
 * that stand for any, and a program of which only one use is meant (`npx <bin>`).
 */
function standsForMore(text: string, span: string): boolean {
  return (
    /^[<>=!+*/%^~&|?:-]{1,3}(?: ?\d+)?$/.test(text) ||
    /\b(?:foo|bar|baz|qux)\b/i.test(text) ||
    (/^\w+$/.test(text) && span.startsWith(`${text} <`))
  );
}

/** "import tides as t": the name it is given is what is forbidden. */
const RENAMED = /^import [\w.]+ as \w+$/;

/** "catch (Crash)", whatever it is called there. */
const CAUGHT = /^catch \([A-Z]\w+(?=\)$)/;

/** "import { type Crate }", whatever is imported. */
const INLINE_TYPE = /^import \{ type\b/;

/** "as unknown as T", whatever it ends as. */
const DOUBLE_CAST = /^as unknown as(?: \w+)?$/;

/** `<X />` stands for any. */
const ANY_TAG = /<[A-Z] ?\/>/;

/** `{crate}` stands for something else. */
const PLACEHOLDER = /^\{\w+\}$/;

/** "domain -> adapters": what would depend on what, in plain words; `undefined` for other texts. */
export function dependencyIn(text: string): { who: string; whom: string } | undefined {
  const [, who, whom] = /^([a-z][\w-]*(?: [a-z][\w-]*)?) ?(?:->|→) ?([a-z][\w-]*(?: [a-z][\w-]*)?)$/.exec(text) ?? [];
  return who === undefined || whom === undefined ? undefined : { who, whom };
}

/** Flags, addresses, words as values, and code that takes several lines. */
const NEVER_ON_A_LINE = /^-|^\w+:\/\/|^["'][\w-]+["']$|^\{\s*["']|[\n;]|\{\s+(?:…|\.{3})\s+\}|\{[^}]*\([^}]*\}/;

/** Arguments are examples, and what they are called is chance. */
const HAS_ARGUMENTS = /\w\(\s*[A-Za-z_]\w*(?:\s*[,)])/;

function isPlaceholder(part: string, shared: ReadonlySet<string>, isPaired: boolean): boolean {
  if (/^["']/.test(part)) return isPaired && !/^["'][\w-]{4,}(?: ?…)?["']$/.test(part);
  return /^[a-z]$/.test(part) || (/^\w+$/.test(part) && shared.has(part) && !LITERALS.has(part));
}

/** Enough to be no chance: a word, several signs, a character of no language. */
function isTelling(text: string): boolean {
  return /[A-Za-z]{3}/.test(text) || /[^\w\s…"'`(),]{2}/.test(text) || /(?!…)[^\p{ASCII}\p{L}]/u.test(text);
}

/** Whether a code span can be nothing that code names. */
export function isPlainText(span: string): boolean {
  return (
    /[^\w.\-/:@()$#<>[\]*?!&,\s]|\s[=<>]|=|\.\[|^\*[a-z]|^\[[A-Za-z.]+\]$|^<[a-z][\w-]*>$/u.test(span) ||
    isExpression(span) ||
    QUERY.test(span) ||
    STYLE_VARIABLE.test(span) ||
    OF_COMMENT.test(span)
  );
}

/** `@throws TideError`, `:param:`, `// ... the rest`: what only comments hold; and a setting, `standalone: true`. */
const OF_COMMENT =
  /^@[a-z]{3,} [A-Z]\w+$|^:[a-z]{3,}:$|^\/\/ (?:\.{3}|…) ?\w[\w ]*(?:\.{3}|…)?$|^[a-z]\w*: (?:true|false)$/;

/** `var(--tide)` */
const STYLE_VARIABLE = /^var\(--[\w-]+\)$/;

/** `SELECT *` */
const QUERY = /^[A-Z]{3,}(?: (?:[A-Z]{2,}|\*))+$/;

/** `load(x).size`, `import tides as t`, `dict[str, Any]`, `#[allow(...)]`, `[]byte(pack(...))`, `catch (Crash)`. */
function isExpression(span: string): boolean {
  return (
    CHAIN.test(span) ||
    /^\w[\w.]*\([^()]*\)\.\w+$|^import [\w.]+ as \w+$|^[A-Za-z]\w*[<[].*[\]>]$|^#?\[\w+\(.*\)\]$|^\w+ .*->/.test(
      span,
    ) ||
    /^(?:\[\]\w+|[\w.]*\w)\(\w+(?:\.\w+)+\((?:\.{3}|…)\)\)$|^(?:export \*|as unknown|as never|import (?:\.{3}|…) \w+)$/.test(
      span,
    ) ||
    /^(?:export|declare|const) (?:let|var|enum|namespace|module|global)$/.test(span) ||
    CAUGHT.test(span) ||
    DOUBLE_CAST.test(span)
  );
}

/** `clock.now().hour()`, `parse(print(x))`: what is done with what a call gives. */
const CHAIN =
  /^(?:new |await )?[\w.]+\((?:["'][^"']*["'])?\)(?:\.\w+\((?:["'][^"']*["'])?\))+$|^[A-Za-z_]\w*(?:\.\w+)+\([A-Za-z_]\w*(?:\.\w+)+\(\w*\)\)$/;

/** The files of languages that are not analysed, by what they are called. */
const OTHER_LANGUAGES: ReadonlyMap<string, string> = new Map([
  ["rust", "rs"],
  ["clippy", "rs"],
  ["c#", "cs"],
  ["csharp", "cs"],
  ["net", "cs"],
  ["dotnet", "cs"],
  ["f#", "{fs,fsx}"],
  ["fsharp", "{fs,fsx}"],
  ["kotlin", "{kt,kts}"],
  ["swift", "swift"],
  ["swiftui", "swift"],
  ["ruby", "rb"],
  ["rails", "rb"],
  ["php", "php"],
  ["laravel", "php"],
  ["c++", "{cc,cpp,h,hpp}"],
  ["sql", "sql"],
  ["scala", "scala"],
  ["dart", "dart"],
  ["flutter", "dart"],
  ["elixir", "{ex,exs}"],
  ["phoenix", "{ex,exs}"],
  ["bash", "{sh,bash}"],
  ["zsh", "{sh,zsh}"],
  ["powershell", "{ps1,psm1}"],
  ["css", "{css,scss}"],
  ["scss", "{css,scss}"],
  ["proto", "proto"],
  ["protobuf", "proto"],
  ["terraform", "tf"],
  ["zig", "zig"],
  ["lua", "lua"],
]);
const OTHER_EXTENSIONS = new Set([...OTHER_LANGUAGES.values()].flatMap((each) => each.match(/\w+/g) ?? []));

/** Globs of the files in a language that is not analysed. */
export function otherLanguage(word: string): string[] | undefined {
  const extension = OTHER_LANGUAGES.get(word.toLowerCase());
  return extension === undefined ? undefined : [`**/*.${extension}`];
}

/** The same of a title, if a language it names is one of programs. */
export function otherProgram(title: string): string[] | undefined {
  const named = title.toLowerCase().match(/[a-z]+[+#]*/g) ?? [];
  return named.length > MAX_TITLE
    ? undefined
    : named.flatMap((word) => (PROGRAMS.has(word) ? [word] : [])).map(otherLanguage)[0];
}

const PROGRAMS = new Set("rust c# csharp f# fsharp kotlin swift ruby php c++ scala dart elixir phoenix zig".split(" "));
const MAX_TITLE = 5;

/** The same of the extension a glob ends in. */
export function otherExtension(glob: string): string[] | undefined {
  const extensions = /\.(?:\{([\w,]+)\}|(\w+))$/.exec(glob)?.slice(1).find(Boolean)?.split(",") ?? [];
  return extensions.length > 0 && extensions.every((each) => OTHER_EXTENSIONS.has(each)) ? [glob] : undefined;
}

/** Whether code that is not analysed is all a check may be about. */
export function isElsewhere({ paths }: CodeScope): boolean {
  return paths?.every((path) => otherExtension(path) !== undefined) ?? false;
}

/** A check of names as one of the text of files; `undefined` where the words alone do not show it. */
export function asText(check: Check): Check | undefined {
  if (check.form === "forbidden-text") return check;
  if (check.form === "forbidden-construct" && check.constructs.every((construct) => construct === "todo-comment"))
    return { form: "forbidden-text", texts: ["// TODO", "// FIXME"], ...(check.scope && { scope: check.scope }) };
  if (check.form !== "forbidden-call" && check.form !== "forbidden-name" && check.form !== "forbidden-import")
    return undefined;
  if (check.inside !== undefined) return undefined;
  // A package of a language is none of another.
  if (check.form === "forbidden-import" && check.scope?.languages !== undefined) return undefined;
  const texts = check.names.map((name) => textOfName(name, check.form === "forbidden-call"));
  if (!texts.every((text) => text !== undefined)) return undefined;
  const { instead, scope: { languages: _, ...scope } = {}, qualifier } = check;
  const text: ForbiddenText = {
    form: "forbidden-text",
    texts,
    ...(instead && { instead }),
    ...(Object.keys(scope).length > 0 && { scope }),
    ...(qualifier && { qualifier }),
  };
  return text;
}

const SHORTEST = 4;

/** A plain word is called or it may be anything. */
function textOfName(name: string, isCalled: boolean): string | undefined {
  const bare = name.replace(/\*+$|\(\)$/g, "");
  if (/\*/.test(bare) || bare.replace(/\W/g, "").length < SHORTEST) return undefined;
  return isCalled && !/[A-Z_:!]/.test(bare) ? `${bare}(` : bare;
}
