import type { FileFacts, FunctionFacts, TypeFacts } from "../../model/facts";

/** A type of another file, under the name that it has in the function's own one. */
export interface ForeignType {
  name: string;
  type: TypeFacts;
  /** Of its file. */
  text: string;
}

/** Where types of other files are found. */
export interface TypeFiles {
  imported(from: string, imported: { module: string; member?: string }): { path: string; member?: string } | undefined;
  load(path: string): Promise<{ facts: FileFacts; text: string } | undefined>;
}

const maxTypes = 24;
const maxFiles = 10;
const maxHops = 4;

/**
 * Types of other files that the parameters of a function are declared with, and those these are made of. What two files
 * call the same is what the nearer one means.
 *
 * @param index of the function in `facts.functions`
 */
export async function foreignTypes(facts: FileFacts, index: number, files: TypeFiles): Promise<ForeignType[]> {
  const fn = facts.functions[index];
  return fn ? new TypeGathering(facts, files).gather(fn) : [];
}

class TypeGathering {
  private readonly found = new Map<string, ForeignType>();
  private readonly loaded = new Set<string>();
  private readonly own = new Set<TypeFacts>();

  constructor(
    private readonly facts: FileFacts,
    private readonly files: TypeFiles,
  ) {}

  async gather(fn: FunctionFacts): Promise<ForeignType[]> {
    const own = this.facts.functions.filter(
      (each) => each === fn || (each.typeName === fn.typeName && each.form === "constructor"),
    );
    const texts = own.flatMap(({ parameters }) => parameters.map(({ type }) => type));
    const receiver = this.facts.types.find(({ name }) => name === fn.typeName);
    await this.follow(this.facts, [...texts, ...(receiver ? textsOf(receiver) : [])], maxHops);
    return [...this.found.values()];
  }

  /** Finds what the names in some types of the function's own file mean. */
  private async follow(facts: FileFacts, texts: readonly (string | undefined)[], hops: number): Promise<void> {
    for (const name of namesIn(texts)) {
      if (hops <= 0 || this.found.size >= maxTypes) return;
      const own = facts.types.find((type) => type.name === name);
      if (!own) await this.bring(facts, name, hops);
      else if (!this.own.has(own)) {
        this.own.add(own);
        await this.follow(facts, textsOf(own), hops - 1);
      }
    }
  }

  private async bring(facts: FileFacts, name: string, hops: number): Promise<void> {
    if (this.found.has(name)) return;
    const imported = facts.imports.find(({ localName }) => localName === name);
    const target = imported?.member === undefined ? undefined : this.files.imported(facts.path, imported);
    if (!target?.member || (!this.loaded.has(target.path) && this.loaded.size >= maxFiles)) return;
    this.loaded.add(target.path);
    const file = await this.files.load(target.path);
    const type = file?.facts.types.find((each) => each.name === target.member);
    if (!file || !type) return;
    this.found.set(name, { name, type, text: file.text });
    await this.within(file, textsOf(type), hops - 1);
  }

  /** Types of the same file, and those it imports itself. */
  private async within(
    file: { facts: FileFacts; text: string },
    texts: readonly (string | undefined)[],
    hops: number,
  ): Promise<void> {
    if (hops <= 0) return;
    for (const name of namesIn(texts)) {
      if (this.found.size >= maxTypes) return;
      if (this.found.has(name)) continue;
      const type = file.facts.types.find((each) => each.name === name);
      if (!type) await this.bring(file.facts, name, hops);
      else {
        this.found.set(name, { name, type, text: file.text });
        await this.within(file, textsOf(type), hops - 1);
      }
    }
  }
}

function textsOf({ fields, bases, form, methods }: TypeFacts): (string | undefined)[] {
  const results = methods.flatMap((method) => method.results ?? []);
  return [...fields.map(({ type }) => type), ...results, ...(form === "class" ? [] : bases)];
}

function namesIn(texts: readonly (string | undefined)[]): Set<string> {
  return new Set(texts.flatMap((text) => text?.match(/(?<![\p{L}\p{N}_$.])\p{Lu}[\p{L}\p{N}_$]*/gu) ?? []));
}
