import { isDeepStrictEqual } from "node:util";
import { runInNewContext } from "node:vm";
import type { AskedQuestion } from "../../server/src/protocol/quizMessages";

/** The right option of a question about a JavaScript function, found by calling it outside Fathom. */
export function solve({ prompt, code, options }: AskedQuestion, source: string): number {
  const right = (isRight: (option: string) => boolean) => {
    const found = options.flatMap((option, i) => (isRight(option) ? [i] : []));
    if (found.length !== 1) throw new Error(`${found.length} right options: ${prompt} ${code} ${options.join(" | ")}`);
    return found[0] as number;
  };
  const change = code === undefined ? null : /^- (.*)\n\+ (.*)$/.exec(code);
  if (change) {
    const changed = source.replace(change[1] as string, () => change[2] as string);
    return right((call) => !isDeepStrictEqual(outcomeOf(source, plain(call)), outcomeOf(changed, plain(call))));
  }
  if (code !== undefined) {
    const outcomes = code.split("\n").map((call) => outcomeOf(source, call));
    // Of several calls, one outcome each.
    const toldBy = (option: string) =>
      outcomes.length === 1 ? [option] : (option.match(/(?:raises )?`[^`]*`(?:: `[^`]*`)?/g) ?? []);
    return right((option) =>
      isDeepStrictEqual(
        toldBy(option).map((each) => told(plain(each))),
        outcomes,
      ),
    );
  }
  const wanted = told(plain(/(raises `.*`|`.*`)/.exec(prompt)?.[0] ?? ""));
  return right((call) => isDeepStrictEqual(wanted, outcomeOf(source, plain(call))));
}

function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}

function told(option: string): unknown {
  const error = /^raises (\w+)/.exec(option)?.[1];
  return error === undefined ? evaluated(`(${option})`) : { error };
}

function outcomeOf(source: string, call: string): unknown {
  return evaluated(`${source.replace(/^export /, "")};(${call})`);
}

function evaluated(script: string): unknown {
  try {
    // Without the prototypes of the other context.
    return structuredClone({ value: runInNewContext(script, {}, { timeout: 1000 }) });
  } catch (error) {
    return { error: (error as Error).name };
  }
}
