import type { ChangeSubject } from "../../check";
import { folderOfRole } from "../place";

/**
 * The files that the plain words of a change are about: "changing a `.proto`", "API types are modified", "adding a crane";
 * `undefined` where they can be many things.
 */
export function filesChanged(change: string): ChangeSubject | undefined {
  const [, verb, object = ""] = CHANGES.exec(change) ?? [];
  const [, subject = "", what] = CHANGED.exec(change) ?? [];
  const [done, thing] = verb === undefined ? [what, subject] : [verb, object];
  if (done === undefined) return undefined;
  const words = thing.replace(/^(?:(?:an?|the|any|some|new|existing|our|your) )+/, "");
  const files = FILES.find(([pattern]) => pattern.test(words))?.[1];
  if (files !== undefined) return { paths: [...files] };
  const isNew = /^(?:add|creat|introduc)/.test(done) || /\bnew\b/.test(thing);
  const folder = isNew && !/\bor\b|,/.test(change) ? foldersCalled(words) : undefined;
  return folder === undefined ? undefined : { paths: [folder], added: true };
}

const CHANGES =
  /^(?:(?:you|we) )?((?:add|chang|modify|introduc|remov|renam|updat|edit|touch|alter|creat)(?:ing|e|s|es|ed)?(?:(?: or|,| and|\/) (?:add|chang|modify|introduc|remov|renam|updat|edit|delet)\w*)*) (?:changes )?(?:to |in |of )?(.+)$/;
const CHANGED =
  /^(.+?) (changes?|changed|(?:is|are|was|were|has been|have been|get|gets) (?:(?:added|changed|modified|updated|removed|renamed|introduced|created|edited)(?: or |, )?)+)$/;

/** "driver", "new drivers": files in a folder that is called so. */
export function foldersCalled(thing: string): string | undefined {
  const word = thing.replace(/^new /, "").replace(/s$/, "");
  if (HAVE_FOLDERS.has(word)) return `**/{${word}s,${word}${word === "command" ? ",cmd" : ""}}/**`;
  const role = /^[a-z]{4,}$/.test(word) ? folderOfRole(`${word}s`) : undefined;
  return role === undefined || OF_ANYTHING.test(word) ? undefined : `**/${role}/**`;
}

/** Things of which each is a file or folder, where they have a folder. */
const HAVE_FOLDERS = new Set(
  "adapter agent analyzer command connector detector driver example extension formatter handler integration linter locale middleware plugin provider skill tool workflow".split(
    " ",
  ),
);
/** Parts of a program that are added within files as well. */
const OF_ANYTHING = /^(?:feature|model|entity|migration|page|route|schema|helper|util|view|job|worker)$/;

/** Files that everybody calls so. */
const FILES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:proto|protobuf|\.proto)(?: (?:files?|definitions?|schemas?|messages?))?$|^protos?$/, ["**/*.proto"]],
  [/^graphql (?:schemas?|files?|queries|operations|documents)$/, ["**/*.{graphql,gql,graphqls}"]],
  [
    /^(?:open ?api|swagger)(?: (?:spec|specs|specification|schema|definition|definitions|file))?$/,
    ["**/{openapi,swagger}*.{yaml,yml,json}"],
  ],
  [/^prisma (?:schemas?|models?|files?)$/, ["**/*.prisma"]],
  [/^(?:crds?|crd types?|crd (?:definitions?|fields?|schemas?)|api types|kubebuilder markers)$/, ["**/*_types.go"]],
  [/^sql (?:queries|query files|files)$/, ["**/*.sql"]],
  [/^(?:go (?:modules|dependencies))$/, ["**/go.mod"]],
];
