import { code } from "../../base/markdown";
import { lineStartsOf, type Range, rangeOf } from "../../base/text";
import type { ForbiddenCommand, RequiredSetting } from "../check";
import { compileGlob } from "../glob";
import type { Rule } from "../rule";
import { asideReached, placeMeant } from "./codeScope";
import { heldToConduct } from "./conduct";
import { messageOf, type RuleOutcome, type RuleReport, type RuleViolation } from "./outcome";
import { overrulingAmong } from "./overruling";

/** A script, manifest or workflow. */
export interface ScriptFile {
  path: string;
  text: string;
}

/** Whether commands stand in the file at a root-relative path, or what tools are told to do with the others. */
export function isScriptFile(path: string): boolean {
  if (path === submodules) return true;
  if (/(?:^|\/)(?:node_modules|vendor|third_party|\.venv|dist|testdata|fixtures?|__fixtures__)\//.test(path))
    return false;
  return !ofTestedApps.test(path) && scriptFiles.test(path);
}

const submodules = ".gitmodules";

/** The folders that git fetches from other repositories. */
export function submodulesIn(files: readonly ScriptFile[]): string[] {
  const text = files.find(({ path }) => path === submodules)?.text ?? "";
  return [...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S[^\r\n]{0,300})$/gm)].map(
    ([, path = ""]) => `${path.trim().replace(/\/+$/, "")}/`,
  );
}

const scriptFiles =
  /(?:^|\/)(?:package\.json|tsconfig(?:\.[\w-]+)?\.json|pyproject\.toml|\.?ruff\.toml|Makefile|makefile|GNUmakefile|[Jj]ustfile|Taskfile\.ya?ml|Dockerfile[\w.-]*|tox\.ini|noxfile\.py|\.gitlab-ci\.yml|\.pre-commit-config\.yaml|Procfile)$|\.(?:sh|bash|zsh|mk|just|ps1|bat)$|(?:^|\/)\.github\/(?:workflows|actions)\/.*\.ya?ml$|(?:^|\/)\.circleci\/config\.yml$|(?:^|\/)\.husky\/[\w-]+$/;

/** Programs that tests build and run, with manifests of their own. */
const ofTestedApps = /(?:^|\/)(?:[\w-]*tests?|e2e)\/.*\/package\.json$/;

const maxLine = 2_000;

interface ForbiddenWords {
  rule: Rule;
  check: ForbiddenCommand;
  commands: readonly (readonly string[])[];
  governs(path: string): boolean;
}

/** The commands that scripts run against rules. Linear in the texts; a line beyond a length nobody writes is cut. */
export function checkCommands(rules: readonly Rule[], files: readonly ScriptFile[]): RuleReport {
  const isOverruled = overrulingAmong(rules);
  const checks = rules.flatMap(forbiddenWords);
  const found = new Map<Rule, RuleViolation[]>(checks.map(({ rule }) => [rule, []]));
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
    for (const each of violationsIn(checks, file)) if (!isOverruled(each.rule, file)) found.get(each.rule)?.push(each);
  const report = checkSettings(rules, files);
  for (const [rule, violations] of found) {
    const places = violations.map(({ path, range }) => ({ path, range }));
    report.set(rule, { matches: violations.length, places, violations });
  }
  return report;
}

const maxConfig = 100_000;

/** Settings that rules ask for. What a file takes from another one is not known. */
function checkSettings(rules: readonly Rule[], files: readonly ScriptFile[]): Map<Rule, RuleOutcome> {
  const report = new Map<Rule, RuleOutcome>();
  for (const rule of rules) {
    const check = rule.enforcement;
    if (check?.form !== "required-setting") continue;
    const reachesAside = asideReached(rule);
    const isOfRoot = /\broot\b/i.test(rule.text);
    // A rule for `web/**/*.ts` is one for the settings of `web/`.
    const folders = rule.scope.globs.map((glob) => /^(?:[^*?{[]*\/)?/.exec(glob)?.[0] ?? "");
    const isLoaded = (path: string) => folders.length === 0 || folders.some((folder) => path.startsWith(folder));
    const isNamed = (path: string) => path === check.file || (!isOfRoot && path.endsWith(`/${check.file}`));
    const named = files.filter(
      ({ path, text }) => isNamed(path) && isLoaded(path) && reachesAside(path) && !ofNoFiles.test(text),
    );
    const violations = named.flatMap((file) => settingFault(rule, check, file));
    const start = { line: 0, character: 0 };
    const places = named.map(({ path }) => ({ path, range: { start, end: start } }));
    report.set(rule, { matches: named.length, places, violations });
  }
  return report;
}

/** "files": []: what only refers to other projects compiles nothing. */
const ofNoFiles = /"files"\s{0,20}:\s{0,20}\[\s{0,20}\]/;

function settingFault(rule: Rule, { key, value }: RequiredSetting, { path, text }: ScriptFile): RuleViolation[] {
  const bare = text.slice(0, maxConfig);
  const at = bare.indexOf(`"${key}"`);
  const given = at < 0 ? undefined : /^\s{0,20}:\s{0,20}"?([\w.-]{1,40})/.exec(bare.slice(at + key.length + 2))?.[1];
  if (given === value || (given === undefined && bare.includes('"extends"'))) return [];
  const lineStarts = lineStartsOf(text);
  const span = at < 0 ? { start: 0, end: 0 } : { start: at, end: at + key.length + 2 };
  const claim =
    given === undefined
      ? `${code(path)} does not set ${code(key)}`
      : `${code(path)} sets ${code(key)} to ${code(given)}`;
  return [
    {
      rule,
      path,
      range: rangeOf(lineStarts, span),
      symbol: "",
      claim,
      message: messageOf(claim, rule),
      steps: [],
    },
  ];
}

function forbiddenWords(rule: Rule): ForbiddenWords[] {
  const check = rule.enforcement;
  if (check?.form !== "forbidden-command") return [];
  const loaded = rule.scope.globs.map(compileGlob);
  const isHeld = heldToConduct(rule, check);
  const place = placeMeant(rule) ?? "";
  const reachesAside = asideReached(rule);
  const governs = (path: string) =>
    isHeld(path) &&
    reachesAside(path) &&
    path.startsWith(place) &&
    (loaded.length === 0 || loaded.some((matches) => matches(path)));
  const commands = forbiddenCommands(check);
  return commands.length === 0 ? [] : [{ rule, check, commands, governs }];
}

function* violationsIn(checks: readonly ForbiddenWords[], file: ScriptFile): Generator<RuleViolation> {
  const { path, text } = file;
  const governing = checks.filter(({ governs }) => governs(path));
  if (governing.length === 0) return;
  const lineStarts = lineStartsOf(text);
  // What is done after that may be done there, as its makers want it.
  const cloned = /\bgit clone\b/.exec(text);
  const fetched = cloned ? cloned.index : text.length;
  for (const { text: written, start } of commandTexts(file, lineStarts)) {
    for (const command of commandsOn(written)) {
      for (const { rule, check, commands } of governing) {
        if (!runsAny(command, commands) || isNoProjectWork(command.words, check)) continue;
        if (isChoiceOfManager(check) && start > fetched) continue;
        if (check.without?.every((argument) => isGiven(argument, command.words))) continue;
        const span = { start: start + command.start, end: start + command.end };
        yield violation(rule, check, path, rangeOf(lineStarts, span), written.slice(command.start, command.end));
      }
    }
  }
}

/** Whether an argument is among words, `-s` also in `-sm`, `--level` also in `--level=high`. */
function isGiven(argument: string, words: readonly string[]): boolean {
  const letter = /^-([A-Za-z])$/.exec(argument)?.[1];
  return words.some(
    (word) =>
      word === argument ||
      word.startsWith(`${argument}=`) ||
      (letter !== undefined && (/^-[A-Za-z]+$/.test(word) ? word.includes(letter) : longForms[letter] === word)),
  );
}

/** What everybody writes in either way. */
const longForms: Readonly<Record<string, string>> = { s: "--signoff", S: "--gpg-sign", f: "--force", y: "--yes" };

/** Whether a package manager does what it does not do for the project that is to use another one. */
function isNoProjectWork(words: readonly string[], check: ForbiddenCommand): boolean {
  if (installsManager(words, check) || runsFile(words)) return true;
  if (!isChoiceOfManager(check)) return false;
  if (words[0] === "bun" && !changesPackages.test(words[1] ?? "")) return true;
  return words.some((word) => ofRegistry.test(word));
}

/** Whether a rule says which package manager works on the project; a product may run another one for its users. */
export function isChoiceOfManager({ commands, instead = [] }: ForbiddenCommand): boolean {
  return commands.every((command) => {
    const [program = "", verb] = command.split(/\s+/);
    return (managers.has(program) || packageTools.has(program)) && (verb === undefined || instead.length > 0);
  });
}

/** `bun run pier.ts` runs a file, and no script of the manifest. */
function runsFile([program, run, file = ""]: readonly string[]): boolean {
  return program === "bun" && run === "run" && /\.[cm]?[jt]sx?$/.test(file);
}

/** Bun also runs programs. */
const changesPackages = /^(?:i|install|add|remove|rm|update|upgrade)$/;
const packageTools = new Set(["pip", "pip3", "npx", "bunx"]);
/** What only one of them can, or says of itself, and tools for the whole machine. */
const ofRegistry =
  /^(?:publish|dist-tag|deprecate|unpublish|owner|access|whoami|login|logout|token|view|version|config|pack|-g|--global|--version|-V|--help|cache|--system)$/;

/** `npm install -g pnpm`, `pip install uv`: what is to be used has to come from somewhere. */
function installsManager(words: readonly string[], { commands }: ForbiddenCommand): boolean {
  const installed = words.at(-1)?.replace(/(?!^)[@=<>~].*$/, "") ?? "";
  return (
    managers.has(installed) && !commands.includes(installed) && words.some((word) => /^(?:install|i|add)$/.test(word))
  );
}

const managers = new Set(["pnpm", "yarn", "bun", "npm", "corepack", "uv", "poetry", "pdm", "pipenv", "hatch", "rye"]);

interface CommandText {
  text: string;
  start: number;
}

/** The parts of a file that are run. */
function* commandTexts(file: ScriptFile, lineStarts: readonly number[]): Generator<CommandText> {
  if (file.path.endsWith(".json")) {
    for (const { text, start } of namedScripts(file)) yield { text: text.slice(0, maxLine), start };
    return;
  }
  const isToml = file.path.endsWith(".toml");
  let inScripts = false;
  for (const [line, start] of lineStarts.entries()) {
    const end = Math.min(lineStarts[line + 1] ?? file.text.length, start + maxLine);
    const text = file.text.slice(start, end).trimEnd();
    if (isToml && text.startsWith("[")) inScripts = /scripts|tasks|poe\b/.test(text);
    if (isComment(text, file.path)) continue;
    if (!isToml) yield { text, start };
    else if (inScripts) yield { text: text.replace(/^[^=]*=/, (key) => " ".repeat(key.length)), start };
  }
}

/** A command that a manifest gives a name. */
export interface NamedScript extends CommandText {
  name: string;
}

/** The scripts of a `package.json`. */
export function* namedScripts({ text }: ScriptFile): Generator<NamedScript> {
  const block = /"scripts"\s*:\s*\{/.exec(text);
  if (!block) return;
  const pair = /\s*,?\s*"((?:[^"\\\n]|\\.)*)"(\s*:\s*)"((?:[^"\\\n]|\\.)*)"/y;
  pair.lastIndex = block.index + block[0].length;
  for (let match = pair.exec(text); match; match = pair.exec(text)) {
    const [, name = "", , command = ""] = match;
    yield { name, text: command, start: pair.lastIndex - 1 - command.length };
  }
}

function violation(rule: Rule, check: ForbiddenCommand, path: string, range: Range, text: string): RuleViolation {
  const instead = check.instead?.length ? ` instead of ${check.instead.map((name) => code(name)).join(" or ")}` : "";
  const claim = `${code(path)} runs ${code(text)}${instead}`;
  return { rule, path, range, symbol: "", claim, message: messageOf(claim, rule), steps: [] };
}

function isComment(line: string, path: string): boolean {
  if (path.endsWith(".bat")) return /^\s*(?:rem\b|::)/i.test(line);
  // "- { name: npm, version: 1 }" is a value of a matrix.
  if (/\.ya?ml$/.test(path) && /^\s*(?:-\s+)?(?:[\w-]+:\s+)?\{/.test(line)) return true;
  // A command that is only told about is not run.
  return /^\s*(?:#|@?echo\b|-?\s*(?:name|description|run-name):)/.test(line);
}

/** The programs and arguments that a check forbids, ready to be compared. */
export function forbiddenCommands({ commands }: ForbiddenCommand): readonly (readonly string[])[] {
  return commands
    .map(commandIn)
    .map(({ words, prefixes }) => (words.length > 0 ? words : prefixes.slice(0, 1)))
    .filter((words) => words.length > 0);
}

/** Whether words that are run are, or begin with, one of the forbidden commands. */
export function runsAny(
  { words, prefixes = [] }: Pick<Command, "words" | "prefixes">,
  forbidden: readonly (readonly string[])[],
): boolean {
  return forbidden.some(
    (command) => runs(words, command) || (command.length === 1 && prefixes.includes(command[0] as string)),
  );
}

interface Command {
  words: readonly string[];
  /** `sudo` and the like before them. */
  prefixes?: readonly string[];
  start: number;
  end: number;
}

/** The simple commands of a line; what YAML, JSON and make put around them separates them as operators do. */
function commandsOn(line: string): Command[] {
  const found: Command[] = [];
  for (const match of line.matchAll(/[^;&|"`(){}\n]+/g)) {
    const [text] = match;
    const bare = text.replace(
      /^\s*(?:-\s+)?(?:run|script|command|entry|cmd|cmds):\s*|^\s*(?:RUN|CMD|ENTRYPOINT)\s+|^\s*[-@]+\s*/,
      "",
    );
    const { words, prefixes } = commandIn(bare);
    if (words.length === 0) continue;
    const start = match.index + text.length - bare.length + (bare.length - bare.trimStart().length);
    found.push({ words, prefixes, start, end: match.index + text.trimEnd().length });
  }
  return found;
}

/** Without prompts, settings of variables and quotes. */
function commandIn(command: string): Required<Pick<Command, "words" | "prefixes">> {
  const words = command
    .trim()
    .replace(/^\$\s+/, "")
    .split(/[\s,]+/)
    .map((word) => word.replace(/^['"[]+|['"\]]+$/g, ""))
    .filter((word) => word !== "");
  const first = words.findIndex((word) => !/^(?:[A-Z_][A-Z0-9_]*=.*|sudo|env|exec|time|nohup|command)$/.test(word));
  const prefixes = first < 0 ? words : words.slice(0, first);
  return { words: first < 0 ? [] : words.slice(first), prefixes };
}

/** Whether a command runs what is forbidden: the same words in the same order, whatever stands between and after them. */
function runs(words: readonly string[], forbidden: readonly string[]): boolean {
  const [program = "", ...rest] = forbidden;
  const isPath = program.includes("/") || /\.\w+$/.test(program);
  const at = isPath ? words.findIndex((word) => samePath(word, program)) : sameProgram(words, program);
  if (at < 0) return false;
  let next = at + 1;
  for (const word of rest) {
    if (isPlaceholder(word)) continue;
    const found = words.indexOf(word, next);
    // A subcommand follows at once but for options; an option may stand anywhere.
    if (found < 0 || (!word.startsWith("-") && words.slice(next, found).some((between) => !between.startsWith("-"))))
      return false;
    if (!word.startsWith("-")) next = found + 1;
  }
  return true;
}

/** `npx jest` and `python -m pytest` run what they name. */
function sameProgram(words: readonly string[], program: string): number {
  if (words[0] === program) return 0;
  const runner = words[0] ?? "";
  const at = words.findIndex((word, i) => i > 0 && !/^(?:run|exec|-m|-y|--yes|dlx)$/.test(word));
  const starts = /^(?:npx|bunx|pnpx|uvx|pipx)$/.test(runner) || (/^python3?$/.test(runner) && words[1] === "-m");
  const runsIt =
    /^(?:poetry|uv|pdm|hatch|pipenv|rye|pnpm|yarn|bun)$/.test(runner) && /^(?:run|exec|dlx)$/.test(words[1] ?? "");
  return (starts || runsIt) && words[at] === program ? at : -1;
}

function samePath(word: string, path: string): boolean {
  const plain = (text: string) => text.replace(/^\.\//, "").replace(/\/$/, "");
  const [one, other] = [plain(word), plain(path)];
  return one === other || one.startsWith(`${other}/`) || one.endsWith(`/${other}`);
}

function isPlaceholder(word: string): boolean {
  return /^(?:<.*>|\.\.\.|…|\*|\[.*\])$/.test(word);
}
