import { escapeRegExp } from "../base/escapeRegExp";
import type { WorkspaceModel } from "../model/workspaceModel";
import type { Check, ForbiddenUse } from "../rules/check";
import type { RuleOutcome } from "../rules/enforce/outcome";
import type { ScriptFile } from "../rules/enforce/scriptFiles";
import type { Rule } from "../rules/rule";
import { rulesFilePath } from "../rules/rulesFile";

/**
 * Beside what is being changed, a rule is told of place by place only where the code keeps it by and large: where many
 * places break it the code does not keep it, and nobody mends one because it is one of many.
 */
const few = 10;
const maxTold = 20;

/**
 * Whether the code keeps a rule by and large. Of a ban only the places that break it are known; a construct is one
 * wherever it stands, where a name may be another's.
 */
export function isKept({ form }: Check, { matches, violations }: RuleOutcome, oldPlaces: number): boolean {
  if (oldPlaces <= few) return true;
  const isCounted = matches > violations.length;
  return oldPlaces <= maxTold && (isCounted ? oldPlaces * 5 < matches : form === "forbidden-construct");
}

/**
 * Whether a check speaks of what is to be written rather than of what stands: a name that others use by now and that
 * its framework may demand, a command that a script runs for a reason, a text that may only speak of what it holds. A
 * rule in the team's own file is meant as it is checked.
 */
export function isOfNewCode({ source }: Rule, { form }: Check): boolean {
  if (source.path === rulesFilePath) return false;
  return form === "naming" || form === "forbidden-command" || form === "forbidden-text";
}

/**
 * Whether a ban's replacement is a package that the workspace has nowhere, neither imported nor in a manifest that lists
 * others: a rule that was taken over from another project. Where nothing is listed, nobody can tell.
 */
export function lacksReplacement(
  check: Check,
  model: WorkspaceModel,
  manifests: readonly ScriptFile[],
): check is ForbiddenUse {
  if (check.form !== "forbidden-import" || check.instead === undefined) return false;
  const packages = check.instead.filter((name) => /^@?[a-z][\w.-]*(?:\/[\w.-]+)?$/.test(name));
  if (packages.length === 0 || packages.length < check.instead.length) return false;
  const mentions = packages.map((name) => new RegExp(`(?:^|["'\\s])${escapeRegExp(name)}(?=$|["'\\s=<>~!;,[])`, "m"));
  if (!manifests.some(listsPackages)) return false;
  if (manifests.some(({ text }) => mentions.some((mention) => mention.test(text)))) return false;
  for (const { imports } of model.files.values())
    if (imports.some(({ module }) => packages.some((name) => isPartOf(name, module)))) return false;
  return true;
}

function listsPackages({ path, text }: ScriptFile): boolean {
  if (/(?:^|\/)requirements[\w.-]*\.txt$/.test(path)) return text.trim() !== "";
  if (/(?:^|\/)package\.json$/.test(path)) return /"(?:dev|peer)?[dD]ependencies"\s*:\s*\{\s*"/.test(text);
  return /(?:^|\/)(?:pyproject\.toml|Pipfile|setup\.(?:py|cfg)|go\.mod|pom\.xml|build\.gradle(?:\.kts)?)$/.test(path)
    ? /dependenc|^\s*require\b|install_requires|\[packages\]|\bimplementation\b/m.test(text)
    : false;
}

/** `assertj` in `org.assertj.core.api`, `httpx` in `httpx`, `zod` in `zod/v4`. */
function isPartOf(name: string, module: string): boolean {
  return module === name || module.startsWith(`${name}/`) || module.split(/[./]/).includes(name);
}
