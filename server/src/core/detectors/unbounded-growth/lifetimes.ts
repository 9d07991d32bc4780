import type { FileSummary } from "../../model/fileSummary";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

const rounds = 3;
const makes = /^(?:new|start|begin|make|create|open|build|with|from|parse|decode|acquire)/i;
const shortLived =
  /(?:Request|Req|Context|Ctx|Session|Conn|Connection|Builder|Response|Query|Result|Iterator|Visitor|Parser|Writer|Reader|Buffer|Scanner|Transaction|Tx|Batch|Mock|Fake|Stub|Event|Message|Options|Config|Dto|DTO|Form|Params|View|Walker|Encoder|Decoder|Command|Cmd|Job|Task)$/;

/**
 * Types whose objects live as long as the process, as far as the code shows it: their methods are handlers, a variable
 * of a module holds one, a lock says that several use it at once, or another such type has a field of them. Not those
 * of which a request makes new ones. As `module.Type`.
 */
export class Lifetimes {
  private readonly files = new Map<string, { file: FileSummary; key: string }[]>();
  private readonly longLived = new Set<string>();
  private readonly perRequest = new Set<string>();

  constructor(private readonly model: WorkspaceModel) {
    for (const file of model.files.values()) {
      if (file.isTest) continue;
      for (const { name } of file.types) {
        const list = this.files.get(name) ?? [];
        list.push({ file, key: `${model.modules.get(file.path)}.${name}` });
        this.files.set(name, list);
      }
    }
    this.findStarts();
    this.followFields();
  }

  isLongLived(type: string): boolean {
    return this.longLived.has(type) && !this.perRequest.has(type) && !shortLived.test(type);
  }

  private findStarts(): void {
    for (const linked of this.model.functions.values()) this.noteFunction(linked);
    for (const file of this.model.files.values()) {
      if (file.isTest) continue;
      for (const { origin, type } of file.constants) {
        const made = origin === undefined ? undefined : /^(?:[\w$]+\.)*(?:[nN]ew_?)?([A-Z]\w*)\(\)/.exec(origin)?.[1];
        this.note(made ?? simpleName(type), file);
      }
      for (const { name, fields } of file.types)
        if (
          fields.some(({ type }) => /(?:Mutex|\bR?Lock|ReadWriteLock)$/.test(type ?? "")) &&
          this.isMadeOnce(file, name)
        )
          this.note(name, file);
    }
  }

  private noteFunction(linked: LinkedFunction): void {
    const reach = linked.reachedFrom.find(({ kind }) => kind === "handler");
    if (!reach) return;
    const place = functionAt(this.model, linked);
    if (!place || place.file.isTest) return;
    const { file, fn } = place;
    const isMaker = fn.form === "constructor" || fn.name === "__init__";
    if (isMaker && fn.typeName) this.perRequest.add(`${this.model.modules.get(file.path)}.${fn.typeName}`);
    const made = makes.test(fn.name) ? fn.results.map(simpleName) : [];
    for (const name of made)
      if (name !== undefined) for (const { key } of this.declared(name, file)) this.perRequest.add(key);
    // A view of a Python framework may be an object for each request.
    if (reach.distance === 0 && fn.typeName && file.language !== "python" && !isMaker) this.note(fn.typeName, file);
  }

  private isMadeOnce(file: FileSummary, type: string): boolean {
    if (file.language !== "go") return false;
    return file.functions.some(({ name, results }) => /^[nN]ew/.test(name) && simpleName(results[0]) === type);
  }

  private followFields(): void {
    let front = [...this.longLived];
    for (let round = 0; round < rounds && front.length > 0; round++) {
      const before = new Set(this.longLived);
      for (const key of front) {
        if (!this.isLongLived(key)) continue;
        for (const { file, key: declared } of this.files.get(key.slice(key.lastIndexOf(".") + 1)) ?? []) {
          if (declared !== key) continue;
          const type = file.types.find(({ name }) => key.endsWith(`.${name}`));
          for (const field of type?.fields ?? []) this.note(simpleName(field.type), file);
        }
      }
      front = [...this.longLived].filter((key) => !before.has(key));
    }
  }

  private note(name: string | undefined, from: FileSummary): void {
    if (name === undefined) return;
    for (const { key } of this.declared(name, from)) this.longLived.add(key);
  }

  /** The type of that name in the same module, or the only one there is. */
  private declared(name: string, from: FileSummary) {
    const all = this.files.get(name) ?? [];
    const module = this.model.modules.get(from.path);
    const near = all.filter(({ key }) => key === `${module}.${name}`);
    return near.length > 0 ? near.slice(0, 1) : all.length === 1 ? all : [];
  }
}

/** `Hub` of `*chat.Hub`; nothing for collections of them. */
function simpleName(type: string | undefined): string | undefined {
  return /^\*?(?:[\w$]+\.)*([A-Z]\w*|[a-z]\w*)$/.exec(type?.trim() ?? "")?.[1];
}
