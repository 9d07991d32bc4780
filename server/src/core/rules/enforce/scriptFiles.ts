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

interface CommandText {
  text: string;
  start: number;
}

/** The parts of a file that are run. */
export function* commandTexts(file: ScriptFile, lineStarts: readonly number[]): Generator<CommandText> {
  if (file.path.endsWith(".json")) {
    for (const { text, start } of namedScripts(file)) yield { text: text.slice(0, maxLine), start };
    return;
  }
  const isToml = file.path.endsWith(".toml");
  let inScripts = false;
  let document: string | undefined;
  for (const [line, start] of lineStarts.entries()) {
    const end = Math.min(lineStarts[line + 1] ?? file.text.length, start + maxLine);
    const text = file.text.slice(start, end).trimEnd();
    if (isToml && text.startsWith("[")) inScripts = /scripts|tasks|poe\b/.test(text);
    if (document !== undefined) {
      if (text.trim() === document) document = undefined;
      continue;
    }
    if (isComment(text, file.path)) continue;
    document = documentOpenedBy(text);
    if (!isToml) yield { text, start };
    else if (inScripts) yield { text: text.replace(/^[^=]*=/, (key) => " ".repeat(key.length)), start };
  }
}

/** The word that ends the text which a line goes on to give to a program, unless that runs it. */
function documentOpenedBy(line: string): string | undefined {
  const [opening, tag] = /(?<!<)<<-?\s*\\?(["']?[A-Za-z_]\w*["']?)(?![\w<])/.exec(line) ?? [];
  if (opening === undefined || tag === undefined || runsItsInput.test(line)) return undefined;
  return tag.replace(/["']/g, "");
}

const runsItsInput = /^\s*(?:sudo\s+(?:-\S+\s+)*)?(?:bash|sh|zsh|dash|ash|ssh|su|docker|kubectl|RUN)\b/;

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

function isComment(line: string, path: string): boolean {
  if (path.endsWith(".bat")) return /^\s*(?:rem\b|::)/i.test(line);
  // "- { name: npm, version: 1 }" is a value of a matrix.
  if (/\.ya?ml$/.test(path) && /^\s*(?:-\s+)?(?:[\w-]+:\s+)?\{/.test(line)) return true;
  // A command that is only told about is not run.
  return /^\s*(?:#|@?echo\b|-?\s*(?:name|description|run-name):)/.test(line);
}
