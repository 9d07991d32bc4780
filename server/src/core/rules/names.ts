import type { Piece } from "./markdown";
import type { RuleScope } from "./rule";

export type Names = Pick<RuleScope, "symbols" | "paths" | "commands">;

/** What a rule names: code only in backticks, paths also as plain words that can be nothing else. */
export function namesIn(pieces: readonly Piece[]): Names {
  const symbols = new Set<string>();
  const paths = new Set<string>();
  const commands = new Set<string>();
  for (const [i, { text, code }] of pieces.entries()) {
    if (!code) {
      for (const path of pathsInProse(text)) paths.add(path);
      continue;
    }
    // "the `Get` prefix" is about names, not about something called Get.
    if (/^[\s-]*(?:prefix|suffix)/i.test(pieces[i + 1]?.text ?? "")) continue;
    const span = text.trim().replace(/^\$ /, "");
    const path = pathOf(span);
    if (path !== undefined) paths.add(path);
    else if (isCommand(span)) commands.add(span);
    else {
      const symbol = symbolOf(span);
      if (symbol !== undefined) symbols.add(symbol);
    }
  }
  return { symbols: [...symbols], paths: [...paths], commands: [...commands] };
}

const TOOLS = new Set(
  `ansible apt awk aws az bash bazel biome black brew buf bun bundle bunx cargo cd cdk chmod chown cmake composer conda corepack
  cp curl deno direnv django-admin docker docker-compose dotnet echo eslint export find flake8 flutter gcloud gh git go
  gofmt goimports golangci-lint gradle grep helm hatch jest just kubectl lerna ls make mage mise mkdir mocha mv mvn mypy
  next ninja nix node nox npm npx nvm nx pdm php pip pip3 pipenv pipx playwright pnpm poetry pre-commit prek prettier
  prisma protoc psql pulumi pyright pytest python python3 rails rake rg rm rsync ruby ruff rustc rustfmt rustup sed sh
  source sqlx ssh sudo supabase swift tail task terraform tox ts-node tsc tsx turbo uv uvx vite vitest wrangler wget xargs
  xcodebuild yarn zig`.split(/\s+/),
);

/** Whether a code span is a command line, or the name of a tool. */
export function isCommand(span: string): boolean {
  const words = span.replace(/^(?:[A-Z][A-Z0-9_]*=\S*\s+)+/, "").split(/\s+/);
  const [tool = "", argument] = words;
  if (/^\.{0,2}\/?[\w./-]+\.(?:sh|bat|ps1)$/.test(tool)) return true;
  if (argument === undefined) return TOOLS.has(tool);
  if (tool === "export" && !span.includes("=")) return false;
  if (/[\w)]\(/.test(span)) return false;
  // `go func()`, `make(chan int)`, `next = x`: code that starts like a tool.
  return (TOOLS.has(tool) || /^\.{1,2}\/|^\.venv\//.test(tool)) && !/^(?:func\b|[=+?<>&|{(]|:=)/.test(argument);
}

const EXTENSIONS =
  "astro|bat|bzl|c|cc|cfg|cjs|conf|cpp|cs|css|csv|cts|dart|csproj|ejs|erl|ex|exs|go|gql|gradle|graphql|h|hbs|hpp|hs|html|ini|ipynb|java|jl|js|json|jsonc|json5|jsx|kt|kts|less|lua|md|mdc|mdx|mjs|mod|mts|php|pl|png|properties|proto|ps1|py|pyi|rb|rs|scala|scss|sh|snap|sql|sum|svelte|svg|swift|tf|toml|ts|tsx|txt|vue|xml|yaml|yml|zig";
const HAS_EXTENSION = new RegExp(`\\.(?:${EXTENSIONS})$`);
const KNOWN_FILES =
  /^(?:(?:Makefile|Dockerfile|Justfile|justfile|Gemfile|Procfile|Taskfile|LICENSE|CODEOWNERS)|\.env(?:\.[\w*]+)*|\.dev\.vars|\.(?:gitignore|gitattributes|npmrc|nvmrc|editorconfig|dockerignore|prettierrc|eslintrc)|(?:Cargo|poetry|yarn|uv|Gemfile|composer|flake|pixi|bun)\.lock)$/;
/** Receivers whose `.json`, `.text` ... is a member, and products that are spelled like files. */
const NOT_FILES =
  /^(?:res|resp|response|req|request|ctx|c|r|w|self|this|Response|JSON)\.\w+$|^(?:next|node|vue|nuxt|three|d3|express|react|chart|discord|ember|backbone|alpine|socket)\.js$/i;
const SOURCE_DIRECTORIES = new Set(
  `src lib libs test tests docs doc packages apps app server client internal cmd pkg scripts crates core api web
  frontend backend tools build config examples vendor third_party migrations components static assets .github .claude .cursor`.split(
    /\s+/,
  ),
);
const MIME = /^(?:application|text|image|audio|video|font|multipart|message|model)\/[\w.+*-]+$/;
const PLACEHOLDER = /[<>$|"'`=;,!?^&%~#]|\.\.\.|…|\bpath\/to\b|\byour[-_]|\bYYYY\b|\bfoo\/bar\b|\{\w*\}|\{\{/;

/** The path a code span names, or `undefined`. Doubtful ones are left out: a stale-path report must be believed. */
function pathOf(span: string): string | undefined {
  const path = span.replace(/:\d+(?:[-:]\d+)?$/, "").replace(/\{[\w*.-]+(?:,[\w*.-]*)+\}/g, "{}");
  if (/\s|\(|\)|::|->|\\/.test(path.replace(/\([\w-]+\)\//g, "")) || PLACEHOLDER.test(path.replaceAll("{}", "")))
    return undefined;
  const written = span.replace(/:\d+(?:[-:]\d+)?$/, "");
  if (!path.includes("/")) return isFileName(path) ? written : undefined;
  if (/:\/\/|^@|^\/$|\/\/|:/.test(path) || MIME.test(path)) return undefined;
  const segments = path
    .replace(/^(?:\.{0,2}\/)+/, "")
    .split("/")
    .filter((segment) => segment !== "");
  const [first = "", last = ""] = [segments[0], segments.at(-1)];
  if (HAS_EXTENSION.test(last) || KNOWN_FILES.test(last)) return written;
  // From here on there is no file name to tell a path from a route, a package, a branch or a choice of words.
  if (path.startsWith("/") || /^(?:origin|upstream|feature|fix|refs|heads)$/.test(first)) return undefined;
  if (/^[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|net|dev|in|sh)$/.test(first)) return undefined;
  if (path.endsWith("/") || /^\.{1,2}\//.test(path)) return segments.length > 0 ? written : undefined;
  if (/\*/.test(path)) return segments.length > 1 && /\w/.test(path) ? written : undefined;
  return segments.length > 1 && SOURCE_DIRECTORIES.has(first) ? written : undefined;
}

/** Whether a code span or a word of prose names a file, a directory or a pattern of them. */
export function isPath(text: string): boolean {
  return pathOf(text) !== undefined;
}

function isFileName(name: string): boolean {
  if (KNOWN_FILES.test(name)) return true;
  const stem = name.replace(/^\*+\.?/, "");
  const isFile = HAS_EXTENSION.test(name) && !NOT_FILES.test(name) && /^[\w*{}.@+-]+$/.test(name);
  // `.proto` and `.test.ts` name a kind of file; `*.proto` is a pattern.
  return isFile && (!name.startsWith(".") || HAS_EXTENSION.test(stem)) && !/^\.\w+(?:\.\w+)?$/.test(name);
}

const PROSE_PATH = new RegExp(
  String.raw`(?<![\w@/:.~\\-])(?:\.{1,2}/)?[\w.*-]+/(?:[\w.*{},-]+/)*(?:[\w.*{},-]*\.(?:${EXTENSIONS})\b|(?<=/[\w.*-]+/)(?![\w/]))(?![\w/:(])`,
  "g",
);

function pathsInProse(text: string): string[] {
  if (!text.includes("/")) return [];
  return [...text.matchAll(PROSE_PATH)].map(([path]) => path).filter((path) => pathOf(path) !== undefined);
}

const KEYWORD_BEFORE_NAME =
  /^(?:(?:await|new|defer|go|return|throw|raise|async|func|function|fn|def|class|struct|enum|interface|type|trait|const|let|var|static|public|private|protected|export|abstract|final|mut|pub|impl|unsafe|typeof|void|del|assert)\s+)+/;
const SYMBOL =
  /^(?:[&*@#]|#\[)?(\.?[A-Za-z_$][\w$]*!?(?:(?:\?\.|\.|::|->|#)(?:[A-Za-z_$][\w$]*!?|\*))*(?:(?<=[\w$]{3})\*)?)(\(|<|\[|\]|\s*:?=(?!=)|\s*:\s|\s*\{|$)/;

/** Whether a name is a keyword or a type so common that a rule which mentions it says nothing about a line. */
export function isTooCommon(name: string): boolean {
  return name.length < 2 || COMMON.has(name);
}

/** `#f59e0b` */
const COLOUR = /^#(?:[\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i;

/** The symbol a code span names first, without arguments; `undefined` for literals, flags and phrases. */
export function symbolOf(span: string): string | undefined {
  if (COLOUR.test(span)) return undefined;
  const chained = span.replace(KEYWORD_BEFORE_NAME, "").replace(/\([^()]*\)(?=\??\.)/g, "");
  const [, name = "", after = ""] = SYMBOL.exec(chained) ?? [];
  if (name === "" || isTooCommon(name)) return undefined;
  // `.proto` is a kind of file, `.unwrap()` a method.
  if (name.startsWith(".") && after !== "(") return undefined;
  // `foo: bar` and `foo {` are configuration or prose as often as code.
  if (/^\s*[:{]/.test(after) && !after.includes("=") && !isDistinctive(name)) return undefined;
  return name;
}

/** Whether a name can hardly be an ordinary word: several words in one, or a qualified name. */
export function isDistinctive(name: string): boolean {
  return /[a-z][A-Z]|[A-Z]{2}[a-z]|_|\d|\.|::|->|\$|!/.test(name);
}

const COMMON = new Set(
  `any Any array Array as assert async await bool boolean Boolean break byte case catch char class const context Context
  continue data Date def default defer dict Dict do double else elif enum Enum err Err error Error except Exception
  export extends false False final finally float for from func function Function fn global go if impl implements import in
  instanceof int Int integer Integer interface is key lambda let list List long map Map match module mut name namespace new
  nil None not null number Number object Object Ok Option Optional or and package pass private Promise protected pub
  public raise readonly Record Result return self Self set Set short Some static str string String struct super switch
  symbol this throw throws trait true True try tuple Tuple type typeof undefined union unknown use using value var Vec
  void when where while with yield GET POST PUT PATCH DELETE HEAD OPTIONS TODO FIXME NOTE JSON YAML HTML CSS SQL URL
  API HTTP HTTPS id ID main foo bar isinstance len max min
  PATH`.split(/\s+/),
);

/** `s.mu` of `s.mu.Lock()`: the lock, where a rule names how it is taken. `self.lock` is one by its name. */
export function lockSymbol(written: string): string {
  return written.replace(
    /\.(?:(?:R?Lock|TryLock|acquire|lockInterruptibly|readLock|writeLock)(?:\(\))?|lock\(\))$/,
    "",
  );
}
