import type { ConstantFacts, ImportFacts, TypeFacts } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { type CallSite, CallSites } from "./callSites";
import { lastName } from "./typeExpression";
import type { FunctionRef, TypeDeclaration } from "./types";

/** Something a module gives a name to. */
export type Declaration =
  | { kind: "type"; name: string; type: TypeDeclaration }
  | { kind: "function"; name: string; ref: FunctionRef }
  | { kind: "variable"; name: string; file: FileSummary; variable: ConstantFacts }
  /** A name handed on from another module. */
  | { kind: "import"; name: string; file: FileSummary; imported: ImportFacts }
  /** A second name for something of the same file. */
  | { kind: "export"; name: string; file: FileSummary; localName: string };

interface Module {
  files: Set<FileSummary>;
  names: Map<string, Declaration[]>;
  /** Methods by type and name. */
  methods: Map<string, Map<string, FunctionRef[]>>;
}

/** What each module of one language's part of the workspace declares. */
export class Declarations {
  private readonly modules = new Map<string, Module>();
  /** Modules and names of types that have a method of this name, with the number of its declarations. */
  private readonly methodOwners = new Map<string, Map<string, number>>();
  /** Types that name a base, by the last part of the base's name. */
  private readonly derived = new Map<string, Set<TypeDeclaration>>();
  /** Nested modules: a Python package and what is in it. */
  private readonly prefixes = new Map<string, number>();
  /** Absent until somebody asks. */
  private callSites: CallSites | undefined;

  add(module: string, file: FileSummary): void {
    let entry = this.modules.get(module);
    if (!entry) {
      entry = { files: new Set(), names: new Map(), methods: new Map() };
      this.modules.set(module, entry);
      this.countPrefixes(module, 1);
    }
    entry.files.add(file);
    this.callSites?.add(file);
    for (const declaration of declarationsOf(module, file)) {
      push(entry.names, declaration.name, declaration);
      if (declaration.kind === "type") this.addType(declaration.type);
    }
    file.functions.forEach((fn, index) => {
      if (!fn.typeName) return;
      addMethod(entry, fn.typeName, fn, { file, index });
      this.countOwner(fn.name, `${module}\n${fn.typeName}`, 1);
    });
  }

  remove(module: string, file: FileSummary): void {
    const entry = this.modules.get(module);
    if (!entry?.files.delete(file)) return;
    this.callSites?.remove(file);
    for (const { name } of declarationsOf(module, file)) {
      const rest = (entry.names.get(name) ?? []).filter((declaration) => fileOf(declaration) !== file);
      if (rest.length > 0) entry.names.set(name, rest);
      else entry.names.delete(name);
    }
    for (const type of file.types) this.removeType(file, type);
    for (const { typeName, name } of file.functions) {
      if (typeName) this.countOwner(name, `${module}\n${typeName}`, -1);
      const methods = typeName === undefined ? undefined : entry.methods.get(typeName);
      const rest = methods?.get(name)?.filter((ref) => ref.file !== file) ?? [];
      if (rest.length > 0) methods?.set(name, rest);
      else methods?.delete(name);
      if (methods?.size === 0) entry.methods.delete(typeName as string);
    }
    if (entry.files.size === 0) {
      this.modules.delete(module);
      this.countPrefixes(module, -1);
    }
  }

  hasModule(module: string): boolean {
    return this.modules.has(module);
  }

  /** Whether some module's name starts with this one and a dot. */
  hasModuleBelow(module: string): boolean {
    return this.prefixes.has(module);
  }

  filesOf(module: string): ReadonlySet<FileSummary> {
    return this.modules.get(module)?.files ?? new Set();
  }

  /** In path order, so that what is found does not depend on the order in which files came. */
  named(module: string, name: string): readonly Declaration[] {
    return inPathOrder(this.modules.get(module)?.names.get(name), fileOf);
  }

  namesOf(module: string): Iterable<string> {
    return this.modules.get(module)?.names.keys() ?? [];
  }

  methods(module: string, typeName: string, name: string): readonly FunctionRef[] {
    return inPathOrder(this.modules.get(module)?.methods.get(typeName)?.get(name), ({ file }) => file);
  }

  methodNames(module: string, typeName: string): Iterable<string> {
    return this.modules.get(module)?.methods.get(typeName)?.keys() ?? [];
  }

  /** How many types have a method of this name. */
  ownersOf(method: string): number {
    return this.methodOwners.get(method)?.size ?? 0;
  }

  typesWithMethod(name: string): readonly TypeDeclaration[] {
    const owners = [...(this.methodOwners.get(name)?.keys() ?? [])].sort();
    return owners.flatMap((owner) => {
      const [module, typeName] = owner.split("\n") as [string, string];
      return this.named(module, typeName).flatMap((found) => (found.kind === "type" ? [found.type] : []));
    });
  }

  /** Types that may derive from one of this name: the names still have to be resolved. */
  typesNamingBase(name: string): readonly TypeDeclaration[] {
    return inPathOrder([...(this.derived.get(name) ?? [])], ({ file }) => file);
  }

  /** The calls outside tests that may be to a function or a type of this name, in path order. */
  callsOf(name: string): readonly CallSite[] {
    return inPathOrder([...this.calls.named(name)], ({ file }) => file);
  }

  countCalls(name: string): number {
    return this.calls.named(name).size;
  }

  private get calls(): CallSites {
    if (!this.callSites) {
      this.callSites = new CallSites();
      for (const { files } of this.modules.values()) for (const file of files) this.callSites.add(file);
    }
    return this.callSites;
  }

  private addType(type: TypeDeclaration): void {
    for (const base of type.facts.bases) {
      const name = lastName(base);
      let derived = this.derived.get(name);
      if (!derived) {
        derived = new Set();
        this.derived.set(name, derived);
      }
      derived.add(type);
    }
  }

  private removeType(file: FileSummary, facts: TypeFacts): void {
    const drop = (sets: Map<string, Set<TypeDeclaration>>, key: string) => {
      const types = sets.get(key);
      for (const type of types ?? []) if (type.file === file && type.facts === facts) types?.delete(type);
      if (types?.size === 0) sets.delete(key);
    };
    for (const base of facts.bases) drop(this.derived, lastName(base));
  }

  private countOwner(method: string, owner: string, by: 1 | -1): void {
    const owners = this.methodOwners.get(method) ?? new Map<string, number>();
    const count = (owners.get(owner) ?? 0) + by;
    if (count > 0) owners.set(owner, count);
    else owners.delete(owner);
    if (owners.size > 0) this.methodOwners.set(method, owners);
    else this.methodOwners.delete(method);
  }

  private countPrefixes(module: string, by: 1 | -1): void {
    for (let dot = module.lastIndexOf("."); dot > 0; dot = module.lastIndexOf(".", dot - 1)) {
      const prefix = module.slice(0, dot);
      const count = (this.prefixes.get(prefix) ?? 0) + by;
      if (count > 0) this.prefixes.set(prefix, count);
      else this.prefixes.delete(prefix);
    }
  }
}

/** Everything a file declares for its module, methods left out. */
export function* declarationsOf(module: string, file: FileSummary): Generator<Declaration> {
  for (const facts of file.types) yield { kind: "type", name: facts.name, type: { module, file, facts } };
  for (const [index, fn] of file.functions.entries()) {
    // A member of an object that a variable holds goes by both names: `api.save`.
    if (fn.parent === undefined && fn.typeName === undefined && fn.name !== "")
      yield { kind: "function", name: fn.symbol, ref: { file, index } };
  }
  for (const variable of file.constants) yield { kind: "variable", name: variable.name, file, variable };
  for (const imported of file.imports)
    if (imported.exported)
      yield { kind: "import", name: imported.member === "*" ? "*" : imported.localName, file, imported };
  for (const { name, localName } of file.exports ?? []) yield { kind: "export", name, file, localName };
}

function addMethod(module: Module, typeName: string, fn: FunctionSummary, ref: FunctionRef): void {
  let methods = module.methods.get(typeName);
  if (!methods) {
    methods = new Map();
    module.methods.set(typeName, methods);
  }
  push(methods, fn.name, ref);
}

function fileOf(declaration: Declaration): FileSummary {
  if (declaration.kind === "type") return declaration.type.file;
  return declaration.kind === "function" ? declaration.ref.file : declaration.file;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function inPathOrder<V>(values: readonly V[] | undefined, file: (value: V) => FileSummary): readonly V[] {
  if (!values || values.length < 2) return values ?? [];
  return [...values].sort((a, b) => (file(a).path < file(b).path ? -1 : file(a).path > file(b).path ? 1 : 0));
}
