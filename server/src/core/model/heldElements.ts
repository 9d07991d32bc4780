import { withElements } from "./collections";
import type { AccessPath, ConstantFacts, FieldFacts, FileFacts, LanguageId, Step, TypeFacts, Value } from "./facts";
import { isTelling, literalType } from "./originPaths";
import type { Scope } from "./scope";
import type { ValueOrigins } from "./valueOrigins";

/** What is put there in more ways than these is as good as anything. */
const maxOrigins = 6;

const languages: ReadonlySet<LanguageId> = new Set<LanguageId>(["python", "typescript", "javascript"]);

const adds = /^(.+)\.(?:append|appendleft|add|push|unshift|put|put_nowait)$/;
const addsByKey = /^(.+)\.(?:set|setdefault|insert)$/;

/** A field of a type or a variable of the file, or an element of that. */
const collectionPath = /^(?:<?([\w$.]+?)>?\.)?([\w$]+)(\[\])?$/;

/** Values that say no more than what a literal says, collections of who knows what among them. */
const unsaid = /^(?:<(?:list|map|set|tuple|string|number|boolean|bytes|RegExp|func#\d+)>|(?:list|dict|set)\(\))$/;

/** A type with arguments says itself what the elements are. */
const saysElements = /[[<]/;

/** Collects what the functions of one file put into the collections that it declares without saying of what they are. */
export class HeldElements {
  /** Where what is put there comes from, by the closed path of the collection. */
  private readonly found = new Map<string, Set<AccessPath>>();
  /** Collections that are given elements by an assignment: they are some, whatever they are declared with. */
  private readonly indexed = new Set<string>();

  private constructor(private readonly file: FileFacts) {}

  /** Nothing where types are always written. */
  static of(file: FileFacts): HeldElements | undefined {
    return languages.has(file.language) ? new HeldElements(file) : undefined;
  }

  note(step: Step, scope: Scope, origins: ValueOrigins): void {
    for (const [path, value] of placements(step)) {
      const [, type = "", name, ofElement] = collectionPath.exec(withElements(origins.closed(path, scope))) ?? [];
      if (name === undefined || (ofElement && !(step.kind === "call" && adds.test(step.callee)))) continue;
      const origin = origins.originOf(value, scope);
      if (!isTelling(origin) || literalType(origin) !== undefined || unsaid.test(origin)) continue;
      const key = `${type}.${name}`;
      if (step.kind === "write") this.indexed.add(key);
      const known = this.found.get(key) ?? new Set();
      if (known.size <= maxOrigins) known.add(ofElement ? `<each ${origin}>` : origin);
      this.found.set(key, known);
    }
  }

  /** The types and the variables of the file, with what is known of their elements. */
  added(): Pick<FileFacts, "types" | "constants"> {
    const { types, constants } = this.file;
    if (this.found.size === 0) return { types, constants };
    return {
      types: types.map((type): TypeFacts => {
        const fields = type.fields.map((field) => this.with(field, type.name));
        return fields.some((field, i) => field !== type.fields[i]) ? { ...type, fields } : type;
      }),
      constants: constants.map((variable) => this.with(variable, "")),
    };
  }

  private with<T extends FieldFacts | ConstantFacts>(variable: T, owner: string): T {
    const key = `${owner}.${variable.name}`;
    const elements = this.found.get(key);
    if (!elements || elements.size > maxOrigins || saysElements.test(variable.type ?? "")) return variable;
    if (!variable.type && !variable.origin && !this.indexed.has(key)) return variable;
    return { ...variable, elements: [...elements] };
  }
}

/** What a step puts into which collection: `x.table[k] = v`, `x.list.append(v)`, `x.table.set(k, v)`. */
function* placements(step: Step): Generator<[AccessPath, Value]> {
  if (step.kind === "write" && step.path.endsWith("[]") && /^(?:=|\?\?|\|\|)$/.test(step.operator))
    yield [step.path.slice(0, -2), step.value];
  if (step.kind !== "call") return;
  const list = adds.exec(step.callee)?.[1];
  if (list !== undefined) for (const value of step.arguments) yield [list, value];
  const table = step.arguments.length === 2 ? addsByKey.exec(step.callee)?.[1] : undefined;
  if (table !== undefined) yield [table, step.arguments[1] as Value];
}
