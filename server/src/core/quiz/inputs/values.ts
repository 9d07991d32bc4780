import { type Datum, renderDatum } from "./literal";
import { edgeNumbers, numberOf, numberPairs, ordinaryNumbers } from "./numberValues";
import { elementName, numbersFor, usualKind } from "./samples";
import type { NumberShape, ParameterShape, Shape, StringShape } from "./shape";
import { edgeTexts, ordinaryTexts } from "./textValues";

/** More of them nobody tries. */
const maxEdges = 24;
const maxPairs = 8;
const maxDepth = 5;
/** Shapes nobody has written by hand ask for values without end. */
const maxWork = 40_000;

export type DatumPair = readonly [Datum, Datum];

/** Values of one language, for shapes. Everything is the same each time. */
export class ValueSource {
  private work = maxWork;

  constructor(private readonly isPython: boolean) {}

  /**
   * An ordinary value, another one for another number.
   * @param name what the value is called where it stands
   */
  plain(shape: Shape, name: string, i = 0, depth = maxDepth): Datum {
    if (this.work-- <= 0) return this.none;
    switch (shape.kind) {
      case "integer":
      case "number":
        return numberOf(cyclic(ordinaryNumbers(shape, name), i), shape);
      case "string":
        return { kind: "string", value: cyclic(ordinaryTexts(shape, name), i) };
      case "bytes":
        return { kind: "bytes", value: cyclic(["ada", "ben", "a,b"], i) };
      case "boolean":
        return { kind: "boolean", value: i % 2 === 0 };
      case "none":
        return this.none;
      case "list":
      case "set": {
        const usual = i === 0 ? 3 : 2;
        const count = shape.kind === "list" ? Math.max(usual, shape.least) : usual;
        const element = shape.kind === "set" ? this.keyShape(shape.element) : shape.element;
        const items = depth <= 0 ? [] : this.several(element, elementName(name), count, i, depth - 1);
        return { kind: shape.kind, items };
      }
      case "tuple":
        return { kind: "tuple", items: this.elements(shape, i, depth) };
      case "map":
        return { kind: "map", form: shape.form, entries: depth <= 0 ? [] : this.entries(shape, name, 2, i, depth) };
      case "record": {
        const shown = shape.fields.filter((field) => !field.optional || depth > maxDepth - 2);
        const fields = shown.map((field) => [field.name, this.plain(field.shape, field.name, i, depth - 1)] as const);
        return { kind: "record", form: shape.form, fields, ...(shape.standIn && { standIn: shape.standIn }) };
      }
      case "oneOf":
        return { kind: "code", text: cyclic(shape.expressions, i) };
      case "union":
        return this.plain(shape.members[0] ?? { kind: "none" }, name, i, depth);
      case "instance":
        return this.object(shape.className, shape.parameters, i, depth);
      case "callable":
        return { kind: "code", text: cyclic(this.functions(shape, depth), i) };
      case "unknown":
        return this.plain(guessed(name), name, i, depth - 1);
    }
  }

  /** Values at which something may change, one by one, the most telling first. */
  edges(shape: Shape, name: string, depth = maxDepth): Datum[] {
    if (depth <= 0 || this.work-- <= 0) return [];
    return distinct(this.edgesOf(shape, name, depth)).slice(0, maxEdges);
  }

  private edgesOf(shape: Shape, name: string, depth: number): Datum[] {
    switch (shape.kind) {
      case "integer":
      case "number":
        return edgeNumbers(shape);
      case "string":
        return edgeTexts(shape, name, (other, depth) => this.edges(other, "", depth)).map((value) => ({
          kind: "string",
          value,
        }));
      case "bytes":
        return edgeBytes.map((value) => ({ kind: "bytes", value }));
      case "boolean":
        return [
          { kind: "boolean", value: true },
          { kind: "boolean", value: false },
        ];
      case "none":
        return [this.none];
      case "list":
        return this.lists(shape, name, depth).map((items) => ({ kind: "list", items }));
      case "set":
        return [[], ...this.pairs(this.keyShape(shape.element), name, depth - 1)].map((items) => ({
          kind: "set",
          items: distinct(items),
        }));
      case "tuple":
        return shape.elements.flatMap((element, at) =>
          this.edges(element, shape.names[at] ?? "", depth - 1).map((edge): Datum => {
            const items = this.elements(shape, 0, depth).map((item, i) => (i === at ? edge : item));
            return { kind: "tuple", items };
          }),
        );
      case "map":
        return this.maps(shape, name, depth);
      case "record":
        return this.records(shape, depth);
      case "oneOf":
        return shape.expressions.map((text) => ({ kind: "code", text }));
      case "union":
        return interleaved(
          shape.members.map((member) => [
            this.plain(member, name, 0, depth - 1),
            ...this.edges(member, name, depth - 1),
          ]),
        );
      case "instance":
        return this.objects(shape.className, shape.parameters, depth);
      case "callable":
        return this.functions(shape, depth).map((text) => ({ kind: "code", text }));
      case "unknown": {
        const kinds: Shape[] = [
          integer,
          text,
          { kind: "list", element: integer, lengths: [], least: 0 },
          emptyMap,
          { kind: "none" },
        ];
        const edges = this.edges(guessed(name), name, depth - 1);
        return [...edges.slice(0, 6), ...kinds.map((kind) => this.plain(kind, name, 0, depth - 1))];
      }
    }
  }

  /** Pairs of values that nearly agree: on both sides of a boundary, or equal where order is asked for. */
  pairs(shape: Shape, name: string, depth = maxDepth): DatumPair[] {
    if (depth <= 0 || this.work-- <= 0) return [];
    switch (shape.kind) {
      case "integer":
      case "number":
        return numberPairs(shape, numbersFor(name)).map(([a, b]) => [numberOf(a, shape), numberOf(b, shape)]);
      case "string": {
        const [first = "ada", second = "ben"] = ordinaryTexts(shape, name);
        const other = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase();
        return [
          [
            { kind: "string", value: first },
            { kind: "string", value: second },
          ],
          [
            { kind: "string", value: first },
            { kind: "string", value: first },
          ],
          ...(other === first
            ? []
            : ([
                [
                  { kind: "string", value: first },
                  { kind: "string", value: other },
                ],
              ] as const)),
        ];
      }
      case "record": {
        const alike = this.plain(shape, name, 0, depth);
        const between = shape.fields.map((field) =>
          this.pairs(field.shape, field.name, depth - 1)
            .filter(([a, b]) => !same(a, b))
            .map(([a, b]): DatumPair => [withField(alike, field.name, a), withField(alike, field.name, b)]),
        );
        return [...interleaved(between), [alike, alike] as const].slice(0, maxPairs);
      }
      case "tuple": {
        const items = this.elements(shape, 0, depth);
        const between = shape.elements.map((element, at) =>
          this.pairs(element, shape.names[at] ?? "", depth - 1).map(([a, b]): DatumPair => {
            const replaced = (datum: Datum): Datum => ({
              kind: "tuple",
              items: items.map((item, i) => (i === at ? datum : item)),
            });
            return [replaced(a), replaced(b)];
          }),
        );
        return interleaved(between).slice(0, maxPairs);
      }
      case "instance":
        return this.objectPairs(shape.className, shape.parameters, depth).slice(0, maxPairs);
      default: {
        const [first, second] = [this.plain(shape, name, 0, depth - 1), this.plain(shape, name, 1, depth - 1)];
        return [
          [first, second],
          [first, first],
        ];
      }
    }
  }

  get none(): Datum {
    return { kind: this.isPython ? "none" : "missing" };
  }

  /** What can be a key or be in a set: in Python what has a hash, in JavaScript what is equal to another one. */
  private keyShape(shape: Shape): Shape {
    const isFit =
      hashable.has(shape.kind) ||
      (this.isPython &&
        shape.kind === "tuple" &&
        shape.elements.every(({ kind }) => hashable.has(kind) || kind === "unknown"));
    return isFit ? shape : text;
  }

  private elements({ elements, names }: Shape & { kind: "tuple" }, i: number, depth: number): Datum[] {
    return elements.map((element, at) => this.plain(element, names[at] ?? "", i, depth - 1));
  }

  private several(element: Shape, name: string, count: number, from: number, depth: number): Datum[] {
    // Somebody appears twice, so that there is something to group.
    return Array.from({ length: count }, (_, i) => this.element(element, name, from + i, depth));
  }

  private element(shape: Shape, name: string, i: number, depth: number): Datum {
    const datum = this.plain(shape, name, i, depth);
    if (shape.kind !== "record" || i % 3 !== 2) return datum;
    const first = this.plain(shape, name, i - 2, depth);
    const field = shape.fields.find(({ shape: { kind } }) => kind === "string");
    const shared = field && first.kind === "record" ? first.fields.find(([known]) => known === field.name) : undefined;
    return shared ? withField(datum, shared[0], shared[1]) : datum;
  }

  private lists({ element, lengths }: Shape & { kind: "list" }, listName: string, depth: number): Datum[][] {
    const name = elementName(listName);
    const one = this.plain(element, name, 0, depth - 1);
    const two = this.plain(element, name, 1, depth - 1);
    const far = this.plain(element, name, 2, depth - 1);
    const pairs = this.pairs(element, name, depth - 1);
    const wanted = [...new Set(lengths.flatMap((n) => [n, n - 1, n + 1]))].filter((n) => n >= 0 && n <= 10);
    const edges = this.edges(element, name, depth - 1);
    return [
      [],
      [one],
      ...pairs.slice(0, 4).map(([a, b]) => [a, b]),
      ...wanted.map((n) => this.several(element, name, n, 0, depth - 1)),
      [two, one],
      [one, one],
      ...pairs.slice(0, 3).map(([a, b]) => [b, a]),
      ...pairs.slice(0, 3).map(([a, b]) => [a, far, b]),
      ...pairs.slice(4).map(([a, b]) => [a, b]),
      ...edges.slice(0, 12).map((edge) => [one, edge]),
      ...edges.slice(0, 4).map((edge) => [edge]),
    ];
  }

  private entries(
    shape: Shape & { kind: "map" },
    name: string,
    count: number,
    from: number,
    depth: number,
  ): [Datum, Datum][] {
    const keyShape = this.keyShape(shape.key);
    const keys = distinct(Array.from({ length: count }, (_, i) => this.plain(keyShape, "key", from + i, depth - 1)));
    const valueShape: Shape = shape.value.kind === "unknown" ? integer : shape.value;
    return keys.map((key, i) => [key, this.plain(valueShape, name, from + i, depth - 1)]);
  }

  private maps(shape: Shape & { kind: "map" }, name: string, depth: number): Datum[] {
    const map = (entries: readonly (readonly [Datum, Datum])[]): Datum => ({ kind: "map", form: shape.form, entries });
    const two = this.entries(shape, name, 2, 0, depth);
    const [first, second] = two;
    const keyShape = this.keyShape(shape.key);
    const keys = keyShape === shape.key ? this.edges(keyShape, "key", depth - 1) : [];
    const valueShape: Shape = shape.value.kind === "unknown" ? integer : shape.value;
    const values = this.edges(valueShape, name, depth - 1);
    if (!first) return [map([])];
    return [
      map([]),
      map([first]),
      ...this.pairs(valueShape, name, depth - 1)
        .slice(0, 4)
        .map(([a, b]) => map([[first[0], a], ...(second ? [[second[0], b] as const] : [])])),
      ...keys.slice(0, 6).map((key) => map([[key, first[1]]])),
      ...values.slice(0, 8).map((value) => map([[first[0], value]])),
    ];
  }

  private records(shape: Shape & { kind: "record" }, depth: number): Datum[] {
    const whole = this.plain(shape, "", 0, depth);
    const changed = shape.fields.map((field) =>
      this.edges(field.shape, field.name, depth - 1).map((edge) => withField(whole, field.name, edge)),
    );
    const missing = shape.fields.filter(({ optional }) => optional).map((field) => without(whole, field.name));
    const broken =
      shape.form === "keys" && this.isPython
        ? shape.fields
            .filter(({ optional }) => !optional)
            .slice(0, 1)
            .map((field) => without(whole, field.name))
        : [];
    return [...missing, ...interleaved(changed), ...broken];
  }

  private object(className: string, parameters: readonly ParameterShape[], i: number, depth: number): Datum {
    const given = parameters.filter(({ passing }) => passing !== "rest" && passing !== "keywords");
    const needed = given.filter(({ optional }) => !optional || depth >= maxDepth - 1);
    const args = needed.map((parameter, at) => {
      const isNamed = this.isPython && (parameter.passing === "keyword" || parameter.optional);
      return [
        isNamed ? parameter.name : undefined,
        this.plain(parameter.shape, parameter.name, i + at, depth - 1),
      ] as const;
    });
    return { kind: "object", className, arguments: args };
  }

  private objects(className: string, parameters: readonly ParameterShape[], depth: number): Datum[] {
    return interleaved(
      parameters.map((parameter, at) =>
        this.edges(parameter.shape, parameter.name, depth - 1).map((edge) =>
          this.objectWith(className, parameters, at, edge, depth),
        ),
      ),
    );
  }

  private objectPairs(className: string, parameters: readonly ParameterShape[], depth: number): DatumPair[] {
    return interleaved(
      parameters.map((parameter, at) =>
        this.pairs(parameter.shape, parameter.name, depth - 1).map(
          ([a, b]): DatumPair => [
            this.objectWith(className, parameters, at, a, depth),
            this.objectWith(className, parameters, at, b, depth),
          ],
        ),
      ),
    );
  }

  private objectWith(
    className: string,
    parameters: readonly ParameterShape[],
    at: number,
    given: Datum,
    depth: number,
  ): Datum {
    const whole = this.object(className, parameters, 0, maxDepth);
    if (whole.kind !== "object" || depth <= 0) return whole;
    const args = whole.arguments.map((argument, i) => (i === at ? ([argument[0], given] as const) : argument));
    return { ...whole, arguments: args };
  }

  private functions({ arity, result, isMaker }: Shape & { kind: "callable" }, depth: number): string[] {
    if (isMaker) return [arity === 1 ? makerOfOne : makerOfMany];
    const usual = (this.isPython ? pythonFunctions : scriptFunctions)[Math.min(arity, 2)] as readonly string[];
    if (!result || depth <= 0) return [...usual];
    const names = ["a", "b", "c", "d"].slice(0, arity).join(", ");
    const made = [0, 1].map((i) => {
      const text = renderDatum(this.plain(result, "", i, depth - 2), this.isPython);
      if (this.isPython) return arity === 0 ? `lambda: ${text}` : `lambda ${names}: ${text}`;
      return `(${names}) => ${text.startsWith("{") ? `(${text})` : text}`;
    });
    return [...made, ...usual];
  }
}

/** A letter in two encodings, and what is no text in either of them. */
const edgeBytes = ["", "a", "\x00\xff", "\xc3\xa9", "\xe9t\xe9", "ada\xff", "12", " ada\n"];
const hashable: ReadonlySet<Shape["kind"]> = new Set(["integer", "number", "string", "boolean", "oneOf", "bytes"]);
const integer: NumberShape = { kind: "integer", near: [], divisors: [] };
const text: StringShape = { kind: "string", texts: [] };
const emptyMap: Shape = { kind: "map", form: "properties", key: text, value: integer };

/** Small functions by how many arguments they take. */
const pythonFunctions: readonly (readonly string[])[] = [
  ["lambda: 3", "lambda: None"],
  ["lambda x: x", "lambda x: True", "lambda x: None", "lambda x: [x, x]"],
  ["lambda a, b: a + b", "lambda a, b: a", "lambda *args: None"],
];
const scriptFunctions: readonly (readonly string[])[] = [
  ["() => 3", "() => undefined"],
  ["(x) => x", "(x) => true", "(x) => undefined", "(x) => [x, x]"],
  ["(a, b) => a - b", "(a, b) => a", "() => 0"],
];

/** Classes whose objects show what they were made of. */
const makerOfOne = "class Item { constructor(given) { Object.assign(this, given); } }";
const makerOfMany = "class Item { constructor(...given) { this.given = given; } }";

/** What a name alone lets one expect. */
function guessed(name: string): Shape {
  switch (usualKind(name)) {
    case "list":
      return { kind: "list", element: integer, lengths: [], least: 0 };
    case "map":
      return emptyMap;
    case "callable":
      return { kind: "callable", arity: 1 };
    case "boolean":
      return { kind: "boolean" };
    case "string":
      return text;
    default:
      return integer;
  }
}

function cyclic<T>(items: readonly T[], i: number): T {
  return items[i % items.length] as T;
}

/** One of each in turn. */
export function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  const all: T[] = [];
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let i = 0; i < longest; i++) for (const list of lists) if (i < list.length) all.push(list[i] as T);
  return all;
}

function withField(datum: Datum, name: string, value: Datum): Datum {
  if (datum.kind !== "record") return datum;
  const isThere = datum.fields.some(([known]) => known === name);
  const fields = datum.fields.map((field) => (field[0] === name ? ([name, value] as const) : field));
  return { ...datum, fields: isThere ? fields : [...fields, [name, value] as const] };
}

function without(datum: Datum, name: string): Datum {
  return datum.kind === "record" ? { ...datum, fields: datum.fields.filter(([known]) => known !== name) } : datum;
}

function same(a: Datum, b: Datum): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function distinct(data: readonly Datum[]): Datum[] {
  const seen = new Set<string>();
  return data.filter((datum) => {
    const key = JSON.stringify(datum);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
