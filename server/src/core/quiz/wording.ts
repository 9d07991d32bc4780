import { liftedName } from "./isolate/gathering";
import type { Input, Program } from "./program";
import type { Outcome } from "./sandbox";

/** Inline code that holds backticks of its own. */
export function inCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

/** The call as it would stand in code: `arrange([3, 1], 2)`, `Berth(3).fits(4)`, `await load("a")`. */
export function callText(program: Program, symbol: string, input: Input): string {
  const { source, span } = program;
  const isAwaited = /^(?:@[^\n]*\n\s*)*(?:(?:public|private|protected|static|override)\s+)*async\b/.test(
    source.slice(span.start, Math.min(span.end, span.start + 2000)),
  );
  return `${isAwaited ? "await " : ""}${plainCall(program, symbol, input)}`;
}

function plainCall({ entry, language, captured }: Program, symbol: string, input: Input): string {
  if (captured) {
    const given = captured.map((name, i) => `${name} = ${input[i] ?? ""}`).join(", ");
    return `${liftedName(symbol.split(".").at(-1) ?? "")}(${input.slice(captured.length).join(", ")}) with ${given}`;
  }
  const method = /^\(self, \.\.\.rest\) => self\.([\w$]+)/.exec(entry)?.[1];
  const isMethod =
    method !== undefined || (language === "python" && entry.includes(".") && isConstructed(entry, input[0]));
  const [object = "", ...rest] = input;
  const name = symbol.split(".").at(-1) ?? symbol;
  return isMethod ? `${bracketed(object)}.${name}(${rest.join(", ")})` : `${entry}(${input.join(", ")})`;
}

function isConstructed(entry: string, object: string | undefined): boolean {
  const className = entry.slice(0, entry.lastIndexOf("."));
  return object?.startsWith(`${className}(`) ?? false;
}

function bracketed(object: string): string {
  return object.startsWith("new ") ? `(${object})` : object;
}

/** What somebody sees who makes a call, as Markdown. */
export function outcomeText(outcome: Outcome, parameters: readonly string[]): string {
  if (outcome.kind === "threw")
    return outcome.message === undefined || outcome.message.trim() === ""
      ? `raises ${inCode(outcome.type)}`
      : `raises ${inCode(outcome.type)}: ${inCode(firstLine(outcome.message))}`;
  if (outcome.kind === "stopped")
    return outcome.by === "steps" || outcome.by === "time" ? "never ends" : "runs out of memory";
  const changed = (outcome.changed ?? []).map(
    ({ index, text }) => `${inCode(parameters[index] ?? `argument ${index + 1}`)} is then ${inCode(text)}`,
  );
  const printed = outcome.printed === undefined ? [] : [`prints ${inCode(outcome.printed.trimEnd())}`];
  return [inCode(outcome.text), ...changed, ...printed].join("; ");
}

/** A message of many lines makes no option. */
function firstLine(message: string): string {
  const [first = "", ...rest] = message.trim().split(/\s*[\r\n]+\s*/);
  return rest.length > 0 ? `${first} ...` : message;
}
