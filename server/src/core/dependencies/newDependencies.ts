import type { DependencyApprovedEntry } from "../ledger/entry";
import type { Ledger } from "../ledger/signOffs";
import type { Person } from "../model/signOff";
import { type Manifest, readManifest } from "./manifest";

/** A dependency that no manifest declared before. */
export interface NewDependency {
  /** The manifest that declares it. */
  path: string;
  /** 1-based. */
  line: number;
  /** As its registry has it. */
  dependency: string;
  /** Who approves of it. */
  approved?: { by: Person; at: string; reason?: string };
}

/**
 * What a change makes the project depend on, with who has approved it in the ledger of the manifest.
 *
 * @param before texts of all manifests before the change, by path
 * @param after texts of those it touches
 */
export function newDependencies(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  ledger: Ledger,
): NewDependency[] {
  const known = new Set<string>();
  for (const [path, text] of before) for (const name of namesIn(readManifest(path, text))) known.add(name);
  const approvals = approvalsIn(ledger);
  const found: NewDependency[] = [];
  for (const [path, text] of after) {
    const manifest = readManifest(path, text);
    for (const dependency of manifest?.dependencies ?? []) {
      if (manifest && known.has(nameIn(manifest, dependency))) continue;
      const approval = approvals.get(`${path}\n${dependency}`);
      found.push({
        path,
        line: lineOf(text, dependency),
        dependency,
        ...(approval && {
          approved: {
            by: approval.who,
            at: approval.when,
            ...(approval.reason !== undefined && { reason: approval.reason }),
          },
        }),
      });
    }
  }
  return found;
}

function namesIn(manifest: Manifest | undefined): string[] {
  return manifest ? [...manifest.dependencies].map((name) => nameIn(manifest, name)) : [];
}

function nameIn({ registry }: Manifest, dependency: string): string {
  return `${registry} ${dependency}`;
}

/** By manifest and name; the latest counts. */
function approvalsIn({ lines }: Ledger): ReadonlyMap<string, DependencyApprovedEntry> {
  return new Map(
    lines.flatMap(({ entry, source }) =>
      entry.kind === "dependency-approved" ? [[`${source}\n${entry.dependency}`, entry] as const] : [],
    ),
  );
}

/** Where it is written: as a key, else as a word; its manifest may write it in another way than its registry. */
function lineOf(text: string, dependency: string): number {
  const wanted = dependency.slice(dependency.indexOf(":") + 1).toLowerCase();
  const lines = text.toLowerCase().split("\n");
  const key = lines.findIndex((line) => line.trimStart().startsWith(`"${wanted}":`));
  if (key >= 0) return key + 1;
  const isWord = (line: string) => line.split(/[\s"'(),;:<>=~![\]]+/).includes(wanted);
  return (
    Math.max(
      0,
      lines.findIndex((line) => isWord(line) || isWord(line.replace(/[-_.]+/g, "-"))),
    ) + 1
  );
}
