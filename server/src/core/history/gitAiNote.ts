import { agentOfTool } from "./commitKind";
import { type LineRange, unionOf } from "./lineMap";

/** What a note in `refs/notes/ai` tells of one commit. */
export interface GitAiNote {
  /** The agent with the most lines, `undefined` when people wrote all that is attested. */
  agent: string | undefined;
  /** Lines agents wrote, in the commit's own lines, by path. */
  lines: ReadonlyMap<string, LineRange[]>;
}

/**
 * Reads an authorship log of git-ai, schema `authorship/3.0.0`: paths at the margin, below each the entries
 * `  <key> 1-10,15`, then `---` and JSON that says what the keys are. Keys that begin with `h_` are people. Whatever
 * does not have the form is left out; a note that was cut off keeps its lines.
 */
export function parseGitAiNote(text: string): GitAiNote | undefined {
  const end = /^---\s*$/m.exec(text);
  const lines = new Map<string, LineRange[]>();
  const byKey = new Map<string, number>();
  let path: string | undefined;
  let entries = 0;
  for (const line of text.slice(0, end?.index ?? text.length).split("\n")) {
    const entry = /^[ \t]+(\S+)[ \t]+(\d[\d,-]*)[ \t]*$/.exec(line);
    if (!entry) {
      if (/^\S/.test(line)) path = unquoted(line.trimEnd());
      continue;
    }
    if (path === undefined || ++entries > maxEntries) continue;
    const [, key = "", places = ""] = entry;
    if (key.startsWith("h_")) continue;
    const ranges = rangesOf(places);
    const id = key.split("::")[0] as string;
    byKey.set(id, (byKey.get(id) ?? 0) + ranges.reduce((sum, range) => sum + range.end - range.start, 0));
    lines.set(path, [...(lines.get(path) ?? []), ...ranges]);
  }
  if (entries === 0) return undefined;
  for (const [file, ranges] of lines) lines.set(file, unionOf(ranges));
  const [most] = [...byKey].sort((a, b) => b[1] - a[1]);
  return { agent: most && agentOfTool(toolOf(most[0], end ? text.slice(end.index + end[0].length) : "")), lines };
}

const maxEntries = 10_000;

function rangesOf(places: string): LineRange[] {
  return places.split(",").flatMap((place) => {
    const [from, to] = place.trim().split("-").map(Number);
    if (!from || (to !== undefined && !(to >= from))) return [];
    return [{ start: from, end: (to ?? from) + 1 }];
  });
}

function toolOf(key: string, json: string): string {
  try {
    const { prompts = {}, sessions = {} } = JSON.parse(json);
    const tool = (sessions[key] ?? prompts[key])?.agent_id?.tool;
    return typeof tool === "string" ? tool : "";
  } catch {
    return "";
  }
}

function unquoted(path: string): string {
  return /^".*"$/.test(path) ? path.slice(1, -1) : path;
}
