import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { NotRunnable } from "../program";
import type { FunctionPlace, ImportedName, IsolationLanguage, IsWanted, ModuleDeclarations, StandIn } from "./language";

/** A file that a program may be taken from. */
export interface IsolationFile {
  path: string;
  root: SyntaxNode;
  lineStarts: readonly number[];
}

/** The other files of the workspace. */
export interface IsolationFiles {
  /** The file that an import leads to, and the name it means there, absent for the module itself. */
  imported(from: string, imported: { module: string; member?: string }): { path: string; member?: string } | undefined;
  load(path: string): Promise<IsolationFile | undefined>;
}

/** A program never gets larger: what needs so much is not small enough to be asked about. */
const maxPieces = 60;
const maxFiles = 12;
/** Files that only hand a name on. */
const maxHops = 8;

/** What of one file a program takes. */
export interface FilePart {
  file: IsolationFile;
  module: ModuleDeclarations;
  statements: Set<SyntaxNode>;
  /** Names that come from elsewhere, and what they stand for. */
  taken: Map<string, Target>;
  /** Names of the module system. */
  provided: Set<string>;
  /** Names of the language itself. */
  globals: Set<string>;
  /** What was inside another function, with its name. */
  lifted: Map<SyntaxNode, string>;
  /** Names that cannot be had, and why. */
  absent: Map<string, string>;
}

/** What an imported name stands for. */
export type Target =
  | { kind: "line"; statement: (localName: string) => string }
  | { kind: "name"; part: FilePart; name: string; members: string }
  | { kind: "namespace"; part: FilePart; members: Map<string, Target> }
  /** A member of a namespace that cannot be had, by the absent name that stands for it. */
  | { kind: "absent"; name: string };

export interface Gathered {
  /** Each after those it takes from; the function's own file is the last one. */
  parts: readonly FilePart[];
  /** Lines for names that only inputs use. */
  imports: readonly string[];
  isWanted: IsWanted;
  standIn?: StandIn;
  /** Variables of the functions around it that are given to it with its arguments. */
  captured: readonly string[];
}

/** What a function inside another one is called in its program. */
export function liftedName(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name !== "default" ? name : "f";
}

/** Follows names from a function to all that it needs, through the files of the workspace. */
export class Gathering {
  private readonly parts = new Map<string, FilePart>();
  private readonly imports = new Set<string>();
  private readonly members = new Set<string>();
  private readonly captured = new Set<string>();
  private pieces = 0;
  private readonly enclosing: readonly ReadonlyMap<string, SyntaxNode | undefined>[];

  constructor(
    private readonly language: IsolationLanguage,
    private readonly files: IsolationFiles,
    private readonly file: IsolationFile,
    private readonly place: FunctionPlace,
    private readonly standIn?: StandIn,
  ) {
    this.enclosing = place.enclosing.map((node) => language.bindings(node));
  }

  async gather(usedByInputs: ReadonlySet<string>): Promise<Gathered | NotRunnable> {
    const own = this.partOf(this.file);
    this.take(own, this.place.statement);
    const { statement, node, symbol } = this.place;
    if (statement === node && node.parent !== this.file.root) {
      const name = liftedName(symbol.split(".").at(-1) ?? "");
      const isShadow = own.module.statements.has(name) || own.module.imports.has(name);
      if (isShadow && this.enclosing.length === 0) return { reason: `its file has another \`${name}\`` };
      own.lifted.set(node, name);
    }
    for (const name of usedByInputs) {
      const problem = await this.provide(own, name, []);
      const line = this.language.inputImports.get(name);
      if (problem !== undefined && line === undefined) return { reason: problem };
      if (problem !== undefined && line !== undefined) this.imports.add(line);
    }
    this.members.add(this.place.symbol.split(".").at(-1) ?? "");
    for (;;) {
      const before = this.size;
      for (const part of this.parts.values()) {
        const problem = await this.followAll(part);
        if (problem !== undefined) return { reason: problem };
      }
      for (const name of usedByInputs) {
        const problem = own.absent.get(name);
        if (problem !== undefined && !this.language.inputImports.has(name)) return { reason: problem };
      }
      if (this.pieces > maxPieces || this.parts.size > maxFiles) return { reason: "it needs too much of its files" };
      if (this.size === before) break;
    }
    const { isWanted, standIn, captured } = this;
    const imports = [...this.imports].sort();
    return { parts: this.inOrder(own), imports, isWanted, captured: [...captured], ...(standIn && { standIn }) };
  }

  private readonly isWanted: IsWanted = (method) => this.members.has(method);

  private get size(): number {
    const absent = [...this.parts.values()].reduce((sum, part) => sum + part.absent.size, 0);
    return this.pieces + this.members.size + this.parts.size + this.captured.size + absent;
  }

  private partOf(file: IsolationFile): FilePart {
    let part = this.parts.get(file.path);
    if (!part) {
      const module = this.language.declarations(file.root);
      part = {
        file,
        module,
        statements: new Set(),
        taken: new Map(),
        provided: new Set(),
        globals: new Set(),
        lifted: new Map(),
        absent: new Map(),
      };
      this.parts.set(file.path, part);
    }
    return part;
  }

  private take(part: FilePart, statement: SyntaxNode): void {
    if (part.statements.has(statement)) return;
    part.statements.add(statement);
    this.pieces++;
  }

  /** Why it cannot be run. */
  private async followAll(part: FilePart): Promise<string | undefined> {
    for (const statement of part.statements) {
      const { names, members, refused } = this.language.uses(statement, this.isWanted, this.standIn);
      let problem = refused;
      for (const member of refused === undefined ? members : []) this.members.add(member);
      for (const [name, places] of refused === undefined ? names : []) {
        const missing = await this.provide(part, name, places);
        if (missing === undefined) continue;
        const isDeferred =
          this.language.loadsWithout(statement) || places.every((place) => this.language.isDeferred(place, statement));
        if (isDeferred && isPlainName(name)) part.absent.set(name, missing);
        else problem ??= missing;
      }
      if (problem !== undefined && !this.withdraw(part, statement, problem)) return problem;
      if (this.pieces > maxPieces) break;
    }
    return undefined;
  }

  /**
   * What a statement declares cannot be had, since its value needs what is absent.
   *
   * @returns whether the function is still there
   */
  private withdraw(part: FilePart, statement: SyntaxNode, problem: string): boolean {
    const isOwn = (each: SyntaxNode) => each === this.place.statement || each === this.place.node;
    const lifted = part.lifted.get(statement);
    const declared = [...part.module.statements].filter(([, statements]) => statements.includes(statement));
    if (isOwn(statement) || (lifted === undefined && declared.length === 0)) return false;
    if (declared.some(([, statements]) => statements.some(isOwn))) return false;
    for (const name of lifted === undefined ? declared.map(([declares]) => declares) : [lifted]) {
      if (!isPlainName(name)) return false;
      part.absent.set(name, problem);
    }
    for (const each of [statement, ...declared.flatMap(([, statements]) => statements)]) part.statements.delete(each);
    return true;
  }

  private async provide(part: FilePart, name: string, places: readonly SyntaxNode[]): Promise<string | undefined> {
    const absent = part.absent.get(name);
    if (absent !== undefined) return absent;
    const around = part.file === this.file ? this.enclosing.find((bindings) => bindings.has(name)) : undefined;
    if (around) return this.lift(part, name, around.get(name));
    const declared = part.module.statements.get(name);
    const imported = part.module.imports.get(name);
    if (declared || part.module.provided.has(name)) {
      this.noteWhole(part, name, places);
      return this.declare(part, name);
    }
    if (imported) return this.bring(part, name, imported, places);
    const refused = this.language.refusesGlobal(name);
    if (refused === undefined) part.globals.add(name);
    return refused;
  }

  /** What is declared in a function around is taken out of it; what may be something else each time is given to it. */
  private lift(part: FilePart, name: string, node: SyntaxNode | undefined): string | undefined {
    if (!node || this.differs(node, new Set())) {
      if (!isPlainName(name)) return `it uses \`${name}\` of the function around it`;
      this.captured.add(name);
      return undefined;
    }
    const isShadow = part.module.statements.has(name) || part.module.imports.has(name);
    if (isShadow) return `it uses \`${name}\` of the function around it`;
    this.take(part, node);
    part.lifted.set(node, name);
    return undefined;
  }

  /** Whether the value of a declaration is worked out from what is something else each time. */
  private differs(node: SyntaxNode, visited: Set<SyntaxNode>): boolean {
    if (this.language.isCode(node) || visited.has(node)) return false;
    visited.add(node);
    return [...this.language.uses(node, this.isWanted).names.keys()].some((name) => {
      const around = this.enclosing.find((bindings) => bindings.has(name));
      const declared = around?.get(name);
      return around !== undefined && declared !== node && (!declared || this.differs(declared, visited));
    });
  }

  private declare(part: FilePart, name: string): undefined {
    if (part.absent.has(name)) return;
    for (const statement of part.module.statements.get(name) ?? []) this.take(part, statement);
    for (const { member, statement } of part.module.additions.get(name) ?? [])
      if (this.isWanted(member)) this.take(part, statement);
    // One may need another: `$exports = $module.exports`.
    for (const [, needed = ""] of part.module.provided.get(name)?.matchAll(/\$(\w+)/g) ?? [])
      if (needed !== name) part.provided.add(needed);
    if (part.module.provided.has(name)) part.provided.add(name);
  }

  /** What is used otherwise than by one of its members has all of them. */
  private noteWhole(part: FilePart, name: string, places: readonly SyntaxNode[]): void {
    if (places.length > 0 && !places.some((place) => this.language.isUsedWhole(place))) return;
    for (const statement of part.module.statements.get(name) ?? [])
      for (const member of this.language.held(statement)) this.members.add(member);
  }

  private async bring(
    part: FilePart,
    name: string,
    imported: ImportedName,
    places: readonly SyntaxNode[],
  ): Promise<string | undefined> {
    const missing = `it needs \`${name}\` of \`${imported.module}\``;
    const found = part.taken.get(name) ?? (await this.targetOf(part, imported, maxHops));
    if (typeof found === "string") return found;
    if (!found) return missing;
    part.taken.set(name, found);
    if (found.kind === "name") {
      this.declare(found.part, found.name);
      if (isDeclaredItself(found)) this.noteWhole(found.part, found.name, places);
    }
    const problem = absentIn(found) ?? (await this.bringMembers(part, found, name, imported, places));
    if (problem !== undefined) part.taken.delete(name);
    return problem;
  }

  private async bringMembers(
    part: FilePart,
    found: Target,
    name: string,
    imported: ImportedName,
    places: readonly SyntaxNode[],
  ): Promise<string | undefined> {
    if (found.kind !== "namespace") return undefined;
    for (const place of places) {
      const member = this.language.memberAt(place);
      if (member === undefined) return `it needs \`${name}\` of \`${imported.module}\``;
      const known = found.members.get(member);
      const target = known ?? (await this.memberTarget(found.part, member, maxHops));
      const missing = `it needs \`${name}.${member}\` of \`${imported.module}\``;
      const problem = typeof target === "object" ? absentIn(target) : (target ?? missing);
      if (typeof target === "object" && target.kind === "name" && isDeclaredItself(target))
        this.noteWhole(target.part, target.name, []);
      if (problem === undefined) found.members.set(member, target as Target);
      else {
        // Whoever asks for another member of it gets that.
        const standing = `${name}_${member}`;
        part.absent.set(standing, problem);
        found.members.set(member, { kind: "absent", name: standing });
      }
    }
    return undefined;
  }

  /** @returns why it cannot be had, nothing where nobody knows it */
  private async targetOf(from: FilePart, imported: ImportedName, hops: number): Promise<Target | string | undefined> {
    if (imported.statement) return { kind: "line", statement: imported.statement };
    const found = this.files.imported(from.file.path, imported);
    if (!found || hops <= 0) return undefined;
    const file = this.parts.get(found.path)?.file ?? (await this.files.load(found.path));
    if (!file) return undefined;
    if (found.member === undefined) return this.moduleItself(this.partOf(file));
    return this.memberTarget(this.partOf(file), found.member, hops);
  }

  /** A module whose exports are one value is that value. */
  private moduleItself(part: FilePart): Target {
    const whole = part.module.exported("");
    if (!whole || "module" in whole) return { kind: "namespace", part, members: new Map() };
    this.declare(part, whole.name);
    return { kind: "name", part, name: whole.name, members: whole.members ?? "" };
  }

  private async memberTarget(part: FilePart, member: string, hops: number): Promise<Target | string | undefined> {
    const exported = part.module.exported(member);
    if (exported && "module" in exported && !this.isItself(part, member, exported))
      return this.targetOf(part, exported, hops - 1);
    if (exported && !("module" in exported)) {
      const last = exported.members?.split(".").at(-1);
      if (last) this.members.add(last);
      this.declare(part, exported.name);
      return { kind: "name", part, name: exported.name, members: exported.members ?? "" };
    }
    for (const module of part.module.handedOn) {
      const target = await this.targetOf(part, { module, member }, hops - 1);
      if (target !== undefined) return target;
    }
    const submodule = this.language.submodule(part.file.path, member);
    return submodule === undefined ? undefined : this.targetOf(part, { module: submodule }, hops - 1);
  }

  /** `from . import piers` in the package that `piers` is a module of. */
  private isItself({ file }: FilePart, member: string, exported: ImportedName): boolean {
    const found = this.files.imported(file.path, exported);
    return found?.path === file.path && found.member === member;
  }

  private inOrder(own: FilePart): FilePart[] {
    const ordered = new Set<FilePart>();
    const entered = new Set<FilePart>();
    const visit = (part: FilePart): void => {
      if (entered.has(part)) return;
      entered.add(part);
      for (const target of part.taken.values()) for (const other of partsOf(target)) visit(other);
      ordered.add(part);
    };
    visit(own);
    // In a circle of files the function's own comes last all the same.
    ordered.delete(own);
    return [...[...ordered].filter(({ statements, provided }) => statements.size + provided.size > 0), own];
  }
}

/** Whether it is what its file declares, and not one of its members. */
function isDeclaredItself({ members }: Target & { kind: "name" }): boolean {
  return members === "" || members === ".exports";
}

/** Why what a name stands for cannot be had after all. */
function absentIn(target: Target): string | undefined {
  if (target.kind === "name") return target.part.absent.get(target.name);
  if (target.kind !== "namespace") return undefined;
  return [...target.members.values()].map(absentIn).find((problem) => problem !== undefined);
}

/** Not `this`, which is no name that a program could be without. */
function isPlainName(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name !== "this" && name !== "arguments";
}

export function partsOf(target: Target): FilePart[] {
  if (target.kind === "line" || target.kind === "absent") return [];
  return target.kind === "name" ? [target.part] : [...target.members.values()].flatMap(partsOf);
}
