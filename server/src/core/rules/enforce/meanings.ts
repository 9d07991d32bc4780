import type { FileSummary } from "../../model/fileSummary";
import { type FunctionId, functionIds } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import { isDistinctive } from "../names";
import type { WrittenSymbol } from "../symbolPattern";
import type { Declared, NamesOfInterest } from "./fileNames";

/** What a symbol of a rule means in a workspace; all empty where it is nothing of the workspace. */
export interface Meaning {
  functions: ReadonlySet<FunctionId>;
  /** Keys of fields and variables, `module.Type.field`, whose members are meant. */
  owners: ReadonlySet<string>;
  /** Keys of the fields and variables that are meant themselves. */
  values: ReadonlySet<string>;
  /** Keys of types, `module.Type`. */
  types: ReadonlySet<string>;
  /** Several unrelated things have the name: which one is meant is not known. */
  isAmbiguous: boolean;
}

interface Place {
  file: FileSummary;
  module: string;
  declared: Declared;
}

/** Finds out what symbols mean. One for each model. */
export class Meanings {
  private readonly byName = new Map<string, Place[]>();

  constructor(model: WorkspaceModel, names: NamesOfInterest) {
    for (const file of model.files.values()) {
      if (file.leftOut) continue;
      const module = model.modules.get(file.path) ?? "";
      for (const declared of names.declared(file)) this.add({ file, module, declared });
    }
  }

  private add(place: Place): void {
    const { declared } = place;
    push(this.byName, declared.name, place);
    if (declared.kind === "function" && declared.typeName !== undefined)
      push(this.byName, memberKey(declared.typeName), place);
  }

  of(symbol: WrittenSymbol): Meaning {
    const { head, last, isPrefix, isOfAnything } = symbol;
    if (isOfAnything) return nothing;
    if (head.length > 0) return this.member(symbol);
    if (isPrefix) return nothing;
    return this.single(last);
  }

  private single(name: string): Meaning {
    const places = (this.byName.get(name) ?? []).filter(({ declared }) => declared.name === name);
    const found = places.filter(({ declared }) => declared.kind === "function");
    const functions = isOneThing(found) ? found : isDistinctive(name) ? found.filter(isFree) : [];
    const values = places.filter(({ declared }) => declared.kind === "variable");
    const types = places.filter(({ declared }) => declared.kind === "type");
    const fields = places.filter(({ declared }) => declared.kind === "field");
    // Beside a function or type of that name a field holds one, and is another thing.
    const isField = functions.length + types.length === 0 && (isDistinctive(name) || fields.length === 1);
    return {
      functions: new Set(functions.map(idOf)),
      owners: empty,
      values: new Set([...values, ...(isField ? fields : [])].map(valueKey)),
      types: new Set(types.map(({ module }) => `${module}.${name}`)),
      isAmbiguous: functions.length < found.length,
    };
  }

  private member({ head, last, isPrefix }: WrittenSymbol): Meaning {
    const owner = head.at(-1) as string;
    const matches = (name: string) => (isPrefix ? name.startsWith(last) : name === last);
    const ofType = (this.byName.get(memberKey(owner)) ?? []).filter(({ declared }) => matches(declared.name));
    const ofReceiver = head.length === 1 ? this.membersOfReceiver(owner, matches) : [];
    const ofModule = (this.byName.get(last) ?? []).filter(
      (place) => !isPrefix && place.declared.kind === "function" && isFree(place) && isModule(place.module, owner),
    );
    const functions = [...ofType, ...ofReceiver, ...ofModule];
    const values = isPrefix ? [] : this.fieldsNamed([...head, last]);
    return {
      functions: new Set(functions.map(idOf)),
      owners: new Set(this.fieldsNamed(head).map(valueKey)),
      values: new Set(values.map(valueKey)),
      types: empty,
      isAmbiguous: false,
    };
  }

  /** What `s.save` is, where methods of one type call their receiver `s`. */
  private membersOfReceiver(receiver: string, matches: (name: string) => boolean): Place[] {
    return this.receiverTypes(receiver).flatMap(({ module, declared }) => {
      if (declared.kind !== "receiver") return [];
      const { typeName } = declared;
      const methods = (this.byName.get(memberKey(typeName)) ?? []).filter((place) => place.module === module);
      return methods.filter((place) => matches(place.declared.name));
    });
  }

  private receiverTypes(receiver: string): Place[] {
    return (this.byName.get(receiver) ?? []).filter(({ declared }) => declared.kind === "receiver");
  }

  /** The fields and variables that `s.db` or `db` names. */
  private fieldsNamed(head: readonly string[]): Place[] {
    const name = head.at(-1) as string;
    const before = head.at(-2);
    const places = (this.byName.get(name) ?? []).filter(({ declared }) => declared.name === name);
    const fields = places.filter(({ declared }) => declared.kind === "field");
    if (before === undefined) return [...places.filter(({ declared }) => declared.kind === "variable"), ...fields];
    if (before === "this" || before === "self") return fields;
    const types = this.receiverTypes(before);
    const ofReceiver = fields.filter((field) => types.some((type) => isFieldOf(field, type)));
    if (ofReceiver.length > 0) return ofReceiver;
    return fields.filter(({ declared }) => declared.kind === "field" && declared.typeName === before);
  }
}

const empty: ReadonlySet<string> = new Set();
const nothing: Meaning = { functions: empty, owners: empty, values: empty, types: empty, isAmbiguous: false };

function memberKey(typeName: string): string {
  return `${typeName}.`;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function idOf({ file, declared }: Place): FunctionId {
  return functionIds(file)[declared.kind === "function" ? declared.index : 0] as FunctionId;
}

function valueKey({ module, declared }: Place): string {
  return declared.kind === "field" ? `${module}.${declared.typeName}.${declared.name}` : `${module}.${declared.name}`;
}

function isFieldOf({ module, declared }: Place, type: Place): boolean {
  if (declared.kind !== "field" || type.declared.kind !== "receiver") return false;
  return module === type.module && declared.typeName === type.declared.typeName;
}

function isFree({ declared }: Place): boolean {
  return declared.kind === "function" && declared.typeName === undefined;
}

/** A single function, or the overloads of one; the methods of one type. */
function isOneThing(places: readonly Place[]): boolean {
  const owners = new Set(
    places.map(({ module, declared }) => `${module} ${declared.kind === "function" ? (declared.typeName ?? "") : ""}`),
  );
  return owners.size === 1;
}

function isModule(module: string, name: string): boolean {
  return module.replace(/#.*$/, "").split(/[/.]/).at(-1) === name;
}
