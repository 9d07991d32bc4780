import { distance } from "fastest-levenshtein";
import { code } from "../../base/markdown";
import type { Range } from "../../base/text";
import type { FindingFix } from "../../model/finding";

const maxCandidates = 20_000;
const maxLength = 120;

/** The one name that was most likely meant: a letter or two apart, or the same words in another style. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length < 4 || name.length > maxLength) return undefined;
  const allowed = name.length >= 10 ? 2 : 1;
  const best: string[] = [];
  let least = allowed + 1;
  let looked = 0;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > allowed + 2) continue;
    if (++looked > maxCandidates) return undefined;
    const apart = plain(candidate) === plain(name) ? 0 : distance(candidate, name);
    if (apart > least || apart > allowed) continue;
    if (apart < least) best.length = 0;
    least = apart;
    if (!best.includes(candidate)) best.push(candidate);
  }
  return best.length === 1 ? best[0] : undefined;
}

function plain(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

export function replacement(path: string, range: Range, newText: string): FindingFix {
  return { title: `Did you mean ${code(newText)}?`, edits: [{ path, range, newText }] };
}
