import type { CallSummary, FileSummary, FunctionSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { isConstruction } from "../../model/graph/construction";
import { functionsAround } from "../../model/graph/graphFunction";
import { type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

const rounds = 3;
/** Of more, some are made anew again and again. */
const maxImplementers = 3;
const makes = /^(?:new|start|begin|make|create|open|build|with|from|parse|decode|acquire)/i;
const shortLived =
  /(?:Request|Req|Context|Ctx|Session|Conn|Connection|Builder|Response|Query|Result|Iterator|Visitor|Parser|Writer|Reader|Buffer|Scanner|Transaction|Tx|Batch|Mock|Fake|Stub|Event|Message|Options|Config|Dto|DTO|Form|Params|View|Walker|Encoder|Decoder|Command|Cmd|Job|Task)$/;

/**
 * Types whose objects live as long as the process, as far as the code shows it: their methods are handlers, a variable
 * of a module holds one, a lock says that several use it at once, one is made when the program is set up, or another
 * such type has a field of them. Not those of which a request makes new ones. As `module.Type`.
 */
export class Lifetimes {
  private readonly byKey = new Map<string, DeclaredType>();
  private readonly byName = new Map<string, DeclaredType | undefined>();
  /** Those that say that they implement an interface, by its name. */
  private readonly implementers = new Map<string, DeclaredType[]>();
  private readonly longLived = new Set<string>();
  private readonly perRequest = new Set<string>();

  constructor(private readonly model: WorkspaceModel) {
    const inFiles = [...model.files.values()]
      .filter(({ isTest }) => !isTest)
      .map((file) => ({ file, ...signsIn(model, file) }));
    for (const { file } of inFiles) {
      for (const { name, form, bases } of file.types) {
        const declared = { file, key: `${model.modules.get(file.path)}.${name}`, isInterface: form === "interface" };
        for (const base of bases) this.noteImplementer(base, declared);
        this.byKey.set(declared.key, declared);
        // Of several types of one name only the module tells which is meant.
        this.byName.set(name, this.byName.has(name) ? undefined : declared);
      }
    }
    const places = new Map<string, number>();
    for (const { file, madeIn } of inFiles)
      for (const { name } of madeIn) {
        const key = this.keyOf(name, file) ?? "";
        places.set(key, (places.get(key) ?? 0) + 1);
      }
    for (const { file, madeIn } of inFiles)
      for (const { name, isSetUp } of madeIn)
        if (isSetUp && places.get(this.keyOf(name, file) ?? "") === 1) this.note(name, file);
    for (const { file, shared, constructed, made } of inFiles) {
      for (const name of shared) this.note(name, file);
      for (const name of constructed) this.perRequest.add(`${model.modules.get(file.path)}.${name}`);
      for (const name of made) {
        const key = this.keyOf(name, file);
        if (key !== undefined) this.perRequest.add(key);
      }
    }
    this.followFields();
  }

  isLongLived(type: string): boolean {
    return this.longLived.has(type) && !this.perRequest.has(type) && !shortLived.test(type);
  }

  private followFields(): void {
    let front = [...this.longLived];
    for (let round = 0; round < rounds && front.length > 0; round++) {
      const before = new Set(this.longLived);
      for (const key of front) {
        if (!this.isLongLived(key)) continue;
        const file = this.byKey.get(key)?.file;
        const type = file?.types.find(({ name }) => key.endsWith(`.${name}`));
        for (const field of type?.fields ?? []) this.note(simpleName(field.type), file as FileSummary);
      }
      front = [...this.longLived].filter((key) => !before.has(key));
    }
  }

  private note(name: string | undefined, from: FileSummary): void {
    if (name === undefined) return;
    const key = this.keyOf(name, from);
    if (key === undefined) return;
    this.longLived.add(key);
    const implementers = this.byKey.get(key)?.isInterface ? (this.implementers.get(name) ?? []) : [];
    if (implementers.length <= maxImplementers) for (const { key: own } of implementers) this.longLived.add(own);
  }

  private noteImplementer(base: string, type: DeclaredType): void {
    const name = simpleName(base.replace(/<.*$/s, ""));
    if (name === undefined || type.isInterface) return;
    const list = this.implementers.get(name);
    if (list) list.push(type);
    else this.implementers.set(name, [type]);
  }

  /** The type of that name in the same module, or the only one there is. */
  private keyOf(name: string, from: FileSummary): string | undefined {
    const near = `${this.model.modules.get(from.path)}.${name}`;
    return this.byKey.has(near) ? near : this.byName.get(name)?.key;
  }
}

/** `Hub` of `*chat.Hub`; nothing for collections of them. */
function simpleName(type: string | undefined): string | undefined {
  return /^\*?(?:[\w$]+\.)*([A-Z]\w*|[a-z]\w*)$/.exec(type?.trim() ?? "")?.[1];
}

interface DeclaredType {
  file: FileSummary;
  key: string;
  isInterface: boolean;
}

/** What a file shows of lifetimes, by the names of types as it uses them. */
interface Signs {
  /** Types of which one object serves many requests. */
  shared: readonly string[];
  /** Types whose constructors requests reach. */
  constructed: readonly string[];
  /** Types that functions which requests reach make. */
  made: readonly string[];
  /** Types of which functions make objects by the name of the type, and whether only setting up does so, once. */
  madeIn: readonly { name: string; isSetUp: boolean }[];
}

const known = new WeakMap<FileSummary, { stamp: unknown; signs: Signs }>();

/** Kept for as long as nothing is another about the functions of the file. */
function signsIn(model: WorkspaceModel, file: FileSummary): Signs {
  const stamp = model.functions.stampOf(file.path);
  const before = known.get(file);
  if (before && before.stamp === stamp) return before.signs;
  const shared = sharedByDeclaration(model, file);
  const constructed: string[] = [];
  const made: string[] = [];
  const madeIn: { name: string; isSetUp: boolean }[] = [];
  file.functions.forEach((fn, index) => {
    const linked = fn.isTest ? undefined : linkedFunction(model, file, index);
    const reach = linked?.reachedFrom.find(({ kind }) => kind === "handler");
    fn.calls.forEach(({ callee }, call) => {
      const name = file.language === "go" ? undefined : /^(?:\w+\.)?([A-Z]\w*[a-z]\w*)$/.exec(callee)?.[1];
      if (!linked || name === undefined) return;
      if (fn.calls.some((around) => isAddedToChannel(around, fn.calls[call] as CallSummary))) made.push(name);
      const isOnce = !reach && fn.form !== "closure" && callConditions(model, linked)[call]?.loops.length === 0;
      madeIn.push({ name, isSetUp: isOnce && (setsUp.test(fn.name) || isConstruction(model, linked)) });
    });
    if (!reach) return;
    const isMaker = fn.form === "constructor" || fn.name === "__init__";
    if (isMaker && fn.typeName) constructed.push(fn.typeName);
    if (makes.test(fn.name)) made.push(...typesMade(fn, file));
    // What a method answers requests with is its object's: `func (g *Gate) wrap(next http.Handler) http.Handler`.
    const owner = functionsAround(file, index).find(({ typeName }) => typeName !== undefined)?.typeName;
    if (reach.distance === 0 && owner && !isMaker && !isMadeForRequest(file, fn)) shared.push(owner);
  });
  const signs = { shared, constructed, made, madeIn };
  known.set(file, { stamp, signs });
  return signs;
}

/** Whether a channel is given a handler of its own: `channel.pipeline().addLast(new Receiver(file))`. */
function isAddedToChannel({ callee, start, end }: CallSummary, handler: CallSummary): boolean {
  return /\bpipeline(?:\(\))?\..*\badd(?:Last|First)$/.test(callee) && start < handler.start && handler.end < end;
}

const setsUp =
  /^_?(?:main|start\w*|run|serve|boot\w*|init\w*|set_?up\w*|(?:create|make|build)_?(?:app|server)|lifespan)$/i;

/** Views of Python frameworks may be objects for each request, and resources of Jakarta REST are, unless told otherwise. */
function isMadeForRequest({ language }: FileSummary, { decorators }: FunctionSummary): boolean {
  if (language === "python") return true;
  return language === "java" && decorators.some((decorator) => /^(?:GET|POST|PUT|DELETE|PATCH|HEAD)$/.test(decorator));
}

/** Types that a function makes by its results, or by its name where it gives them as an interface. */
function typesMade({ name, results }: FunctionSummary, { types }: FileSummary): string[] {
  const ofName = name.replace(/^(?:new|make|create)_?/i, "").toLowerCase();
  const called = types.filter((type) => type.name.toLowerCase() === ofName).map((type) => type.name);
  return [...results.map(simpleName).filter((type) => type !== undefined), ...called];
}

/** Types that a variable of the file holds one of, and those with a lock of which the file makes only one. */
function sharedByDeclaration(model: WorkspaceModel, file: FileSummary): string[] {
  const held = file.constants.flatMap(({ origin, type }) => {
    const made = origin === undefined ? undefined : /^(?:[\w$]+\.)*(?:[nN]ew_?)?([A-Z]\w*)\(\)/.exec(origin)?.[1];
    return made ?? simpleName(type) ?? writtenType(origin) ?? [];
  });
  const locking = file.types
    .filter(({ fields }) => fields.some(({ type }) => /(?:Mutex|\bR?Lock|ReadWriteLock)$|^sync\.Map$/.test(type ?? "")))
    .map(({ name }) => name);
  const ofMain = writtenInMain(file);
  return [...held, ...locking.filter((name) => isMadeOnce(model, file, name) || ofMain.has(name))];
}

/** The types of which Go's `main` has objects that it was not given: it runs once. */
function writtenInMain({ language, functions }: FileSummary): ReadonlySet<string | undefined> {
  const mains = language === "go" ? functions.filter(({ name, typeName }) => name === "main" && !typeName) : [];
  const paths = mains.flatMap(({ calls }) => calls.flatMap((call) => [call.origin, ...call.arguments]));
  return new Set(paths.map(writtenType));
}

/** `Hub` of `<*Hub>`, `<Hub>.join`: an object that is written in place, or what it has. */
function writtenType(path: string | undefined): string | undefined {
  return /^<\*?([A-Za-z]\w*)>/.exec(path ?? "")?.[1];
}

function isMadeOnce(model: WorkspaceModel, file: FileSummary, type: string): boolean {
  if (file.language !== "go") return false;
  return file.functions.some(({ name, results }, index) => {
    if (!/^[nN]ew/.test(name) || simpleName(results[0]) !== type) return false;
    const maker = linkedFunction(model, file, index);
    return !isHandedOver(model, maker) && !isOnlyMadeByTests(model, maker);
  });
}

/** Whether somebody calls a function, but nothing except tests. */
function isOnlyMadeByTests(model: WorkspaceModel, made: LinkedFunction | undefined): boolean {
  const callers = (made?.callers ?? []).flatMap((id) => model.functions.get(id) ?? []);
  return callers.length > 0 && callers.every(({ path }) => model.files.get(path)?.isTest);
}

/** Who is handed a function that makes something may have it make many: `register("mail", NewMailConnector)`. */
function isHandedOver(model: WorkspaceModel, made: LinkedFunction | undefined): boolean {
  return (made?.callers ?? []).some((caller) =>
    [...(model.functions.get(caller)?.links.handedOver.values() ?? [])].some((given) =>
      given.some(({ functions }) => functions.includes((made as LinkedFunction).id)),
    ),
  );
}
