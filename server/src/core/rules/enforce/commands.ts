import { code } from "../../base/markdown";
import { lineStartsOf, type Range, rangeOf } from "../../base/text";
import type { ForbiddenCommand, RequiredSetting } from "../check";
import { compileGlob } from "../glob";
import type { Rule } from "../rule";
import { asideReached, placeMeant } from "./codeScope";
import { heldToConduct } from "./conduct";
import { messageOf, type RuleOutcome, type RuleReport, type RuleViolation } from "./outcome";
import { overrulingAmong } from "./overruling";
import { commandTexts, type ScriptFile } from "./scriptFiles";
import { type Command, commandIn, commandsOn, runs } from "./shell";

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
        if (!runsAny(command, commands, { rule, check }) || isNoProjectWork(command.words, check)) continue;
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

function violation(rule: Rule, check: ForbiddenCommand, path: string, range: Range, text: string): RuleViolation {
  const instead = check.instead?.length ? ` instead of ${check.instead.map((name) => code(name)).join(" or ")}` : "";
  const claim = `${code(path)} runs ${code(text)}${instead}`;
  return { rule, path, range, symbol: "", claim, message: messageOf(claim, rule), steps: [] };
}

/** The programs and arguments that a check forbids, ready to be compared. */
export function forbiddenCommands({ commands }: ForbiddenCommand): readonly (readonly string[])[] {
  return commands
    .map(commandIn)
    .map(({ words, prefixes }) => (words.length > 0 ? words : prefixes.slice(0, 1)))
    .filter((words) => words.length > 0);
}

/** Whether words that are run are, or begin with, one of the commands that a rule forbids. */
export function runsAny(
  { words, prefixes = [] }: Pick<Command, "words" | "prefixes">,
  forbidden: readonly (readonly string[])[],
  { rule, check }: { rule: Rule; check: ForbiddenCommand },
): boolean {
  const isBare = (program: string) =>
    saysBare.test(rule.text) ||
    (check.instead?.some((way) => way.endsWith(` ${program}`) || / run$/.test(way)) ?? false);
  return forbidden.some(
    (command) =>
      (runs(words, command) && !(words[0] !== command[0] && isBare(command[0] ?? ""))) ||
      (command.length === 1 && prefixes.includes(command[0] as string)),
  );
}

/** "bare `pier`", "`uv run pier` instead of `pier`": what another program runs is fine. */
const saysBare = /\b(?:bare|naked)\b/i;
