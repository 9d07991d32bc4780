import { namedScripts, type ScriptFile } from "./scriptFiles";

/**
 * Whether a file is what a command writes: one that a task of a Makefile or a script of a manifest names, with those it
 * runs itself; a file of a generator, whatever runs it, where the task names none.
 *
 * @param isGenerated whether a file says of itself that it is
 */
export function writtenBy(
  command: string,
  scripts: readonly ScriptFile[],
  isGenerated: (path: string) => boolean,
): (path: string) => boolean {
  const named = pathsIn(textOfTask(command, scripts));
  const isNamed = (path: string) =>
    named.some(
      (each) => path === each || path.endsWith(`/${each}`) || `/${path}`.includes(`/${each.replace(/\/$/, "")}/`),
    );
  return (path) => isGenerated(path) || OF_GENERATORS.test(path) || isNamed(path);
}

/** Files that only tools write. */
const OF_GENERATORS =
  /\.pb(?:\.\w+)?\.\w+$|_pb2(?:_grpc)?\.pyi?$|[._](?:gen|generated)\.\w+$|(?:^|\/)zz_generated|_(?:gen|string|easyjson|templ)\.go$|\.(?:snap|lock)$|(?:^|\/)(?:go\.sum|package-lock\.json|pnpm-lock\.yaml|bun\.lockb)$|(?:^|\/)(?:generated|__generated__|gen|_gen|__snapshots__|mocks|crds?)\//;

/** What is run: the lines of the tasks that the command names, and of those that they name in turn. */
function textOfTask(command: string, scripts: readonly ScriptFile[]): string {
  const pending = tasksOf(command);
  const seen = new Set<string>();
  const texts: string[] = [];
  for (let name = pending.pop(); name !== undefined && seen.size < MAX_TASKS; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const text of scripts.flatMap((file) => taskIn(file, name as string))) {
      texts.push(text);
      pending.push(...tasksOf(text));
    }
  }
  return texts.join("\n");
}

const MAX_TASKS = 12;
const MAX_TASK = 4_000;

/** `make a b`, `npm run a`; of a task in a Makefile also what it needs first. */
function tasksOf(text: string): string[] {
  const runs = [...text.matchAll(/\b(?:make|just|task|(?:npm|pnpm|yarn|bun)(?: run)?)((?: [\w:.-]+){1,8})/g)];
  const needed = /^[\w.-]+:([^=\n]{1,300})$/m.exec(text)?.[1] ?? "";
  return `${runs.map(([, names = ""]) => names).join(" ")} ${needed}`
    .split(/\s+/)
    .filter((name) => /^[a-z][\w:.-]*$/.test(name));
}

function taskIn(file: ScriptFile, name: string): string[] {
  if (file.path.endsWith("package.json"))
    return [...namedScripts(file)].filter((script) => script.name === name).map(({ text }) => text.slice(0, MAX_TASK));
  if (!/(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$|[Jj]ustfile$/.test(file.path)) return [];
  const lines = file.text.split("\n");
  const at = lines.findIndex((line) => line.startsWith(`${name}:`) && !line.startsWith(`${name}:=`));
  if (at < 0) return [];
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line !== "" && !/^\s/.test(line));
  return [
    [(lines[at] ?? "").replace(/#.*$/, ""), ...rest.slice(0, end < 0 ? undefined : end)].join("\n").slice(0, MAX_TASK),
  ];
}

/** Files and folders in a task, but those that programs read or are. */
function pathsIn(text: string): string[] {
  const words = text.match(/[\w./@-]{4,200}/g) ?? [];
  return words
    .map((word) => word.replace(/^\.\//, ""))
    .filter(
      (word) => /^\w[\w.@-]*\/[\w./@-]+$/.test(word) && !/^(?:node_modules|hack|scripts|tools|bin|cmd)\//.test(word),
    )
    .filter((word) => !/\.(?:sh|js|mjs|cjs|ts|py|mk|rb|pl|com|io|org|dev)$|@v?\d|\.(?:com|io|org|dev)\//.test(word));
}
