import { code } from "../../base/markdown";
import { functionsAround } from "../../model/graph/graphFunction";
import { functionIds } from "../../model/link/links";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import type { OnlyFrom } from "../check";
import { pathPatternOf } from "../pathPattern";
import { leadsInto } from "./folders";
import type { WorkspaceForm } from "./form";
import type { Use, UsesOfNames } from "./nameUses";
import { type Governed, subjectOf } from "./outcome";

/** What is called or imported only in certain functions, types or paths. */
export const onlyFrom: WorkspaceForm<OnlyFrom> = {
  namesOf: ({ names, from }) => [...names, ...(from.names ?? [])],
  check({ names, from }, { model, rule, governs, uses }) {
    const isAllowed = allowedFrom(from, model, uses);
    if (!isAllowed) return [];
    const homes = homesOf(names, model, uses);
    const leads = leadsInto(model, rule, {});
    const all = names
      .flatMap((name) => uses.of(name))
      .filter((use) => governs(use.file) && !homes.has(use.file.path) && !configures(use) && leads(use));
    const usedIn = new Set(all.flatMap(({ kind, file }) => (kind === "import" ? [] : [file.path])));
    // Whoever may use it has to import it; what is imported and used is told at its use.
    const found = all.filter(({ kind, file }) => kind !== "import" || (!from.names?.length && !usedIn.has(file.path)));
    return found.map((use): Governed => {
      const { file, fn } = use;
      if (isAllowed(use)) return { file, span: use };
      const verb = use.kind === "import" ? "imports" : use.kind === "call" ? "calls" : "uses";
      const where = [...(from.names ?? []), ...(from.paths ?? [])].map((name) => code(name)).join(" or ");
      const claim = `${subjectOf(file, fn)} ${verb} ${code(use.written)} outside ${where}`;
      return { file, span: use, offence: { claim, file, fn, span: use } };
    });
  },
};

/** `undefined` where nothing that is allowed exists: then the rule is about something else than it seems. */
function allowedFrom(
  { names = [], paths = [] }: OnlyFrom["from"],
  model: WorkspaceModel,
  uses: UsesOfNames,
): ((use: Use) => boolean) | undefined {
  const meanings = names.flatMap((name) => uses.meaning(name) ?? []);
  const functions = new Set(meanings.flatMap((meaning) => [...meaning.functions]));
  const types = new Set(meanings.flatMap((meaning) => [...meaning.types]));
  const patterns = paths.map((path) => pathPatternOf(path));
  const isInPath = (path: string) => patterns.some(({ matches }) => matches(path));
  const exists =
    functions.size > 0 || types.size > 0 || (patterns.length > 0 && [...model.files.keys()].some(isInPath));
  if (!exists) return undefined;
  return ({ file, fn }) => {
    if (isInPath(file.path)) return true;
    if (fn < 0) return false;
    const ids = functionIds(file);
    const module = model.modules.get(file.path);
    return functionsAround(file, fn).some(
      (around) =>
        functions.has(ids[file.functions.indexOf(around)] as string) ||
        (around.typeName !== undefined && types.has(`${module}.${around.typeName}`)),
    );
  };
}

/** `prisma.config.ts` is what the tool of that name reads. */
function configures({ name, file }: Use): boolean {
  return /(?:^|\/)([^/]+)\.config\.\w+$/.exec(file.path)?.[1]?.toLowerCase() === name.toLowerCase();
}

/** Where the names are declared: they are used there as well. */
function homesOf(names: readonly string[], model: WorkspaceModel, uses: UsesOfNames): ReadonlySet<string> {
  const functions = names.flatMap((name) => [...(uses.meaning(name)?.functions ?? [])]);
  return new Set(
    functions.flatMap((id) => {
      const linked = model.functions.get(id);
      return (linked && functionAt(model, linked)?.file.path) ?? [];
    }),
  );
}
