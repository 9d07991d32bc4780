import { code } from "../../base/markdown";
import type { Invariant } from "../check";
import type { FileForm } from "./form";
import type { Governed } from "./outcome";

/** A name that has a value: `softDeathEnabled = false`. */
export const invariant: FileForm<Invariant> = function* (check, file): Generator<Governed> {
  const wanted = lastName(check.name);
  const words = `${check.bound ? check.bound.replace("-", " ") : ""} ${code(check.value)}`.trimStart();
  const seen = new Set<number>();
  for (const variable of file.constants) {
    if (variable.name !== wanted || variable.value === undefined) continue;
    seen.add(variable.start);
    const isKept = isKeptBy(check, variable.value);
    const claim = `${code(variable.name)} is ${code(variable.value)} and not ${words}`;
    yield { file, span: variable, ...(!isKept && { offence: { claim, file, fn: -1, span: variable } }) };
  }
  for (const setting of file.flags ?? []) {
    if (setting.name !== wanted || seen.has(setting.start)) continue;
    const isKept = isKeptBy(check, setting.value);
    const fn = file.functions.findLastIndex(({ start, end }) => start <= setting.start && setting.end <= end);
    const claim = `${code(setting.name)} is set to ${code(setting.value)} and not ${words}`;
    yield { file, span: setting, ...(!isKept && { offence: { claim, file, fn, span: setting } }) };
  }
};

function lastName(name: string): string {
  return name.split(/[.#:]+/).at(-1) ?? name;
}

/** What is no number keeps every bound: nobody can tell. */
function isKeptBy({ value, bound }: Invariant, found: string): boolean {
  if (!bound) return plain(found) === plain(value);
  const [limit, number] = [Number(plain(value)), Number(plain(found))];
  return Number.isNaN(number) || (bound === "at-most" ? number <= limit : number >= limit);
}

function plain(value: string): string {
  const bare = value.trim().replace(/^["'`](.*)["'`]$/, "$1");
  return /^(?:true|false)$/i.test(bare) ? bare.toLowerCase() : bare.replace(/(?<=\d)_(?=\d)/g, "");
}
