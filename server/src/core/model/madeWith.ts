import type { FieldFacts } from "./facts";

const bounded = /^(?:await\s+)?(?:new\s+)?(?:[\w$]+\.)*([\w$]*(?:Semaphore|Queue|Deque))(?:<[^()]*>)?\(([^()]*)\)$/i;

/** Of what makes a semaphore or a queue, its name and what it is given, which say how many it lets in or holds: `Queue(100)`. */
export function boundIn(written: string): string | undefined {
  const [, name, given = ""] = bounded.exec(written) ?? [];
  return name && `${name}(${given.trim()})`;
}

/**
 * Notes of a field how many the semaphore or the queue that it is given lets in or holds.
 *
 * @param detach copies a piece of the source, which facts do not hold
 */
export function noteBound(field: FieldFacts, written: string | undefined, detach: (text: string) => string): void {
  const made = written === undefined ? undefined : boundIn(written);
  if (made !== undefined) field.madeWith = detach(made);
}

/** `Semaphore(1)`, `Semaphore(value=1)`, `Semaphore(1, true)`; in Python that is what it does without a number. */
export function admitsOne(made: string): boolean {
  return /Semaphore\((?:(?:value ?= ?)?1(?:,.*)?)?\)$/.test(made);
}

/** Whether a queue that is made so may have no room; most of those of Java grow, those of Python where no size is given. */
export function mayBeFull(made: string, isJava: boolean): boolean {
  const [, name = "", given = ""] = /^(\w+)\((.*)\)$/.exec(made) ?? [];
  if (!isJava) return /^(?:Lifo|Priority|Joinable)?Queue$/.test(name) && !/^(?:(?:maxsize ?= ?)?0)?$/.test(given);
  if (name === "ArrayBlockingQueue" || name === "SynchronousQueue") return true;
  const isNumber = /^[\d_]+$|^[A-Z][A-Z\d_]*$|(?:size|capacity|max|limit|length)\w*$/i.test(given);
  return /^LinkedBlocking(?:Queue|Deque)$/.test(name) && isNumber;
}
