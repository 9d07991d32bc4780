import type { Kind } from "./useNotes";

/**
 * What well-known functions and methods say of what they are given. `same` hands on what it was given, `element` one
 * element of it; other results say nothing of it any more.
 */
export interface KnownCall {
  /** Of the arguments, in their order. */
  takes: readonly (Kind | "letter" | "listOfStrings" | "listOfNumbers" | undefined)[];
  gives?: "same" | "element" | Kind | "listOfStrings";
}

const call = (takes: string, gives?: string): KnownCall => ({
  takes: takes.split(" ").map((kind) => (kind === "-" ? undefined : (kind as Kind))),
  ...(gives !== undefined && { gives: gives as NonNullable<KnownCall["gives"]> }),
});

const textToText = call("string", "string");
const number = call("number", "number");
const numbers = call("number number", "number");
const same = call("-", "same");
const sameList = call("list", "same");

export const pythonFunctions: Readonly<Record<string, KnownCall>> = {
  abs: call("integer", "same"),
  round: call("number", "same"),
  chr: call("integer", "string"),
  ord: call("letter", "integer"),
  "unicodedata.category": call("letter", "string"),
  "unicodedata.bidirectional": call("letter", "string"),
  "unicodedata.normalize": call("- string", "string"),
  hex: call("integer", "string"),
  bin: call("integer", "string"),
  oct: call("integer", "string"),
  range: call("integer integer integer"),
  sum: call("listOfNumbers", "number"),
  sorted: sameList,
  list: sameList,
  tuple: sameList,
  set: sameList,
  frozenset: sameList,
  reversed: sameList,
  iter: sameList,
  any: call("list"),
  all: call("list"),
  next: call("list", "element"),
  dict: call("map", "same"),
  deque: sameList,
  "collections.deque": sameList,
  "collections.Counter": sameList,
  Counter: sameList,
  "collections.OrderedDict": call("map", "same"),
  "copy.copy": same,
  "copy.deepcopy": same,
  deepcopy: same,
  "math.floor": number,
  "math.ceil": number,
  "math.sqrt": number,
  "math.log": numbers,
  "math.log2": number,
  "math.log10": number,
  "math.exp": number,
  "math.sin": number,
  "math.cos": number,
  "math.isnan": number,
  "math.isinf": number,
  "math.isclose": numbers,
  "math.hypot": numbers,
  "math.atan2": numbers,
  "math.pow": numbers,
  "math.gcd": call("integer integer", "integer"),
  "math.factorial": call("integer", "integer"),
  "math.comb": call("integer integer", "integer"),
  "re.match": call("string string"),
  "re.search": call("string string"),
  "re.fullmatch": call("string string"),
  "re.findall": call("string string", "listOfStrings"),
  "re.finditer": call("string string"),
  "re.split": call("string string", "listOfStrings"),
  "re.sub": call("string - string", "string"),
  "re.escape": textToText,
  "re.compile": call("string"),
  "json.loads": call("string"),
  "html.escape": textToText,
  "html.unescape": textToText,
  "textwrap.dedent": textToText,
  "urllib.parse.quote": textToText,
  "urllib.parse.unquote": textToText,
  "urllib.parse.urlparse": call("string"),
  "urllib.parse.urlsplit": call("string"),
  urlparse: call("string"),
  urlsplit: call("string"),
  quote: textToText,
  unquote: textToText,
  "os.path.join": call("string string", "string"),
  "os.path.split": call("string"),
  "os.path.splitext": call("string"),
  "os.path.basename": textToText,
  "os.path.dirname": textToText,
  "os.path.normpath": textToText,
  "os.fspath": same,
  "datetime.timedelta": call("number"),
  "datetime.fromtimestamp": call("integer"),
  "datetime.datetime.fromtimestamp": call("integer"),
  "datetime.fromisoformat": call("string"),
  "datetime.strptime": call("string string"),
  "binascii.b2a_base64": call("bytes", "bytes"),
  "binascii.a2b_base64": call("bytes", "bytes"),
  "binascii.hexlify": call("bytes", "bytes"),
  "binascii.unhexlify": call("bytes", "bytes"),
  "base64.b64encode": call("bytes", "bytes"),
  "base64.b64decode": call("bytes", "bytes"),
  "hashlib.sha256": call("bytes"),
  "hashlib.md5": call("bytes"),
  "struct.unpack": call("string bytes"),
  "itertools.chain": call("list list", "same"),
  "itertools.islice": call("list integer integer", "same"),
  "itertools.groupby": sameList,
  "itertools.accumulate": call("listOfNumbers", "same"),
  "bisect.bisect": call("list"),
  "bisect.bisect_left": call("list"),
  "bisect.bisect_right": call("list"),
  "heapq.heappush": call("list"),
  "heapq.heappop": call("list", "element"),
  "heapq.heapify": call("list"),
  "statistics.mean": call("listOfNumbers", "number"),
  "statistics.median": call("listOfNumbers", "number"),
};

export const scriptFunctions: Readonly<Record<string, KnownCall>> = {
  "Math.floor": call("number", "same"),
  "Math.ceil": call("number", "same"),
  "Math.round": call("number", "same"),
  "Math.trunc": call("number", "same"),
  "Math.abs": call("number", "same"),
  "Math.sqrt": number,
  "Math.log": number,
  "Math.log2": number,
  "Math.log10": number,
  "Math.pow": numbers,
  "Math.sign": number,
  "Math.max": call("number number number", "number"),
  "Math.min": call("number number number", "number"),
  "Number.isInteger": number,
  "Number.isNaN": number,
  "Number.isFinite": number,
  isNaN: number,
  isString: call("string"),
  isNumber: call("number"),
  isBoolean: call("boolean"),
  isFunction: call("callable"),
  isArray: call("list"),
  isPlainObject: call("record"),
  assertString: call("string"),
  isFinite: number,
  "Array.isArray": call("list"),
  "Array.from": sameList,
  "Object.assign": call("- record", "same"),
  "Object.freeze": same,
  structuredClone: same,
  "JSON.parse": call("string"),
  encodeURIComponent: textToText,
  decodeURIComponent: textToText,
  encodeURI: textToText,
  decodeURI: textToText,
  "String.fromCharCode": call("integer", "string"),
  RegExp: call("string"),
};

/** Methods by name, and what they say of the object they are called on. */
export interface KnownMethod {
  on: Kind;
  weight?: number;
  takes?: readonly (Kind | undefined)[];
  gives?: "same" | "element" | "listOfStrings" | Kind;
  /** How the text it is given is looked for in the object. */
  looks?: "start" | "end" | "inside";
}

const methods = (names: string, method: KnownMethod): [string, KnownMethod][] =>
  names.split(" ").map((name) => [name, method]);

export const pythonMethods: ReadonlyMap<string, KnownMethod> = new Map([
  ...methods(
    "strip lstrip rstrip lower upper title capitalize casefold swapcase expandtabs removeprefix removesuffix zfill ljust rjust center translate format format_map",
    { on: "string", gives: "same" },
  ),
  ...methods("replace", { on: "string", gives: "same", looks: "inside" }),
  ...methods("startswith removeprefix", { on: "string", gives: "boolean", looks: "start" }),
  ...methods("endswith removesuffix", { on: "string", gives: "boolean", looks: "end" }),
  ...methods("find rfind rindex partition rpartition", { on: "string", looks: "inside" }),
  ...methods("splitlines", { on: "string", gives: "listOfStrings" }),
  ...methods("encode", { on: "string", takes: ["string", "string"], gives: "bytes" }),
  ...methods("decode hex", { on: "bytes", takes: ["string", "string"], gives: "string" }),
  ...methods(
    "isdigit isalpha isalnum isupper islower isspace isidentifier isdecimal isnumeric istitle isascii isprintable",
    { on: "string", gives: "boolean" },
  ),
  ...methods("count", { on: "list", weight: 0.4 }),
  ...methods("index", { on: "list", weight: 0.4 }),
  ...methods("append extend insert sort reverse", { on: "list", weight: 2 }),
  ...methods("add discard union intersection difference issubset issuperset symmetric_difference isdisjoint", {
    on: "set",
    weight: 2,
  }),
  ...methods("bit_length to_bytes", { on: "integer" }),
  ...methods("is_integer as_integer_ratio", { on: "number" }),
  ...methods("popitem", { on: "map" }),
  ...methods("copy", { on: "map", weight: 0.3, gives: "same" }),
]);

export const scriptMethods: ReadonlyMap<string, KnownMethod> = new Map([
  ...methods(
    "trim trimStart trimEnd toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase padStart padEnd normalize repeat substring substr",
    { on: "string", gives: "same" },
  ),
  ...methods("charAt", { on: "string", gives: "string" }),
  ...methods("charCodeAt codePointAt localeCompare", { on: "string", gives: "integer" }),
  ...methods("replace replaceAll", { on: "string", gives: "same", looks: "inside" }),
  ...methods("startsWith", { on: "string", looks: "start" }),
  ...methods("endsWith", { on: "string", looks: "end" }),
  ...methods("match matchAll search", { on: "string" }),
  ...methods("slice", { on: "list", weight: 0.4, gives: "same" }),
  ...methods("concat", { on: "list", weight: 0.5, gives: "same" }),
  ...methods("flat reverse toSorted toReversed fill", { on: "list", gives: "same" }),
  ...methods("join", { on: "list", gives: "string" }),
  ...methods("push unshift splice entries", { on: "list", weight: 0.8 }),
  ...methods("pop shift", { on: "list", gives: "element" }),
  ...methods("toFixed toPrecision toExponential", { on: "number", gives: "string" }),
  ...methods("add", { on: "set" }),
]);

/** Methods of arrays that call a function with an element, and what comes out. */
export const callbackMethods: ReadonlyMap<string, "same" | "element" | "mapped" | "folded" | undefined> = new Map([
  ["map", "mapped"],
  ["flatMap", "mapped"],
  ["filter", "same"],
  ["sort", "same"],
  ["toSorted", "same"],
  ["find", "element"],
  ["findLast", "element"],
  ["findIndex", undefined],
  ["findLastIndex", undefined],
  ["forEach", undefined],
  ["some", undefined],
  ["every", undefined],
  ["reduce", "folded"],
  ["reduceRight", "folded"],
]);

/** Kinds that `isinstance` and `typeof` name. */
export const namedKinds: Readonly<Record<string, Kind>> = {
  int: "integer",
  float: "number",
  complex: "number",
  str: "string",
  bytes: "bytes",
  bytearray: "bytes",
  bool: "boolean",
  list: "list",
  tuple: "list",
  set: "set",
  frozenset: "set",
  dict: "map",
  number: "number",
  string: "string",
  boolean: "boolean",
  function: "callable",
};
