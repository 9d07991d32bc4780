import type { FileSummary } from "../../model/fileSummary";
import type { InstructionFile, Rule } from "../rule";

/** The words around a rule, from the heading above it to the next one; empty where its file is not known. */
export type SectionOf = (rule: Rule) => string;

/** Lines of a section on either side of a rule that still belong to it. */
const reach = 40;

export function sectionsIn(files: readonly InstructionFile[]): SectionOf {
  const lines = new Map<string, readonly string[]>();
  const texts = new Map(files.map(({ path, realPath, text }) => [realPath ?? path, text]));
  const linesOf = (path: string) => {
    let known = lines.get(path);
    if (!known) {
      known = texts.get(path)?.split(/\r\n|\r|\n/) ?? [];
      lines.set(path, known);
    }
    return known;
  };
  return ({ source: { path, line, endLine } }) => {
    const all = linesOf(path);
    let [first, last] = [line - 1, endLine - 1];
    while (first > 0 && line - 1 - first < reach && !isHeading.test(all[first - 1] ?? "")) first--;
    while (last + 1 < all.length && last - endLine < reach && !isHeading.test(all[last + 1] ?? "")) last++;
    return all.slice(first, last + 1).join("\n");
  };
}

const isHeading = /^#{1,6}\s/;

/** What the words around a ban leave out of it. */
export interface Allowances {
  names: ReadonlySet<string>;
  /** Files that the section names as the places for it, or kinds of files that it exempts. */
  isExempt(file: FileSummary): boolean;
}

/** @param isOfWay the ban says what to use instead, so that what else the section names is where that lives */
export function allowancesIn(section: string, isOfWay: boolean): Allowances {
  const names = new Set<string>();
  const kinds: RegExp[] = [];
  const homes = new Set<string>();
  const packages: string[] = [];
  for (const sentence of section.slice(0, maxSection).split(/(?<=[.!?])\s+|\n\s*(?:[-*+]|\d{1,3}[.)])\s+|\n{2,}/)) {
    if (permits.test(sentence) && !denies.test(sentence)) {
      const [before = ""] = sentence.split(permits, 1);
      for (const [, name = ""] of before.matchAll(/`([^`\n]{1,80})`/g)) names.add(name.replace(/\(.*$/s, ""));
      if (/\bfiles?\b|\bcode\b/i.test(before))
        for (const [word, files] of fileKinds) if (word.test(before)) kinds.push(files);
    }
    // "No direct `moor` - use the client in `lib/quay.ts`": what is said after the ban.
    const said = sentence
      .split(/\s[—–-]\s|;\s/)
      .filter((part) => !denies.test(part))
      .join(" ");
    for (const [, module = ""] of said.matchAll(/`from ([\w.]+) import [^`\n]{1,80}`/g))
      packages.push(packageOf(module));
    if (!isOfWay) continue;
    for (const [, path = ""] of said.matchAll(/`([\w@.+()[\]-]+(?:\/[\w@.+()[\]-]+)+\.\w{1,5})`/g)) homes.add(path);
  }
  return {
    names,
    isExempt: ({ path }) =>
      kinds.some((files) => files.test(path)) ||
      packages.some((folder) => folder.includes("/") && `/${path}`.includes(`/${folder}/`)) ||
      [...homes].some((home) => path === home || path.endsWith(`/${home}`) || isInPackage(path, home)),
  };
}

/** `quay.tides.gauge` is told of in `quay/tides/`. */
function packageOf(module: string): string {
  return module.split(".").slice(0, -1).join("/");
}

/** `packages/tide-client/` is the same thing as `lib/tide-client.ts`. */
function isInPackage(path: string, home: string): boolean {
  const [, name = ""] = /([\w-]+)\.\w+$/.exec(home) ?? [];
  return name.includes("-") && `/${path}`.includes(`/${name}/`);
}

const maxSection = 20_000;
const permits = /\b(?:is|are) (?:exempt\w*|allowed|permitted|excluded|fine|OK|okay)\b|\bmay be used\b/i;
const denies = /\b(?:not|never|no|avoid|don['’]t|forbidden|only)\b/i;
const fileKinds: readonly (readonly [RegExp, RegExp])[] = [
  [/\bbootstrap\b/i, /(?:^|\/)(?:bootstrap|instrumentation|main|setup)[\w.-]*\.\w+$/],
  [/\bconfig\w*\b/i, /[\w.-]+\.config\.\w+$|(?:^|\/)config\.\w+$/],
  [/\bscripts?\b/i, /(?:^|\/)scripts?\//],
  [/\btests?\b/i, /(?:^|\/)(?:tests?|__tests__|e2e|integration|[\w-]*setup)(?:\/|\.\w+$)|[._-](?:test|spec)\.\w+$/],
];
