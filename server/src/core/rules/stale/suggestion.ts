import { distance } from "fastest-levenshtein";
import { code } from "../../base/markdown";
import type { Range } from "../../base/text";
import type { FindingFix } from "../../model/finding";

const maxCandidates = 20_000;
const maxLength = 120;

/** The one name that was most likely meant: a letter or two apart, or the same words in another style. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  const best: string[] = [];
  let least = Number.POSITIVE_INFINITY;
  let looked = 0;
  for (const candidate of candidates) {
    if (!isAsLong(name, candidate)) continue;
    if (++looked > maxCandidates) return undefined;
    const apart = lettersApart(name, candidate);
    if (apart === undefined || apart > least) continue;
    if (apart < least) best.length = 0;
    least = apart;
    if (!best.includes(candidate)) best.push(candidate);
  }
  return best.length === 1 ? best[0] : undefined;
}

/** How many letters another name is away; nothing where it is too many to have been meant, or where it is the same name. */
export function lettersApart(name: string, other: string): number | undefined {
  if (!isAsLong(name, other)) return undefined;
  const apart = plain(other) === plain(name) ? 0 : distance(other, name);
  return apart <= allowedFor(name) ? apart : undefined;
}

function isAsLong(name: string, other: string): boolean {
  if (name.length < 4 || name.length > maxLength || other === name) return false;
  return Math.abs(other.length - name.length) <= allowedFor(name) + 2;
}

function allowedFor(name: string): number {
  return name.length >= 10 ? 2 : 1;
}

function plain(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

export function replacement(path: string, range: Range, newText: string): FindingFix {
  return { title: `Did you mean ${code(newText)}?`, edits: [{ path, range, newText }] };
}
