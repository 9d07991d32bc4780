import { code } from "../../base/markdown";
import type { Invariant } from "../check";
import type { FileForm } from "./form";
import type { Governed } from "./outcome";

/** A name that has a value: `softDeathEnabled = false`. */
export const invariant: FileForm<Invariant> = function* ({ name, value }, file): Generator<Governed> {
  const wanted = lastName(name);
  const seen = new Set<number>();
  for (const variable of file.constants) {
    if (variable.name !== wanted || variable.value === undefined) continue;
    seen.add(variable.start);
    const isKept = sameValue(variable.value, value);
    const claim = `${code(variable.name)} is ${code(variable.value)} and not ${code(value)}`;
    yield { file, span: variable, ...(!isKept && { offence: { claim, file, fn: -1, span: variable } }) };
  }
  for (const setting of file.flags ?? []) {
    if (setting.name !== wanted || seen.has(setting.start)) continue;
    const isKept = sameValue(setting.value, value);
    const fn = file.functions.findLastIndex(({ start, end }) => start <= setting.start && setting.end <= end);
    const claim = `${code(setting.name)} is set to ${code(setting.value)} and not ${code(value)}`;
    yield { file, span: setting, ...(!isKept && { offence: { claim, file, fn, span: setting } }) };
  }
};

function lastName(name: string): string {
  return name.split(/[.#:]+/).at(-1) ?? name;
}

function sameValue(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(value: string): string {
  const bare = value.trim().replace(/^["'`](.*)["'`]$/, "$1");
  return /^(?:true|false)$/i.test(bare) ? bare.toLowerCase() : bare.replace(/(?<=\d)_(?=\d)/g, "");
}
