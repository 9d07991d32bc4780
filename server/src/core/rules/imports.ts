import type { Nodes, Root } from "mdast";
import { parseInstructions, proseIn } from "./markdown";
import type { InstructionFile } from "./rule";

/** An `@path` outside code. It is an import only if the file exists: handles and package scopes look the same. */
export interface ImportCandidate {
  /** As written, backslashes before spaces removed. */
  path: string;
  /** 1-based. */
  line: number;
}

const IMPORT = /(?<=^|\s)@((?:\\ |[^\s\\"'`])+)/g;

const known = new WeakMap<InstructionFile, readonly ImportCandidate[]>();

/** Of one file, remembered as long as it is. */
export function importsOf(file: InstructionFile, parsed?: () => Root): readonly ImportCandidate[] {
  let found = known.get(file);
  if (found === undefined) {
    // Annotations stand in examples, which are sooner left out than parsed.
    found =
      /(?:^|\s)@/.test(file.text) && /(?:^|\s)@/.test(proseIn(file.text))
        ? importsIn(parsed?.() ?? parseInstructions(file.text))
        : [];
    known.set(file, found);
  }
  return found;
}

export function importsIn(root: Root): ImportCandidate[] {
  const found: ImportCandidate[] = [];
  const pending: Nodes[] = [root];
  while (pending.length > 0) {
    const node = pending.pop() as Nodes;
    if ("children" in node) for (const child of node.children.toReversed()) pending.push(child);
    if (node.type !== "text" || !node.value.includes("@")) continue;
    const first = node.position?.start.line ?? 1;
    node.value.split("\n").forEach((line, offset) => {
      for (const match of line.matchAll(IMPORT)) {
        found.push({ path: (match[1] as string).replaceAll("\\ ", " "), line: first + offset });
      }
    });
  }
  return found;
}

/**
 * The paths a candidate may mean, root-relative or from the user's home (`~/`): as written, then without the
 * punctuation that ends a sentence.
 */
export function importTargets(candidate: ImportCandidate, importer: string): string[] {
  const bare = candidate.path.replace(/[.,;:!?)\]]+$/, "");
  const directory = importer.split("/").slice(0, -1);
  return [...new Set([candidate.path, bare])]
    .map((path) => joinInside(directory, path))
    .filter((path) => path !== undefined);
}

/** `undefined` for what lies outside the root and the home: absolute paths, too many `..`. */
function joinInside(directory: readonly string[], path: string): string | undefined {
  if (path.startsWith("~/")) {
    const inHome = joinInside([], path.slice(2));
    return inHome && `~/${inHome}`;
  }
  if (path === "" || /^[~/\\]|^[A-Za-z]:/.test(path)) return undefined;
  const parts = [...directory];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
