import { goMachines, goSystems } from "../model/buildConstraint";
import type { SyntaxNode } from "../syntax/syntaxNode";

/**
 * The build constraint of a Go file, by its name and by the lines before its package clause, in the syntax of
 * `//go:build`; `undefined` where it is in every program (https://pkg.go.dev/cmd/go#hdr-Build_constraints).
 */
export function buildConstraintOf(path: string, root: SyntaxNode): string | undefined {
  const lines = leadingComments(root);
  const written = lines.find((line) => line.startsWith("//go:build "))?.slice("//go:build ".length);
  const older = written === undefined ? lines.flatMap((line) => /^\/\/\s*\+build\s+(.+)/.exec(line)?.[1] ?? []) : [];
  const parts = [...namedFor(path), ...(written === undefined ? [] : [written]), ...older.map(rewritten)];
  return parts.length > 1 ? parts.map((part) => `(${part.trim()})`).join(" && ") : parts[0]?.trim();
}

function leadingComments({ children }: SyntaxNode): string[] {
  const end = children.findIndex((node) => !node.isComment);
  return children.slice(0, Math.max(0, end)).map((node) => node.text.trim());
}

/** `tide_linux.go`, `tide_amd64_test.go`, `tide_linux_arm64.go`. */
function namedFor(path: string): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/(?:_test)?\.go$/, "");
  const parts = name.split("_").slice(1);
  const last = parts.at(-1) ?? "";
  if (goSystems.has(last)) return [last];
  if (!goMachines.has(last)) return [];
  const before = parts.at(-2) ?? "";
  return goSystems.has(before) ? [before, last] : [last];
}

/** `+build linux,!cgo darwin`, as it was written before Go 1.17: a space means or, a comma means and. */
function rewritten(options: string): string {
  return options
    .trim()
    .split(/\s+/)
    .map((option) => `(${option.split(",").join(" && ")})`)
    .join(" || ");
}
