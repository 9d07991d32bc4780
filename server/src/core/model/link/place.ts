import type { FileSummary } from "../fileSummary";
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
}

/** The places of the files of one language. */
export class Places {
  private readonly files = new Map<FileSummary, Place>();

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

  forget(file: FileSummary): void {
    this.files.delete(file);
  }
}

function newPlace({ file, module, scope, places }: FileTables, typeName: string | undefined): Place {
  return { file, module, scope, places, typeName };
}
