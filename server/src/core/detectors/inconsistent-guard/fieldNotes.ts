import type { FileFacts, FunctionFacts } from "../../model/facts";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { type FieldAccess, isHeld } from "../../model/graph/fieldAccesses";
import type { GuardedField } from "../../model/graph/guards";
import { walkSteps } from "../../model/walkSteps";

const detectorId = "inconsistent-guard";

/** What is noted of the fields a function gives a value, by their names. */
export interface FieldNotes {
  /** Those that a Java constructor gives a collection which takes care of itself. */
  concurrent?: readonly string[];
  /** Those that a function sets to one constant and to nothing else. */
  constants?: Readonly<Record<string, string>>;
}

const concurrent =
  /(?:^|\.)(?:Concurrent\w+|CopyOnWrite\w+|\w*Blocking(?:Queue|Deque)|Vector|Hashtable)$|\bsynchronized\w+$/;

/** What is noted of a function while its steps are at hand; nothing where there is nothing to note. */
export function fieldNotes(fn: FunctionFacts, { language }: FileFacts): FieldNotes | undefined {
  const names: string[] = [];
  const values = new Map<string, string | undefined>();
  walkSteps(fn.steps, (step) => {
    if (step.kind !== "write") return;
    const { path, value, operator } = step;
    const own = /^(?:this\.)?(\w+)$/.exec(path)?.[1];
    if (language === "java" && own && value.kind === "call" && concurrent.test(value.callee)) names.push(own);
    const name = /\.([\w$]+)$/.exec(path)?.[1];
    if (name === undefined) return;
    const constant = value.kind === "literal" && operator === "=" ? value.text : undefined;
    values.set(name, values.has(name) && values.get(name) !== constant ? undefined : constant);
  });
  if (fn.form === "constructor") return names.length > 0 ? { concurrent: names } : undefined;
  const constants = [...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return constants.length > 0 ? { constants: Object.fromEntries(constants) } : undefined;
}

function notesOf({ observations }: FunctionSummary): FieldNotes {
  return (observations[detectorId] as FieldNotes | undefined) ?? {};
}

/** Whether all who set a field without its lock set it to a constant to which somebody sets it under the lock. */
export function isSameConstant({ lock, accesses }: GuardedField, access: FieldAccess): boolean {
  const constantOf = ({ fn, path, depth }: FieldAccess) => {
    const name = path.slice(path.lastIndexOf(".") + 1);
    const { constants = {} } = notesOf(fn);
    return depth === 0 && Object.hasOwn(constants, name) ? constants[name] : undefined;
  };
  const constant = constantOf(access);
  const writes = accesses.filter(({ kind }) => kind === "write");
  const isUnder = (one: FieldAccess) => isHeld(lock, one.holds, "write");
  return (
    access.kind === "write" &&
    constant !== undefined &&
    writes.some((one) => isUnder(one) && constantOf(one) === constant) &&
    writes.every((one) => isUnder(one) || constantOf(one) === constant)
  );
}

/** Whether a constructor of its type gives a field a collection that takes care of itself. */
export function isMadeConcurrent({ functions }: FileSummary, { field }: GuardedField): boolean {
  const [owner, name] = field.split(".").slice(-2);
  return functions.some(
    (fn) => fn.typeName?.split(".").at(-1) === owner && notesOf(fn).concurrent?.includes(name ?? ""),
  );
}
