import type { WorkspaceModel } from "../../model/workspaceModel";
import { instructionPlaceOf } from "../instructionPlace";
import type { Rule } from "../rule";
import type { WorkspacePaths } from "./stalePaths";

/** Languages whose files declare names; one that is not in the model was not read. */
const declaring =
  /\.(?:astro|c|cc|clj|cljs|cpp|cs|cxx|dart|erb|ex|exs|fs|fsx|graphql|groovy|h|hpp|hs|jl|kt|kts|lua|m|mm|ml|mli|php|pl|prisma|proto|razor|rb|rs|scala|sol|svelte|swift|vue|zig)$/;

/** Whether what a rule names may stand in a file that is not analysed, below the folder it is written for. */
export function unreadBeside(paths: WorkspacePaths, model: WorkspaceModel): (rule: Rule) => boolean {
  const unread = [...paths.all].filter((path) => declaring.test(path) && !model.files.has(path));
  return ({ source }) => {
    const folder = instructionPlaceOf(source.path)?.directory ?? "";
    return unread.some((path) => folder === "" || path.startsWith(`${folder}/`));
  };
}

/** The examples in a document that import something: they, and the text about them, often come from a library's own pages. */
export function examplesOfLibraries(document: string): string[] {
  const fenced = document.split(/^[ \t>]*(?:```|~~~).*$/m).filter((_, i) => i % 2 === 1);
  return fenced.filter((example) => importing.test(example));
}

const importing = /^[ \t]*(?:import|from|use|using|#include)\s|\brequire\(/m;
