/** A simple command. */
export interface Command {
  words: readonly string[];
  /** `sudo` and the like before them. */
  prefixes?: readonly string[];
  start: number;
  end: number;
}

/** The simple commands of a line; what YAML, JSON and make put around them separates them as operators do. */
export function commandsOn(line: string): Command[] {
  const found: Command[] = [];
  // "for chart in charts/*.sh": what is gone through is not run.
  const listed = /^\s*for\s+\w+\s+in\s[^;`(]*/.exec(line)?.[0].length ?? 0;
  for (const match of line.matchAll(/[^;&|"`(){}\n]+/g)) {
    const [text] = match;
    if (match.index < listed || isToldOf(line, match.index)) continue;
    // "${{ os }}-crate": what goes on after a value is no list item.
    if (/^-\w/.test(text) && line.slice(0, match.index).trim() !== "") continue;
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

/** `assert_contains "$log" "pier moor"`: a text that is handed to what looks for it or prints it. */
function isToldOf(line: string, at: number): boolean {
  const before = line.slice(0, at);
  if (!before.endsWith('"') || before.endsWith('\\"') || (before.match(/"/g)?.length ?? 0) % 2 === 0) return false;
  const [told = ""] = /[^;&|(){}`]*$/.exec(before) ?? [];
  return tells.test(told.replace(/^\s*(?:(?:-|if|while|until|then|do|else|!)\s+)*/, ""));
}

const tells =
  /^@?(?:printf|[efr]?grep|rg|\[\[?|test|[\w-]*(?:assert|expect|contain|log|info|warn|error|fail|die|say|print|note|usage|abort|msg|message)[\w-]*)\s/i;

/** Without prompts, settings of variables and quotes. */
export function commandIn(command: string): Required<Pick<Command, "words" | "prefixes">> {
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
export function runs(words: readonly string[], forbidden: readonly string[]): boolean {
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
