import type { Case } from "../explore";
import type { Program } from "../program";

/** Shorter ones are as quickly read as a name. */
const leastLength = 24;

/** A long argument that several calls have in common, under a name. */
export interface SharedObject {
  /** `berth = Berth(3, "north")` */
  line: string;
  /** A call with the name in place of the argument. */
  named(call: string): string;
}

/**
 * The object that all of some calls are made with, so that it has to be read once. None where a call may change its
 * arguments: under one name it would look as if the next one got what this one left.
 */
export function sharedObject({ language }: Program, cases: readonly Case[]): SharedObject | undefined {
  const [first] = cases;
  const isKept = cases.every(({ outcome }) => outcome.kind === "returned" && outcome.changed === undefined);
  if (!first || !isKept) return undefined;
  const shared = first.input.find(
    (text, i) =>
      text.length >= leastLength && classIn(text) !== undefined && cases.every(({ input }) => input[i] === text),
  );
  const className = shared === undefined ? undefined : classIn(shared);
  if (shared === undefined || className === undefined) return undefined;
  const isClass = shared.startsWith("class ");
  const name = isClass ? className : nameOf(className, language === "python");
  const isTaken = new RegExp(`(?<![\\w$])${name}(?![\\w$])`);
  const others = cases.flatMap(({ input }) => input.filter((text) => text !== shared));
  if (others.some((text) => isTaken.test(text))) return undefined;
  const line = isClass ? shared : `${language === "python" ? "" : "const "}${name} = ${shared}`;
  return { line, named: (call) => call.replace(`(${shared}).`, `${name}.`).split(shared).join(name) };
}

function classIn(text: string): string | undefined {
  return /^(?:new |class )?([A-Z]\w*)(?: \{|\()/.exec(text)?.[1];
}

/** `TidePlan` as a variable: `tide_plan`, `tidePlan`. */
function nameOf(className: string, isPython: boolean): string {
  const words = isPython ? className.replace(/(?<=[a-z\d])(?=[A-Z])/g, "_").toLowerCase() : className;
  return words.charAt(0).toLowerCase() + words.slice(1);
}
