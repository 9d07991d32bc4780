import type { Check } from "../check";

// What a name is for, where a rule says what it is not to be used for.

/** What people call a purpose, and names that serve no other. */
const PURPOSES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:logs?|logging|diagnostics?|printing|output|reporting|tracing)$/,
    /^(?:console\.\w+|p?print|fmt\.Print\w*|System\.(?:out|err)\..*|.*[Ll]og(?:ger|ging)?\b.*)$/,
  ],
  [
    /^(?:validation|validations|assertions?|assertion|checks|verification|verifying|asserting)$/,
    /^\.?(?:to[A-Z]\w+|assert\w*)$/,
  ],
  [/^(?:synchroni[sz]ation|waiting|timing|delays?|polling|waits)$/, /(?:^|\.)(?:sleep|Sleep|waitForTimeout)$/],
  [/^(?:cleanup|clean-up|teardown)$/, /^(?:after(?:Each|All)|tearDown\w*|teardown\w*)$/],
  [/^(?:mocks?|mocking|stubs|stubbing|patching)$/, /[Mm]ock|patch/],
  [/^(?:async calls|promises|asynchronous code|async code|async operations)$/, /^\.(?:then|catch|finally)$/],
  [/^(?:environment variables|env vars)$/, /^(?:process\.env|os\.environ|os\.getenv|os\.Getenv|System\.getenv)\b/],
];

/** "for production logs", "read environment variables directly": where and how, which may be said beside. */
const OF_PRODUCTION = /^(?:production|prod|application|library) /;

/**
 * Whether a condition says no more than what all that is named is for anyway: "avoid `toContain` for validation". `tests`
 * where it speaks of the product alone.
 */
export function isOwnPurpose(check: Check, condition: string): { tests?: false } | undefined {
  const names = "names" in check && Array.isArray(check.names) && check.form !== "forbidden-import" ? check.names : [];
  const [, said = ""] =
    /^(?:for|read|reading|rely on|relying on) (?:all |any )?(.+?)(?: directly)?$/.exec(condition) ?? [];
  if (names.length === 0 || said === "") return undefined;
  const isProduct = OF_PRODUCTION.test(said);
  const purpose = said.replace(OF_PRODUCTION, "");
  const isOf = PURPOSES.some(([words, named]) => words.test(purpose) && names.every((name) => named.test(name)));
  return isOf ? (isProduct ? { tests: false } : {}) : undefined;
}

/** What puts any texts together. */
const BUILDS_TEXT = /^(?:fmt\.Sprintf|\.?format|String\.format|String\.Format|StringBuilder|string\.Format)$/;

/**
 * What a rule speaks of where it forbids something that has many other uses: "Use parameterized queries instead of
 * `fmt.Sprintf`"; `undefined` for other rules.
 */
export function purposeMeant(check: Check, words: string): string | undefined {
  const names = "names" in check && Array.isArray(check.names) ? check.names : [];
  const areOfText = names.length > 0 && names.every((name) => BUILDS_TEXT.test(name));
  return areOfText && /\b(?:sql|quer(?:y|ies)|prepared statements?|placeholders?)\b/i.test(words)
    ? "in queries"
    : undefined;
}
