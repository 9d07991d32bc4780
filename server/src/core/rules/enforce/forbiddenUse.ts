import { escapeRegExp } from "../../base/escapeRegExp";
import { code } from "../../base/markdown";
import { lineAt, rangeOf, type Span } from "../../base/text";
import type { FileSummary, Flow, FunctionSummary } from "../../model/fileSummary";
import { flowsInside } from "../../model/fileSummary";
import type { FindingFix } from "../../model/finding";
import { functionsAround } from "../../model/graph/graphFunction";
import { functionIds } from "../../model/link/links";
import { isScript } from "../../model/scripts";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { ForbiddenUse } from "../check";
import { pathPatternOf } from "../pathPattern";
import type { Rule } from "../rule";
import { fileName, isHandler } from "./declarations";
import { leadsInto } from "./folders";
import type { WorkspaceContext, WorkspaceForm } from "./form";
import { lacksWhatItNeeds, lackText } from "./incompleteCalls";
import type { Use } from "./nameUses";
import { type Governed, subjectOf } from "./outcome";
import { definesReplacement, partsOfReplacement, replacements } from "./replacement";
import { type Allowances, allowancesIn } from "./section";
import { isInTransaction } from "./transactions";

/** What is not called, imported, or named. */
export const forbiddenUse: WorkspaceForm<ForbiddenUse> = {
  namesOf: ({ names, inside }) => [...names, ...(inside?.functions ?? [])],
  check(check, { model, rule, governs, uses, section }) {
    const isInside = insideOf(check, { model, uses });
    const replacing = replacements(check);
    const parts = partsOfReplacement(model, check);
    const isHome = homeFilter(check, rule);
    const leads = leadsInto(model, rule, check);
    const ways = waysNamed(check, rule);
    const asksForRelative = /\brelative imports?\b/i.test(rule.text) && check.form === "forbidden-import";
    const allowed = allowancesIn(section, hasWay(check, rule));
    const found = check.names
      .flatMap((name) => uses.of(name))
      .filter(
        (use) =>
          governs(use.file) &&
          !isHome(use.file) &&
          !isWithinItself(check, use) &&
          leads(use) &&
          !isHandedOn(rule, use) &&
          !allowed.isExempt(use.file) &&
          !isAllowed(allowed, use) &&
          !isSetUp(check, rule, use) &&
          isOfForm(check, use) &&
          isGiven(check, use) &&
          lacksWhatItNeeds(check, use) &&
          isInside(use) &&
          !isOfOtherModule(use) &&
          !(isOfGlobals(check, rule) && isImported(use)) &&
          !isOfPlatform(check, use) &&
          !(asksForRelative && isRelative(use)) &&
          !isWithin(ways, use) &&
          !check.instead?.includes(use.written) &&
          !isMeantToPrint(use) &&
          (!isOfDecorators(check, rule) || decorates(use)) &&
          !parts.has(use.file.path.replace(/\.\w+$/, "")) &&
          !definesReplacement(model, use, replacing),
      );
    return onePerPlace(found).map((use): Governed => {
      const claim = `${subjectOf(use.file, use.fn)} ${check.inside?.place === "throw" ? "throws" : verb(use)} ${code(use.written)}${lackText(check)}${insteadText(check)}`;
      const offence = { claim, file: use.file, fn: use.fn, span: use, fixes: fixesOf(check, use) };
      return { file: use.file, span: use, offence };
    });
  },
};

function isOfForm({ form }: ForbiddenUse, { kind, file, fn, targets }: Use): boolean {
  if (form === "forbidden-import") return kind === "import";
  // A function that calls itself is not what keeps it in use.
  if (fn >= 0 && targets.includes(functionIds(file)[fn] as string)) return false;
  return form === "forbidden-name" || kind === "call";
}

/** Whether a call is given what makes it wrong, itself and not by a call among its arguments. */
function isGiven({ given }: ForbiddenUse, { file, fn, start, end }: Use): boolean {
  if (given === undefined) return true;
  const calls = file.functions[fn]?.calls ?? file.calls;
  const isOfOther = (at: Span) =>
    calls.some((other) => start < other.start && other.end <= end && other.start <= at.start && at.end <= other.end);
  return (file.flags ?? []).some(
    (flag) =>
      start <= flag.start &&
      flag.end <= end &&
      given.some((each) => each.toLowerCase() === `${flag.name}=${flag.value}`.toLowerCase()) &&
      !isOfOther(flag),
  );
}

/** "Use relative imports within `tide/`": its own modules are meant as others would write them. */
function isRelative({ file, start }: Use): boolean {
  return file.imports.some((each) => each.start === start && each.module.startsWith("."));
}

type Inside = Pick<WorkspaceContext, "model" | "uses">;

function insideOf({ inside }: ForbiddenUse, { model, uses }: Inside): (use: Use) => boolean {
  if (!inside) return () => true;
  const { functions, place } = inside;
  const wanted = new Set(functions?.flatMap((name) => [...(uses.meaning(name)?.functions ?? [])]));
  const callers = (functions ?? []).flatMap((name) => uses.of(name)).filter(({ kind }) => kind === "call");
  return (use) => {
    const { file, fn, call } = use;
    if (functions) {
      const isWritten = fn >= 0 && functionIdsAround(file, fn).some((id) => wanted.has(id));
      if (!isWritten && !callers.some((caller) => isHandedTo(caller, use))) return false;
    }
    return place === undefined || (fn >= 0 && isAt(place, model, file, fn, call));
  };
}

/** Whether a use stands in what a call is given: `db.transaction(() => charge())`. */
function isHandedTo(caller: Use, { file, start, end }: Use): boolean {
  return caller.file === file && caller.start < start && end <= caller.end;
}

function functionIdsAround(file: FileSummary, fn: number): string[] {
  const ids = functionIds(file);
  return functionsAround(file, fn).map((around) => ids[file.functions.indexOf(around)] as string);
}

type PlaceInside = NonNullable<NonNullable<ForbiddenUse["inside"]>["place"]>;

function isAt(place: PlaceInside, model: WorkspaceModel, file: FileSummary, fn: number, call?: number): boolean {
  const summary = file.functions[fn];
  switch (place) {
    case "loop":
      return call !== undefined && isInLoop(summary?.flow ?? [], call, false);
    case "async":
      return summary?.modifiers.includes("async") ?? false;
    case "constructor":
      return summary?.form === "constructor";
    case "throw":
      return call !== undefined && summary !== undefined && isThrown(summary, summary.flow, call);
    case "catch":
      return call !== undefined && isCaught(summary?.flow ?? [], call, false);
    case "transaction":
      return call !== undefined && isInTransaction(file, fn, call);
    case "handler":
      return isHandler(model, file, fn);
  }
}

/** Whether a call makes what the statement around it throws. */
function isThrown(fn: FunctionSummary, flow: readonly Flow[], call: number): boolean {
  const start = fn.calls[call]?.start ?? -1;
  return flow.some((node, i) => {
    if (typeof node === "number") return false;
    if (node.kind === "exit") return node.form === "throw" && node.start <= start && flow[i - 1] === call;
    return flowsInside(node).some((inner) => isThrown(fn, inner, call));
  });
}

function isInLoop(flow: readonly Flow[], call: number, inLoop: boolean): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return inLoop && node === call;
    return flowsInside(node).some((inner) => isInLoop(inner, call, inLoop || node.kind === "loop"));
  });
}

/** Whether a call stands in what is done with a caught exception. */
function isCaught(flow: readonly Flow[], call: number, inCatch: boolean): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return inCatch && node === call;
    return flowsInside(node).some((inner) =>
      isCaught(inner, call, inCatch || (node.kind === "try" && node.catches.some((arm) => arm === inner))),
    );
  });
}

/**
 * What a rule names as the way to what it forbids, whose own body has to use it: `_connect` of "Connect through
 * `_connect()`, do not call `sqlite3.connect`". By its last name.
 */
function waysNamed({ names, inside }: ForbiddenUse, { text }: Rule): ReadonlySet<string> {
  const ways = new Set<string>();
  if (inside) return ways;
  for (const { 1: written = "", index } of text.matchAll(/`([^`\n]{1,80})`/g)) {
    const name = written.replace(/\(.*$/s, "");
    const last = /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(name)?.[0];
    const clause =
      text
        .slice(Math.max(0, index - 80), index)
        .split(/[.;:!?,—–]\s/)
        .at(-1) ?? "";
    if (last === undefined || names.includes(name)) continue;
    const wrapping = wraps.test(text.slice(index + written.length + 2, index + written.length + 60));
    if (wrapping || (leadsThrough.test(clause) && !denies.test(clause))) ways.add(last);
  }
  return ways;
}

const leadsThrough = /\b(?:through|via|uses?|using|prefer|goes|go to|calls?|wrapped (?:by|in)|except|outside|only)\b/i;
/** "`hail` wraps `call`" */
const wraps = /^ (?:wraps|delegates to|is (?:a|the|our) (?:thin )?wrapper (?:around|of|for|over))\b/;
const denies = /\b(?:not|never|no|avoid|without|don['’]t)\b(?!.*\b(?:except|outside|through|via|use)\b)/i;

function isWithin(ways: ReadonlySet<string>, { file, fn }: Use): boolean {
  if (ways.size === 0 || fn < 0) return false;
  return functionsAround(file, fn).some(({ name, typeName }) => ways.has(name) || ways.has(typeName ?? ""));
}

/** A program's own words: what `main`, a console or `printTable` writes to the terminal is no forgotten log. */
function isMeantToPrint({ name, file, fn }: Use): boolean {
  if (!printing.test(name)) return false;
  if (saysThatItPrints.test(fileName(file.path))) return true;
  return (
    fn >= 0 &&
    functionsAround(file, fn).some(({ name: own, typeName = "" }) => prints.test(own) || ofConsole.test(typeName))
  );
}

const printing = /^(?:console\.(?:log|info|table)|print(?:ln|f)?|fmt\.(?:Print|\*)\w*|System\.out(?:\..*)?)$/;
const prints = /^(?:main$|_?(?:print|dump|show|display|usage|help|report)(?![a-z]))/;
const ofConsole = /Console|Terminal|Cli$|CLI|Printer|Command$/;
const saysThatItPrints = /(?:^|[._-])(?:cli|console|terminal|printer)(?=[._-]|$)/i;

/**
 * A function that a file calls by a name of its own choice: `import json from "@rollup/plugin-json"` is no `json` that a
 * rule names. What stands in for a function of the platform bears its name: `cross-fetch`.
 */
function isOfOtherModule({ kind, name, written, targets, file }: Use): boolean {
  if (kind !== "call" || written !== name || targets.length > 0) return false;
  const imported = file.imports.find(({ localName }) => localName === written);
  if (!imported || !isScript(file.language)) return false;
  const { module, member } = imported;
  if ((member !== undefined && member !== "default") || /^[.~#]|^@\//.test(module)) return false;
  const own = module.split("/").at(-1)?.replace(standsIn, "") ?? "";
  return own !== name && !own.startsWith(`${name}-`);
}

/** "No global `fetch`", "the built-in `fetch`": who imports one by that name has another. */
function isOfGlobals({ names }: ForbiddenUse, { text }: Rule): boolean {
  return names.every((name) => webGlobals.has(name) || ofGlobals(name).test(text));
}

/** Who imports something of that name means another thing. */
const webGlobals = new Set("Response Request Headers Image Event Option Notification Text Range Selection".split(" "));

function ofGlobals(name: string): RegExp {
  return new RegExp(
    String.raw`\b(?:global|globalThis|built-in|builtin|native|platform)\s+\`?${escapeRegExp(name)}\b`,
    "i",
  );
}

function isImported({ written, file: { imports } }: Use): boolean {
  const [root] = written.split(".");
  return imports.some(({ localName }) => localName === root);
}

/** `javax.*` beside `jakarta.*` is what has moved there; the rest is of Java itself. */
function isOfPlatform({ instead = [] }: ForbiddenUse, { name, written, file: { imports } }: Use): boolean {
  if (name !== "javax.*" || !instead.some((way) => way.startsWith("jakarta"))) return false;
  const [root] = written.split(".");
  const imported = imports.find(({ localName }) => localName === root);
  return ofJava.test(imported ? `${imported.module}.${imported.member ?? ""}` : written);
}

const ofJava =
  /^javax\.(?:accessibility|annotation\.processing|crypto|imageio|lang|management|naming|net|print|rmi|script|security\.(?:auth(?!\.message)|cert|sasl)|smartcardio|sound|sql|swing|tools|transaction\.xa|xml\.(?!bind|ws|soap))/;

const standsIn = /^(?:node|cross|isomorphic|universal)-(?:un)?/;

/** "Use the helpers of `tides/clock.py`": a file that a rule names without being about it is where it is done right. */
function homeFilter({ scope }: ForbiddenUse, rule: Rule): (file: FileSummary) => boolean {
  const about = [...(scope?.paths ?? []), ...rule.scope.globs];
  const homes = rule.scope.paths.filter((path) => /\.\w+$/.test(path) && !path.includes("*") && !about.includes(path));
  const patterns = homes.map(pathPatternOf);
  return ({ path }) => patterns.some(({ matches }) => matches(path));
}

/** "Nothing is to depend on `pkg/old/`" does not forbid its parts to depend on each other. */
function isWithinItself({ form }: ForbiddenUse, { name, file: { path } }: Use): boolean {
  if (form !== "forbidden-import") return false;
  const folder = name.replace(/^(?:\.{0,2}|[@~])\/|\/?\**$/g, "").replaceAll(/(?<=\w)\.(?=\w)/g, "/");
  return folder.includes("/") && `/${path}`.includes(`/${folder}/`);
}

/** "Never import `tides` directly": a module that hands on what it takes from there, or wraps it, is the way to it. */
function isHandedOn({ text }: Rule, { kind, file, start }: Use): boolean {
  if (kind !== "import" || !/\bdirectly\b/i.test(text)) return false;
  const taken = file.imports.filter((each) => each.start === start);
  const own = [...file.functions, ...file.types, ...file.constants];
  return taken.some(({ exported, member }) => exported || own.some(({ name }) => name === member));
}

/** Whether a ban has something else that is to be used, which has to build on what is forbidden. */
function hasWay({ form, instead = [] }: ForbiddenUse, { text }: Rule): boolean {
  return form !== "forbidden-import" && (instead.length > 0 || /\bdirect(?:ly)?\b/i.test(text));
}

/** `process.env.TIDE_TABLE` by the name of its last part, or by a longer one. */
function isAllowed({ names }: Allowances, { written }: Use): boolean {
  if (names.size === 0) return false;
  const parts = written.split(".");
  return parts.some((_, i) => i > 0 && names.has(parts.slice(i).join("."))) || names.has(written);
}

/** `sentry.client.config.ts` sets up what nobody else is to call directly. */
function isSetUp(check: ForbiddenUse, rule: Rule, { file: { path }, name }: Use): boolean {
  const [, library] = /^([\p{L}\p{N}_$]+)\.\*$/u.exec(name) ?? [];
  if (library === undefined || !hasWay(check, rule)) return false;
  return fileName(path).toLowerCase() === library.toLowerCase();
}

/** "Never `@harbourTask`" is about what is decorated so, and not about the object of that name. */
function isOfDecorators({ form, names }: ForbiddenUse, { text }: Rule): boolean {
  return form === "forbidden-name" && names.every((name) => text.includes(`@${name}`));
}

function decorates({ kind, name, file: { functions, types } }: Use): boolean {
  if (kind === "import") return false;
  const last = name.split(".").at(-1) as string;
  const isIt = (decorator: string) =>
    decorator
      .replace(/[(\s].*$/s, "")
      .split(/[@.]/)
      .includes(last);
  return functions.some(({ decorators }) => decorators.some(isIt)) || types.some(({ decorated }) => decorated);
}

/** A call is also a reference, a name may match in several ways, and an import may take many names of one module. */
function onePerPlace(uses: readonly Use[]): Use[] {
  const byPlace = new Map<string, Use>();
  for (const use of uses.toSorted((a, b) => a.start - b.start)) {
    const key = use.kind === "import" ? `${use.name} ${use.file.path}` : `${use.start} ${use.file.path}`;
    if (use.kind === "import" && byPlace.has(key)) continue;
    if (byPlace.get(key)?.kind !== "call") byPlace.set(key, use);
  }
  return [...byPlace.values()];
}

function verb({ kind, targets, written, name }: Use): string {
  if (kind === "import") return "imports";
  if (kind === "reference") return "uses";
  const last = name.replace(/\W+$/, "").split(/\W/).at(-1) ?? "";
  return targets.length > 0 && !written.includes(last) ? `reaches ${code(name)} through` : "calls";
}

function insteadText({ instead }: ForbiddenUse): string {
  return instead && instead.length > 0 ? ` instead of ${instead.map((name) => code(name)).join(" or ")}` : "";
}

const plainName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Only a plain name for a plain name, where both stand in the text as they are. */
function fixesOf({ names, instead = [] }: ForbiddenUse, { kind, written, start, file }: Use): FindingFix[] {
  const [replacement, ...others] = instead;
  if (kind !== "call" || replacement === undefined || others.length > 0) return [];
  if (!plainName.test(replacement) || !plainName.test(written) || !names.includes(written)) return [];
  // `new Date()` begins with a word of the language.
  if (/^\p{Lu}/u.test(written) && file.language !== "go") return [];
  const span = { start, end: start + written.length };
  if (lineAt(file.lineStarts, span.start) !== lineAt(file.lineStarts, span.end)) return [];
  const edit = { path: file.path, range: rangeOf(file.lineStarts, span), newText: replacement };
  return [{ title: `Use ${code(replacement)} instead`, edits: [edit] }];
}
