import type { FileSummary } from "../fileSummary";

/**
 * Whether a decorator only puts the function that it is given, or that with arguments, where another takes it from:
 * `self.requests.put((future, work, args))`. Nothing of the function runs where it is called.
 */
export function isQueuingDecorated({ functions, language }: FileSummary, index: number): boolean {
  const decorator = functions[index];
  if (language !== "python" || decorator?.parent !== undefined || decorator?.parameters.length !== 1) return false;
  const given = `<func#${index}@0>`;
  const isGivenBack = ({ returns }: Pick<typeof decorator, "returns">) => returns.some((path) => path.includes(given));
  const [wrapper, ...others] = decorator.returns.map((path) => Number(/^<func#(\d+)>$/.exec(path)?.[1] ?? -1));
  if (others.length > 0 || functions[wrapper ?? -1]?.parent !== index || isGivenBack(decorator)) return false;
  let isQueued = false;
  for (let at = index; at < functions.length; at++) {
    const fn = functions[at];
    if (!fn || fn.start >= decorator.end) break;
    if (isGivenBack(fn)) return false;
    for (const { callee, origin = callee, arguments: passed, dropped } of fn.calls) {
      if (origin.startsWith(given)) return false;
      const [only = "-", ...more] = passed;
      const isPut = at === wrapper && dropped && more.length === 0 && putsIntoQueue.test(callee);
      // What a tuple is made of is not known.
      if (isPut && (only === "" || only === given)) isQueued = true;
      else if (passed.some((path) => path.includes(given)) && !/(?:^|\.)wraps$/.test(callee)) return false;
    }
  }
  return isQueued;
}

const putsIntoQueue = /\.(?:put|put_nowait|append|appendleft|send|send_nowait)$/;
