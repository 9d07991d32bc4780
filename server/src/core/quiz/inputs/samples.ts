/** Ordinary values for what is called so, most ordinary first: a person should not wonder where they come from. */
interface Samples {
  names: RegExp;
  texts: readonly string[];
}

const people = ["ada", "ben", "cleo", "dan", "eva"];

const textSamples: readonly Samples[] = [
  { names: /(^|_)ids?$|I[dD]$|uuid|slug/, texts: ["a1", "b2", "a-10"] },
  { names: /e?mail/i, texts: ["ada@example.org", "ben@example.com", "ada"] },
  { names: /ur[il]|link|href|endpoint/i, texts: ["https://example.org/a/b?x=1", "http://example.org", "/a/b"] },
  { names: /host|domain|server/i, texts: ["example.org", "localhost", "10.0.0.1"] },
  { names: /(^|_)ip|address/i, texts: ["10.0.0.1", "192.168.1.20", "::1"] },
  { names: /version/i, texts: ["1.2.3", "1.10.0", "2.0"] },
  { names: /date|day$/i, texts: ["2024-02-29", "2024-12-31", "2025-01-01"] },
  { names: /time|stamp/i, texts: ["12:30:00", "2024-02-29T12:30:00", "00:00:00"] },
  { names: /path|file|dir|folder/i, texts: ["docs/notes.txt", "/tmp/a.tar.gz", "notes"] },
  { names: /(^|_)ext(ension)?$/i, texts: [".txt", ".gz", ""] },
  { names: /colou?r|hex/i, texts: ["#ff8800", "#fff", "red"] },
  { names: /lang|locale/i, texts: ["en-GB", "de", "pt_BR"] },
  { names: /mime|content_?type/i, texts: ["text/html; charset=utf-8", "application/json", "text/plain"] },
  {
    names: /^s(rc)?$|text|line|message|msg|content|body|sentence|title|string|str$|doc|source|value/i,
    texts: ["two red boats", "Ada", "one  two", "  a b  "],
  },
  { names: /^(c|ch|char|letter)$/i, texts: ["a", "Z", "7"] },
  { names: /json/i, texts: ['{"a": 1}', "[1, 2]", "1"] },
  { names: /query/i, texts: ["a=1&b=2", "a=1", "a"] },
  { names: /status|state/i, texts: ["open", "closed", "done"] },
  { names: /sep|delim/i, texts: [",", ";", " "] },
  { names: /pattern|regex/i, texts: ["a+", "^b", "[0-9]+"] },
  { names: /key|field|attr|column|tag|label|word|token/i, texts: ["red", "blue", "green"] },
];

/** Texts for a value of this name, ordinary ones first. */
export function textsFor(name: string): readonly string[] {
  return textSamples.find(({ names }) => names.test(name))?.texts ?? people;
}

/** Whether a value of this name is a text, however it is looked at. */
export function isTextName(name: string): boolean {
  return /^(?:s|str|string|text|password|word|name)$/i.test(name);
}

/** Longer texts nobody counts. */
const maxCounted = 20;

/** Texts of a length that a function asks for. */
export function textsOfLength(length: number): string[] {
  if (!Number.isInteger(length) || length < 1 || length > maxCounted) return [];
  const digits = "12345678901234567890".slice(0, length);
  return [digits, ...(isChecked(digits) ? withLastDigits(digits) : ["abcdefghijklmnopqrst".slice(0, length)])];
}

/** Whether a text ends in a number so long that its last digit may be worked out from the others. */
export function isChecked(text: string): boolean {
  return /\d{8}$/.test(text);
}

/** A number with every last digit but its own. */
export function withLastDigits(number: string): string[] {
  return [..."0123456789"].map((digit) => `${number.slice(0, -1)}${digit}`).filter((other) => other !== number);
}

const numberSamples: readonly { names: RegExp; numbers: readonly number[] }[] = [
  { names: /year/i, numbers: [2024, 2023, 1900] },
  { names: /month/i, numbers: [2, 12, 1] },
  { names: /(^|_)day/i, numbers: [29, 1, 31] },
  { names: /hour/i, numbers: [12, 0, 23] },
  { names: /minute|second/i, numbers: [30, 0, 59] },
  { names: /port$/i, numbers: [8080, 443, 0] },
  { names: /age$/i, numbers: [17, 18, 65] },
  { names: /price|amount|cost$|(^|_)total/i, numbers: [10, 25, 99] },
  { names: /(^|_)(width|height|size|limit|count)/i, numbers: [4, 10, 2] },
  { names: /time|stamp|epoch/i, numbers: [1000, 1060, 4600] },
];

/** Out of order, so that sorting shows. */
const plainNumbers = [3, 1, 2, 5, 4];

export function numbersFor(name: string): readonly number[] {
  return numberSamples.find(({ names }) => names.test(name))?.numbers ?? plainNumbers;
}

/** Whether a value of this name is a number, as people name things. */
export function isNumberName(name: string): boolean {
  return numberSamples.some(({ names }) => names.test(name));
}

const usualNames: readonly (readonly [RegExp, "string" | "integer" | "list" | "map" | "callable" | "boolean"])[] = [
  [/^(is|has|should|allow|enable|use)(_|[A-Z])|^(strict|verbose|reverse|flag|force)$/, "boolean"],
  [/^(fn|func|function|callback|cb|predicate|key_?func|comparator|visit|f)$/, "callable"],
  [/^(i|j|k|n|m|num|number|idx|index|offset|depth|start|end|stop|step|x|y|z|a|b|low|high|lo|hi)$/, "integer"],
  [/^(max|min|num|total)(_|[A-Z])|(Ms|_ms|Count|_count|Size|_size|Length|Index|secs?)$/, "integer"],
  [/^(mapping|dct|dict|d|options|opts|config|settings|kwargs|headers|params|attrs|env)$/, "map"],
  [/^(address|status|class|process|access|s|ss|alias|bias|basis|canvas|axis|this|gas|bus|progress)$/, "string"],
  [/^(lst|list|seq|sequence|iterable|array|arr|it)$|\w\w[^s]s$/, "list"],
];

/** What something of this name usually is, where nothing else says so. */
export function usualKind(name: string): "string" | "integer" | "list" | "map" | "callable" | "boolean" {
  const known = usualNames.find(([names]) => names.test(name))?.[1];
  return known ?? (name.length < 2 || isNumberName(name) ? "integer" : "string");
}

/** What one of `names` is called: `name`. Empty where the list has no name of its own. */
export function elementName(name: string): string {
  if (/^(items|values|args|xs|ys|rest|data|its?|this)$/.test(name)) return "";
  const singular = name.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
  return singular === name ? "" : singular;
}
