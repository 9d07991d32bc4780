import { code } from "../../base/markdown";
import { lineAt, rangeOf, type Span } from "../../base/text";
import type { FileSummary } from "../../model/fileSummary";
import { functionIds } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import { fileMatcher, listed } from "../matchRules";
import { isTooCommon } from "../names";
import type { Rule, RuleMatch } from "../rule";
import { writtenSymbol } from "../symbolPattern";
import { NameUses } from "./nameUses";
import { TopicIndex } from "./topics";

/** A place that uses or declares what a rule names. */
interface NamedPlace extends Span {
  name: string;
  what: "call" | "import" | "reference" | "declaration";
  written: string;
}

/** Which rules apply where and why, by what their names mean in the workspace. Keep one as long as the rules are the same. */
export class RuleLookup {
  private readonly byName = new Map<string, Rule[]>();
  private readonly uses: NameUses;
  private readonly ofPath: ReturnType<typeof fileMatcher>;
  private readonly order: ReadonlyMap<Rule, number>;
  private topics: TopicIndex | undefined;
  private last: { model: WorkspaceModel; file: FileSummary; places: readonly NamedPlace[] } | undefined;

  constructor(private readonly rules: readonly Rule[]) {
    for (const rule of rules) {
      for (const symbol of rule.scope.symbols) {
        if (isTooCommon(symbol) || writtenSymbol(symbol) === undefined) continue;
        const same = this.byName.get(symbol);
        if (same) same.push(rule);
        else this.byName.set(symbol, [rule]);
      }
    }
    this.uses = new NameUses(this.byName.keys());
    this.ofPath = fileMatcher(rules);
    this.order = new Map(rules.map((rule, i) => [rule, i]));
  }

  /** Finds out what the names mean, which the first answer about a model would otherwise wait for. */
  prepare(model: WorkspaceModel): void {
    this.uses.in(model);
    this.topicIndex(model);
  }

  private topicIndex(model: WorkspaceModel): TopicIndex {
    this.topics ??= new TopicIndex(
      this.rules.filter(({ polarity }) => polarity !== "info"),
      namesOfFunctions(model),
    );
    return this.topics;
  }

  /** Rules that name something at a place, with the range of what they name. Zero-based; without a character on the whole line. */
  at(model: WorkspaceModel, path: string, line: number, character?: number): RuleMatch[] {
    const file = model.files.get(path);
    if (!file) return [];
    const start = (file.lineStarts[line] ?? Number.POSITIVE_INFINITY) + (character ?? 0);
    return this.matches(file, this.placesIn(model, file), (place) =>
      character === undefined
        ? lineAt(file.lineStarts, place.start) === line
        : place.start <= start && start <= this.endOfName(place),
    );
  }

  /** Rules that name something a function does or is, then those that are about what it is about. */
  ofFunction(model: WorkspaceModel, path: string, index: number): RuleMatch[] {
    const file = model.files.get(path);
    const fn = file?.functions[index];
    if (!file || !fn) return [];
    const named = this.matches(
      file,
      this.placesIn(model, file),
      ({ start, end }) => fn.start <= start && end <= fn.end,
    );
    const known = new Set(named.map(({ rule }) => rule));
    const { isLoaded } = this.ofPath(path);
    const topics = this.topicIndex(model).about(fn.name, fn.doc ?? "", (rule) => !known.has(rule) && isLoaded(rule));
    return [
      ...named,
      ...topics.map(({ rule, words }): RuleMatch => ({ rule, level: "topic", why: `is also about ${listed(words)}` })),
    ];
  }

  /** Rules that name something anywhere in a file, then those about the file as a whole. */
  inFile(model: WorkspaceModel, path: string): RuleMatch[] {
    const file = model.files.get(path);
    const named = file ? this.matches(file, this.placesIn(model, file), () => true) : [];
    const known = new Set(named.map(({ rule }) => rule));
    return [...named, ...this.ofFile(path).filter(({ rule }) => !known.has(rule))];
  }

  /** Rules about a file as a whole. */
  ofFile(path: string): RuleMatch[] {
    return this.ofPath(path).matches;
  }

  /** The callee of a call, not its arguments. */
  private endOfName({ start, end, written, what }: NamedPlace): number {
    return what === "call" ? Math.min(end, start + written.length) : end;
  }

  /** Lines and functions are asked one after the other, file by file. */
  private placesIn(model: WorkspaceModel, file: FileSummary): readonly NamedPlace[] {
    if (this.last?.model !== model || this.last.file !== file)
      this.last = { model, file, places: this.findPlaces(model, file) };
    return this.last.places;
  }

  private findPlaces(model: WorkspaceModel, file: FileSummary): NamedPlace[] {
    const uses = this.uses.in(model);
    const places: NamedPlace[] = uses
      .in(file.path)
      .map(({ name, kind, written, start, end }) => ({ name, what: kind, written, start, end }));
    const ids = functionIds(file);
    const module = model.modules.get(file.path);
    for (const name of this.byName.keys()) {
      const meaning = uses.meaning(name);
      if (!meaning || (meaning.functions.size === 0 && meaning.types.size === 0 && meaning.values.size === 0)) continue;
      const add = ({ start, end }: Span, written: string) =>
        places.push({ name, what: "declaration", written, start, end });
      for (const id of meaning.functions) {
        const fn = id.startsWith(`${file.path}#`) ? file.functions[ids.indexOf(id)] : undefined;
        if (fn) add(fn.nameSpan, fn.name);
      }
      for (const type of meaning.types.size > 0 ? file.types : []) {
        const span = { start: type.start, end: file.lineStarts[lineAt(file.lineStarts, type.start) + 1] ?? type.end };
        if (meaning.types.has(`${module}.${type.name}`)) add(span, type.name);
      }
      for (const variable of meaning.values.size > 0 ? file.constants : [])
        if (meaning.values.has(`${module}.${variable.name}`)) add(variable, variable.name);
    }
    return places;
  }

  private matches(
    file: FileSummary,
    places: readonly NamedPlace[],
    isThere: (place: NamedPlace) => boolean,
  ): RuleMatch[] {
    const { isLoaded } = this.ofPath(file.path);
    const found = new Map<Rule, { names: Set<string>; first: NamedPlace }>();
    for (const place of places) {
      if (!isThere(place)) continue;
      for (const rule of this.byName.get(place.name) ?? []) {
        if (!isLoaded(rule)) continue;
        const known = found.get(rule);
        if (known) known.names.add(place.name);
        else found.set(rule, { names: new Set([place.name]), first: place });
      }
    }
    return [...found]
      .sort(([a], [b]) => (this.order.get(a) ?? 0) - (this.order.get(b) ?? 0))
      .map(([rule, { names, first }]) => {
        const span = { start: first.start, end: this.endOfName(first) };
        return { rule, level: "line", why: whyOf([...names], first), range: rangeOf(file.lineStarts, span) };
      });
  }
}

function* namesOfFunctions({ files }: WorkspaceModel): Generator<string> {
  for (const { functions, isTest } of files.values()) if (!isTest) for (const { name } of functions) yield name;
}

/** A name that stands there as the rule writes it needs no more words. */
function whyOf(names: readonly string[], { written, name, what }: NamedPlace): string {
  const named = `names ${listed(names)}`;
  const bare = name.replace(/\W+$/, "");
  return names.length > 1 || written.includes(bare) || what === "declaration"
    ? named
    : `${named}, which ${code(written)} is`;
}
