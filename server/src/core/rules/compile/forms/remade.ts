import type { ChangeSubject } from "../../check";
import { isCommand, isPath } from "../../names";
import { type Sentence, wordsOf } from "../tokens";

/** What an order to run something asks for: the files it says that are written, those the command is known for, or its own. */
export function remadeBy(order: Sentence, change: string): ChangeSubject | undefined {
  if (LOCKS_AGAIN.test(wordsOf(order))) return { paths: [...LOCK_FILES] };
  const start = order.findIndex(({ kind, text }) => kind === "code" || !FILLERS.has(text));
  const at = order.findIndex(({ kind, text }) => kind === "code" && isRun(text));
  const command = order[at]?.text;
  const before = wordsOf(order.slice(start, at));
  const after = order.slice(at + 1);
  if (start < 0 || command === undefined || !(before === "" || RUNS.test(before) || REMAKES.test(before)))
    return undefined;
  if (order.some(({ kind, text }) => kind === "word" && LEAVES_OPEN.has(text))) return undefined;
  const known = OUTPUTS.find(([pattern]) => pattern.test(command))?.[1];
  const installs = /^to install\b/.test(wordsOf(after));
  if (known !== undefined)
    return !installs && (OF_PACKAGES.test(change) || known[0] === ".changeset/")
      ? { paths: [...known], madeBy: command }
      : undefined;
  const said = before + ASKS_AFTER.exec(wordsOf(after))?.[0];
  if (!(WRITES.test(command) || REMADE.test(said)) || ONLY_LOOKS.test(command)) return undefined;
  const files = after.flatMap(({ kind, text }) => (kind === "code" && isPath(text) ? [text] : []));
  const areWritten = /^(?:so (?:that )?|to (?:re)?(?:generate|new|build|sync|update|write|make)\w* )/.test(
    wordsOf(after),
  );
  return areWritten && files.length > 0 ? { paths: files, madeBy: command } : { madeBy: command };
}

/** A command, also of a tool that nobody has heard of: `tidegen write`. */
function isRun(text: string): boolean {
  return !isPath(text) && (isCommand(text) || /^[a-z][\w-]* [a-z][\w:-]*(?: [\w:./=@-]+)*$/.test(text));
}

const FILLERS = new Set(
  "also always then please you we must should be sure remember to make and do not forget it just simply".split(" "),
);
const RUNS =
  /^(?:(?:re-?)?run|(?:re-?)?running|execute|executing|use|call|invoke|followed by(?: running)?|follow up with)(?: the)?(?: [a-z-]+){0,2}$/;
/** "regenerate the client with" */
const REMAKES =
  /^(?:regenerat|generat|refresh|updat|rebuild|sync|tidy)\w*(?: [\w/,-]+){0,6} (?:with|via|by|using|\(|by running)(?: :)?$|^regenerat\w*(?: [\w/,-]+){0,3} :$|^regenerat\w* \($|^(?:add|create) an? changeset (?:with|via|using|by running|\()$/;
/** Tools whose name or task says that they write files. */
const WRITES =
  /\b(?:(?:re)?gen(?:erate[ds]?)?|codegen|manifests|sync|sqlc|protoc|mockgen|stringer|wire|templ|openapi\S*|graphql-codegen|i18n\S*|extract|makemessages|makemigrations|compile-proto|protos?|snapshots?|update-\S+|\S+-gen|gen-\S+|gen:\S+|\S+:gen(?:erate)?|\S+:sync|bindings)\b/;
const REMADE = /\b(?:regenerat|re-generat|generat)\w*\b|\bcommit the (?:result|output|generated|updated|diff)/;
/** "to regenerate the charts", "and commit the result" */
const ASKS_AFTER = /^(?:→ )?(?:to|and|so|which|commit) .*/;
const ONLY_LOOKS =
  /\bprisma generate\b|\b(?:check|verify|lint|fmt|format|test|tests|validate|diff|dry-run|vet)\b(?! generate\b)/;
const LEAVES_OPEN = new Set("if unless optionally optional or needed necessary appropriate".split(" "));

/** What the manifest of a project says. */
export const OF_PACKAGES =
  /\b(?:dependenc|deps?\b|packages?|modules?|libraries|imports?|lock ?files?|package\.json|go\.mod|pyproject)/;
const LOCKS_AGAIN = /^(?:also |always |then )*(?:re-?generate|update|refresh|commit) (?:the |all |any )?lock ?files?\b/;
const LOCK_FILES = [
  "**/*.lock",
  "**/*.lockfile",
  "**/*-lock.{json,yaml}",
  "**/go.sum",
  "**/bun.lockb",
  "**/packages.lock.json",
] as const;

/** What commands write that everybody has. */
const OUTPUTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bgo mod tidy\b|^(?:make|task|just) (?:.* )?tidy\b/, ["**/go.sum"]],
  [/\bchangeset(?: add)?$/, [".changeset/"]],
  [/^npm (?:install|i)$/, ["**/package-lock.json"]],
  [/^pnpm (?:install|i)$/, ["**/pnpm-lock.yaml"]],
  [/^yarn(?: install)?$/, ["**/yarn.lock"]],
  [/^bun install$/, ["**/bun.lock", "**/bun.lockb"]],
  [/^uv (?:lock|sync)$/, ["**/uv.lock"]],
  [/^poetry lock\b/, ["**/poetry.lock"]],
  [/^bundle install$/, ["**/Gemfile.lock"]],
];
