import { code } from "../../base/markdown";
import { namedScripts, type ScriptFile } from "../enforce/scriptFiles";
import type { Rule } from "../rule";
import type { InstructionTexts, StaleFinding } from "./staleFinding";
import { closest, replacement } from "./suggestion";

interface Runner {
  /** What follows is the name of a script. */
  pattern: RegExp;
  what: string;
  /** Names of all scripts; `undefined` when they cannot all be known. */
  names(files: readonly ScriptFile[]): ReadonlySet<string> | undefined;
}

const name = String.raw`([\w][\w:.@/-]*)`;

const runners: readonly Runner[] = [
  {
    pattern: new RegExp(`^(?:npm|pnpm|yarn|bun) run ${name}`),
    what: "script",
    names: (files) => {
      const manifests = files.filter(({ path }) => /(?:^|\/)package\.json$/.test(path));
      if (manifests.length === 0) return undefined;
      return new Set(manifests.flatMap((file) => [...namedScripts(file)].map((script) => script.name)));
    },
  },
  {
    pattern: new RegExp(`^make ${name}$`),
    what: "make target",
    names: (files) => {
      const makefiles = files.filter(({ path }) => /(?:^|\/)(?:GNUm|M|m)akefile$|\.mk$/.test(path));
      const isKnown = (included: string) => makefiles.some(({ path }) => path.endsWith(included.replace(/^\.\//, "")));
      const includes = makefiles.flatMap(({ text }) =>
        [...text.matchAll(/^-?include\s+(.*)$/gm)].map(([, all = ""]) => all),
      );
      if (makefiles.length === 0 || makefiles.some(({ text }) => /^(?:[^#\t=]*%[^=]*:|\$\()/m.test(text)))
        return undefined;
      if (!includes.every((all) => all.trim().split(/\s+/).every(isKnown))) return undefined;
      return new Set(
        makefiles.flatMap(({ text }) =>
          [...text.matchAll(/^([\w./ -]{1,200}):(?!=)/gm)].flatMap(([, targets = ""]) => targets.trim().split(/\s+/)),
        ),
      );
    },
  },
  {
    pattern: new RegExp(`^just ${name}`),
    what: "recipe",
    names: (files) => {
      const justfiles = files.filter(({ path }) => /(?:^|\/)[Jj]ustfile$|\.just$/.test(path));
      if (justfiles.length === 0 || justfiles.some(({ text }) => /^(?:import|mod)\b/m.test(text))) return undefined;
      return new Set(
        justfiles.flatMap(({ text }) =>
          [...text.matchAll(/^(?:@|alias )?([\w-]{1,100})\b[^\n:=]{0,300}:=?/gm)].map(([, recipe = ""]) => recipe),
        ),
      );
    },
  },
];

/** Scripts and targets that rules tell to run and that no manifest has. */
export function staleCommands(
  rules: readonly Rule[],
  texts: InstructionTexts,
  files: readonly ScriptFile[],
): StaleFinding[] {
  const names = runners.map((runner) => runner.names(files));
  return rules.flatMap((rule) =>
    rule.polarity === "must-not"
      ? []
      : rule.scope.commands.flatMap((command): StaleFinding[] => {
          for (const [i, { pattern, what }] of runners.entries()) {
            const script = pattern.exec(command)?.[1];
            const known = names[i];
            // A filter or folder may lead to another manifest, a placeholder to any.
            if (
              script === undefined ||
              !known ||
              known.has(script) ||
              isDenied(rule.text, command) ||
              /\s(?:-C|-w|-F|--filter|--prefix|--workspace)\b/.test(command)
            )
              continue;
            if (known.size === 0) continue;
            return [finding(rule, script, what, command, known, texts)].flatMap((found) => found ?? []);
          }
          return [];
        }),
  );
}

/** "There is no `make moor` target on purpose": the rule knows. */
function isDenied(text: string, command: string): boolean {
  const at = text.indexOf(command);
  const from = Math.max(text.lastIndexOf(". ", at), 0);
  return at >= 0 && DENIES.test(text.slice(from, text.indexOf(". ", at) < 0 ? undefined : text.indexOf(". ", at)));
}

const DENIES =
  /\bthere (?:is|are|was|were) no\b|\bno longer\b|\b(?:does|do|did)(?: not|n['’]t) exist\b|\b(?:was|were|been) (?:removed|dropped)\b/i;

function finding(
  rule: Rule,
  script: string,
  what: string,
  command: string,
  known: ReadonlySet<string>,
  texts: InstructionTexts,
): StaleFinding | undefined {
  const whole = texts.rangeOf(rule, command);
  if (!whole) return undefined;
  const at = whole.start.character + command.indexOf(script);
  const isOneLine = whole.start.line === whole.end.line;
  if (!isOneLine) return undefined;
  const range = { start: { ...whole.start, character: at }, end: { ...whole.end, character: at + script.length } };
  const meant = closest(script, known);
  const message = `There is no ${what} ${code(script)}${meant === undefined ? "" : `; there is ${code(meant)}`}.`;
  const fixes = meant === undefined ? {} : { fixes: [replacement(rule.source.path, range, meant)] };
  return { kind: "command", rule, path: rule.source.path, range, message, steps: [], ...fixes };
}
