import type { FileFacts, TypeFacts } from "../../model/facts";
import type { ForeignType } from "./foreignTypes";
import {
  type Declared,
  type DeclaredField,
  joined,
  maxDepth,
  maxMembers,
  readDeclared,
  unknownType,
} from "./readDeclared";

/** What the names in the declared types of one file mean. */
export class DeclaredTypes {
  private readonly types = new Map<string, TypeFacts>();
  private readonly isPython: boolean;
  private readonly resolving = new Set<string>();
  private readonly readTypes = new Map<string, Declared>();
  private readonly declarations = new Map<TypeFacts, Declared>();
  /** Texts of other files, by their types. */
  private readonly foreign = new Map<TypeFacts, string>();
  private readonly importedNames: ReadonlySet<string>;

  constructor(
    facts: FileFacts,
    private readonly text: string,
    foreign: readonly ForeignType[] = [],
  ) {
    this.isPython = facts.language === "python";
    this.importedNames = new Set(facts.imports.map(({ localName }) => localName));
    for (const type of facts.types) if (!this.types.has(type.name)) this.types.set(type.name, type);
    for (const { name, type, text } of foreign) {
      if (this.types.has(name)) continue;
      this.types.set(name, type);
      this.foreign.set(type, text);
    }
  }

  read(text: string | undefined): Declared {
    if (text === undefined) return unknownType;
    let declared = this.readTypes.get(text);
    if (!declared) {
      declared = readDeclared(text, this.isPython);
      this.readTypes.set(text, declared);
    }
    return declared;
  }

  /** A type that is no name. */
  resolve(type: Declared): Declared {
    if (type.kind !== "named") return type;
    const { name, given } = type;
    if (this.resolving.has(name) || this.resolving.size > maxDepth) return unknownType;
    this.resolving.add(name);
    const resolved = this.named(name, given);
    this.resolving.delete(name);
    return resolved;
  }

  private named(name: string, given: readonly Declared[]): Declared {
    const resolved = given.map((type) => (name === "&" || name === "Partial" ? this.resolve(type) : type));
    if (name === "&") {
      return joined(resolved.filter((part) => part.kind !== "named"));
    }
    if (name === "Partial") {
      const [inner = unknownType] = resolved;
      if (inner.kind !== "record") return inner;
      return { ...inner, fields: inner.fields.map((field) => ({ ...field, optional: true })) };
    }
    const type = this.types.get(name);
    if (!type) return unknownType;
    const known = this.declarations.get(type);
    if (known) return known;
    const declared = this.declaredBy(type, name);
    this.declarations.set(type, declared);
    return declared;
  }

  private declaredBy(type: TypeFacts, name: string): Declared {
    const isForeign = this.foreign.has(type);
    switch (type.form) {
      case "enum":
        // A program has only names that the file itself knows.
        if (isForeign && !this.importedNames.has(name)) return unknownType;
        return {
          kind: "oneOf",
          expressions: type.fields.slice(0, maxMembers).map((field) => `${name}.${field.name}`),
        };
      case "alias": {
        const parts = type.bases.map((base) => this.resolve(this.read(base)));
        if (type.fields.length === 0 && type.methods.length === 0)
          return parts.length === 1 ? (parts[0] as Declared) : joined(parts);
        return this.record(type, parts);
      }
      case "interface":
        if (this.isPython) return unknownType;
        return this.record(
          type,
          type.bases.map((base) => this.resolve(this.read(base))),
        );
      default:
        if (this.isPython && isTypedDict(type, this.types)) return this.typedDict(type);
        // Of a class of another file it is enough what is used of its objects.
        return isForeign ? this.fieldsOfClass(type) : { kind: "instance", type };
    }
  }

  private fieldsOfClass(type: TypeFacts): Declared {
    const fields = type.fields.map((field) => ({ name: field.name, type: this.read(field.type), optional: true }));
    return { kind: "record", form: this.isPython ? "attributes" : "keys", fields };
  }

  private textOf(type: TypeFacts): string {
    return this.foreign.get(type) ?? this.text;
  }

  private record(type: TypeFacts, bases: readonly Declared[]): Declared {
    const inherited = bases.flatMap((base) => (base.kind === "record" ? base.fields : []));
    const own = type.fields.map((field) => ({
      name: field.name,
      type: this.read(field.type),
      optional: this.textOf(type)[field.end] === "?",
    }));
    const methods = type.methods
      .filter((method) => !own.some((field) => field.name === method.name))
      .map((method): DeclaredField => {
        const result = this.read(method.results?.[0]);
        return { name: method.name, type: { kind: "callable", arity: 1, result }, optional: false };
      });
    const fields = [...inherited.filter(({ name }) => !own.some((field) => field.name === name)), ...own, ...methods];
    return { kind: "record", form: "keys", fields: fields.slice(0, maxMembers) };
  }

  private typedDict(type: TypeFacts): Declared {
    const inherited = type.bases.flatMap((base) => {
      const known = this.types.get(base);
      const resolved = known && known !== type ? this.resolve({ kind: "named", name: base, given: [] }) : unknownType;
      return resolved.kind === "record" ? resolved.fields : [];
    });
    const head = this.textOf(type).slice(type.start, Math.min(type.end, type.start + 300));
    const isPartial = /\btotal\s*=\s*False/.test(head);
    const own = type.fields.map((field) => ({
      name: field.name,
      type: this.read(field.type),
      optional:
        (isPartial && !/^(?:\w+\.)?Required\b/.test(field.type ?? "")) || /\bNotRequired\b/.test(field.type ?? ""),
    }));
    return { kind: "record", form: "keys", fields: [...inherited, ...own].slice(0, maxMembers) };
  }
}

function isTypedDict(type: TypeFacts, types: ReadonlyMap<string, TypeFacts>, depth = 0): boolean {
  return type.bases.some((base) => {
    if (/(^|\.)TypedDict$/.test(base)) return true;
    const known = types.get(base);
    return known !== undefined && known !== type && depth < 5 && isTypedDict(known, types, depth + 1);
  });
}
