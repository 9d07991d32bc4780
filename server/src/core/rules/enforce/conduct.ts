import type { ForbiddenCommand } from "../check";
import type { Rule } from "../rule";

/** Whether a rule about commands holds for the commands that the file at a path runs. */
export type CommandFilter = (path: string) => boolean;

/**
 * Some rules are about how to work, not about what a file may run: nobody is to push by hand what a workflow pushes,
 * and what is too slow for a check at the desk is what the workflow is there for.
 */
export function heldToConduct(rule: Rule, check: ForbiddenCommand): CommandFilter {
  if (ownWork.test(rule.text) || byHand.test(rule.text)) return () => false;
  const isConduct = check.commands.every((command) => publishes.test(command));
  const ways = waysNamed(rule, check);
  return (path) => !(isConduct && isAutomation.test(path)) && !ways.some((command) => isBehind(command, path));
}

/** What is to be run instead. */
function waysNamed({ text }: Rule, { commands, instead = [] }: ForbiddenCommand): string[] {
  const named = [...text.matchAll(/\b(?:use|run|via|through)\s+`([^`\n]{1,80})`/gi)].map(([, command = ""]) => command);
  return [...instead, ...named.filter((command) => !commands.includes(command))];
}

/** `make check-build` stands for the commands in the makefiles, which have to run what nobody else does. */
function isBehind(command: string, path: string): boolean {
  if (runners.some(({ runs, files }) => runs.test(command) && files.test(path))) return true;
  const [program = ""] = command.trim().replace(/^\.\//, "").split(/\s/);
  return program.includes("/") && (path === program || path.endsWith(`/${program}`));
}

const runners: readonly { runs: RegExp; files: RegExp }[] = [
  { runs: /^make(?:\s|$)/, files: /(?:^|\/)(?:GNUm|M|m)akefile$|\.mk$/ },
  { runs: /^just(?:\s|$)/, files: /(?:^|\/)[Jj]ustfile$|\.just$/ },
  { runs: /^task(?:\s|$)/, files: /(?:^|\/)Taskfile\.ya?ml$/ },
  // A package manager alone is a choice of one, not a command of the manifest.
  { runs: /^(?:npm|pnpm|yarn|bun)\s/, files: /(?:^|\/)package\.json$/ },
];

const ownWork =
  /\blocally\b|\b(?:when|while|before|after) (?:verifying|validating|iterating|exploring|debugging)\b|\b(?:let|leave (?:it|that|this|the rest) to) CI\b|\bCI (?:will |already )?(?:covers?|runs?|handles?|does)\b/i;

/** "Never run `x` directly": the scripts are what nobody is to go past. */
const byHand = /\b(?:run|use|call|invoke|execute)\b[^.;]{0,80}\bdirectly\b|\bdirectly (?:run|call|invoke|execute)\b/i;

/** What others see at once: history, branches, packages, images, environments. */
const publishes =
  /^(?:git|gh|glab|hub)\b|^(?:docker|podman|npm|pnpm|yarn|bun|cargo|twine|uv|poetry|gem|helm|kubectl|terraform|mvn|gradle|\.\/gradlew|goreleaser|semantic-release)\b.*\b(?:push|publish|upload|apply|deploy|release|upgrade)\b|^(?:goreleaser|semantic-release)\b/;

const isAutomation =
  /(?:^|\/)\.(?:github|circleci|gitlab|buildkite)\/|(?:^|\/)\.gitlab-ci\.yml$|(?:^|\/)\.?ci(?:[-_]\w+)?\/|(?:release|publish|deploy|bump)[\w.-]*(?:\/|$)/i;
