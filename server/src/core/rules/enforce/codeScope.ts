import { folderOf } from "../../base/paths";
import type { FileSummary } from "../../model/fileSummary";
import type { CodeCheck, CodeScope, ForbiddenCommand, ForbiddenText } from "../check";
import { compileGlob } from "../glob";
import { pathPatternOf } from "../pathPattern";
import type { Rule } from "../rule";

/** Whether a check looks at a file at all. */
export type CodeFilter = (file: FileSummary) => boolean;

/** Whether scripts and what runs on a command line may do what a check forbids: print, end the program. */
export function sparesAside({ text }: Rule, check: CodeCheck | ForbiddenCommand): boolean {
  // "Only in `main`" says itself where.
  if (check.form === "only-from") return false;
  return (isAboutOutput(check) || isAboutApi(check)) && !/\b(?:scripts?|cli|examples?|tools?)\b/i.test(text);
}

/** What a rule of one form is about when it does not say: most rules speak of the product, not of its tests. */
export function codeFilter(rule: Rule, check: CodeCheck | ForbiddenCommand): CodeFilter {
  const scope: CodeScope = "scope" in check ? (check.scope ?? {}) : {};
  const loaded = rule.scope.globs.map(compileGlob);
  const within = scope.paths?.map((path) => pathPatternOf(path).matches);
  const without = scope.exceptPaths?.map((path) => pathPatternOf(path).matches) ?? [];
  const tests = scope.tests ?? (speaksOfTests(rule, check) ? undefined : false);
  const place = placeMeant(rule);
  const spares = sparesAside(rule, check);
  const reachesTools = toolsReached(rule, scope);
  const reachesAside = asideReached(rule, scope);
  const known = new WeakMap<FileSummary, boolean>();
  const isGoverned: CodeFilter = ({ path, language, leftOut, isTest, head }) => {
    if (leftOut || isFixture.test(path) || !reachesAside(path) || (head !== undefined && isNotEdited.test(head)))
      return false;
    if (!reachesTools(path)) return false;
    if (tests !== undefined && tests !== (isTest || isTestSupport.test(path))) return false;
    if (scope.languages && !scope.languages.includes(language)) return false;
    if (loaded.length > 0 && !loaded.some((matches) => matches(path))) return false;
    if (place !== undefined && !path.startsWith(place)) return false;
    if (within && !within.some((matches) => matches(path))) return false;
    if (spares && !within && isAside.test(path)) return false;
    return !without.some((matches) => matches(path));
  };
  return (file) => {
    let governed = known.get(file);
    if (governed === undefined) {
      governed = isGoverned(file);
      known.set(file, governed);
    }
    return governed;
  };
}

/**
 * Whether a path is none of a hidden folder, which holds tools of agents and editors, or of one that the rule names.
 * Instructions in such a folder are mostly about the project.
 */
export function toolsReached(
  { scope: { globs, paths }, text }: Rule,
  scope: CodeScope = {},
): (path: string) => boolean {
  const named = [...globs, ...paths, ...(scope.paths ?? []), text].join(" ");
  return (path) => {
    const hidden = hiddenFolder.exec(path)?.[1];
    return hidden === undefined || named.includes(`${hidden}/`);
  };
}

const hiddenFolder = /(?:^|\/)(\.(?!(?:github|\.?)\/)[^/]+)\//;
/** Files that a tool writes, which do not all call themselves generated. */
const isNotEdited = /\bshould not be (?:manually )?edited\b|\bdo not (?:manually )?edit\b/i;

/**
 * Whether a path is none of a folder of code that shows, measures or once was, or of one that the rule is about: what
 * rules demand of the product nobody asks of an example.
 */
export function asideReached(
  { scope: { globs, paths }, source, text }: Rule,
  scope: CodeScope = {},
): (path: string) => boolean {
  const named = [...globs, ...paths, ...(scope.paths ?? []), source.path, text].join(" ").toLowerCase();
  return (path) => {
    if (isStory.test(path) && !/stor(?:y|ies)/.test(named)) return false;
    const folders = [...path.matchAll(shownFolders)].map(([, folder = ""]) => folder.toLowerCase());
    return folders.every((folder) => named.includes(folder.replace(/s$/, "")));
  };
}

/** What shows a component by itself. */
const isStory = /\.stories\.\w+$/;
const shownFolders =
  /(?<=^|\/)(examples?|samples?|demos?|playgrounds?|tutorials?|bench(?:marks?)?|migrations|cookbooks?|templates?|docs?|documentation|vendor(?:ed)?|archived?|_?spikes?|scratch)(?=\/)/gi;

/**
 * The folder that a document among the code speaks of when it is imported from elsewhere and read everywhere: its own,
 * of one that every folder may have, or where it says "here".
 */
export function placeMeant({ text, source }: Rule): string | undefined {
  const folder = folderOf(source.path);
  if (folder === "" || /(?:^|\/)(?:\.|docs?\/)/.test(`${folder}/`)) return undefined;
  return ofItsFolder.test(source.path) || saysHere.test(text) ? `${folder}/` : undefined;
}

const ofItsFolder = /(?:^|\/)(?:README|CONTRIBUTING|CLAUDE|AGENTS)(?:\.\w+)*$/;
const saysHere = /\bhere\b|\b(?:in|inside|within|of|from) this (?:folder|directory|package|module|layer|file)\b/i;

/** What tests read, and what nobody wrote. */
const isFixture = /(?:^|\/)(?:dist|testdata|fixtures?|__fixtures__|__snapshots__|snapshots|generated|__generated__)\//i;
const isTestSupport = /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|spec|testutils?|testing|cypress|playwright)\//i;
/** Where printing is the point, and what nobody else uses. */
export const isAside =
  /(?:^|\/)(?:\.github|scripts?|(?<!\b(?:internal|pkg|src|lib)\/)tools?|examples?|samples?|demos?|docs?(?:[-_]src)?|bench(?:marks?)?|migrations?|hack|bin|cli|cmd)\/|(?:^|\/)(?:setup|manage|cli|__main__|gulpfile|[\w.-]+\.config)\.[cm]?[jt]?[sp]?[xy]?$/i;

const testTools =
  /\b(?:jest|vitest|mocha|chai|sinon|enzyme|cypress|playwright|testing-library|testify|gomock|gomega|ginkgo|unittest|pytest|nose|junit|mockito|testng|assertj|hamcrest|xit|xtest|xdescribe|fit|fdescribe|(?:it|test|describe)\.(?:only|skip))\b/i;

/** "Tests inject a fake" is a reason, "in tests" is a place. */
const aboutTests =
  /\b(?:in|inside|within|for|of|all|every|each|any|write|writing|across) (?:the |your |new |unit |integration |e2e |end-to-end )*(?:tests?|specs?)\b|^(?:\W*)tests?\b|\btest (?:files?|code|functions?|cases?|suites?|helpers?)\b|\bmock(?:s|ing)?\b/i;

/** Whether a rule is about tests as well. */
export function speaksOfTests({ text, scope }: Rule, check: CodeCheck | ForbiddenCommand | ForbiddenText): boolean {
  if ("subject" in check && /^test/.test(check.subject.kind)) return true;
  if ("names" in check && check.names.some((name) => testTools.test(name))) return true;
  return aboutTests.test(text) || scope.globs.some((glob) => /test|spec/i.test(glob));
}

const output =
  /^(?:console(?:\.|$)|print(?:ln|f)?$|pprint|fmt\.(?:Print|\*)|log\.(?:Print|\*)|System\.(?:out|err)|dump$|var_dump$|println$|os\.Exit$|process\.exit$|sys\.exit$)/;

/** What is public is what others build on. */
function isAboutApi(check: CodeCheck | ForbiddenCommand): boolean {
  return check.form === "required-companion" && check.subject.exported === true;
}

function isAboutOutput(check: CodeCheck | ForbiddenCommand): boolean {
  return "names" in check && Array.isArray(check.names) && check.names.some((name) => output.test(name));
}
