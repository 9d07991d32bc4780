import type { TypeFacts } from "../facts";
import type { FileSummary } from "../fileSummary";
import type { CallSite } from "./callSites";
import type { FileScope } from "./fileScope";
import type { Memo } from "./queryCache";
import type { Entity, Type } from "./types";

export type EntityTable = Map<string, Memo<Entity | undefined>>;

/** What is known of a file, by what was asked. */
export interface FileTables {
  readonly file: FileSummary;
  readonly module: string;
  readonly scope: Map<"scope", Memo<FileScope>>;
  readonly places: Map<string | undefined, Place>;
}

/** Where a name is looked up: a file, and the type whose members need no receiver there. One object for each. */
export interface Place extends FileTables {
  readonly typeName: string | undefined;
  /** What is known there of names, of names that are called, of types, of paths and of paths that are called. */
  names?: EntityTable;
  callees?: EntityTable;
  types?: Map<string, Memo<Type | undefined>>;
  paths?: EntityTable;
  calledPaths?: EntityTable;
  /** What parameters of the file's functions are given; only of the file itself. */
  given?: EntityTable;
  /** The calls of its functions; only of the file itself. */
  callers?: Map<number, Memo<readonly CallSite[]>>;
}

/** What is known of a type, by what was asked. */
export interface TypeTables {
  members?: EntityTable;
  callees?: EntityTable;
  lists?: Map<"bases" | "ancestors", Memo<readonly Type[]>>;
}

/** The places of one language, and its types. */
export class Places {
  private readonly files = new Map<FileSummary, Place>();
  private readonly types = new Map<TypeFacts, TypeTables>();

  constructor(private readonly moduleOf: (file: FileSummary) => string) {}

  of(file: FileSummary, typeName: string | undefined): Place {
    let outermost = this.files.get(file);
    if (!outermost) {
      outermost = newPlace({ file, module: this.moduleOf(file), scope: new Map(), places: new Map() }, undefined);
      this.files.set(file, outermost);
    }
    if (typeName === undefined) return outermost;
    let place = outermost.places.get(typeName);
    if (!place) {
      place = newPlace(outermost, typeName);
      outermost.places.set(typeName, place);
    }
    return place;
  }

  typeTables(facts: TypeFacts): TypeTables {
    let tables = this.types.get(facts);
    if (!tables) {
      tables = {};
      this.types.set(facts, tables);
    }
    return tables;
  }

  forget(file: FileSummary): void {
    this.files.delete(file);
    for (const facts of file.types) this.types.delete(facts);
  }
}

function newPlace({ file, module, scope, places }: FileTables, typeName: string | undefined): Place {
  return { file, module, scope, places, typeName };
}
