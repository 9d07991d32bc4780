import type { LanguageId } from "../../../model/facts";
import type { CodeScope } from "../../check";
import { type CheckForm, checkForms } from "../form";
import type { Place } from "../place";
import { qualified } from "../qualified";
import { readQualifiedTail } from "../qualifiedTail";
import { replacements } from "../tail";
import { sentenceText } from "../tokens";
import { forbiddenNames } from "./banned";

const WEB: LanguageId[] = ["typescript", "javascript"];

interface CalledSo {
  said: readonly string[];
  /** What is called, or imported. */
  kind?: "call" | "module";
  names: readonly string[];
  languages?: LanguageId[];
  scope?: CodeScope;
  inside?: Place["inside"];
  qualifier?: string;
}

const MOCKING = [
  ...["jest.mock", "vi.mock", "mock.patch", "patch", "mocker.patch", "monkeypatch.setattr"],
  ...["Mock", "MagicMock", "AsyncMock", "Mockito.mock"],
];

const CALLED_SO: readonly CalledSo[] = [
  {
    said: [
      "{not} :? {use?} debug|debugging|leftover|stray|any? {output} <*tail>",
      "{not} :? {use} print <*tail>",
      "no print anywhere? <*tail>",
      "{output} {forbidden} <*tail>",
      "remove|delete all|any debug|debugging|leftover|stray? {output} <*tail>",
      "{useit} the|a? <+logger> instead|rather of|than {output} <*tail>",
      "{useit} the|a? <logger> instead|rather of|than {output} <*tail>",
    ],
    names: ["print"],
    languages: ["python"],
  },
  {
    said: [
      "{not} :? {use?} debug|debugging|leftover|stray|any? console logs|statements|logging|calls <*tail>",
      "{not} {use} console|console.* directly? <*tail>",
      "console logs|statements|logging|calls {forbidden} <*tail>",
      "remove|delete all|any debug|debugging|leftover|stray? console logs|statements|calls <*tail>",
    ],
    names: ["console.*"],
    languages: WEB,
  },
  {
    said: [
      "{not} :? {use?} panic|panics|panicking <*tail>",
      "{useit?} errors|error instead|rather of|than panic|panics|panicking <*tail>",
    ],
    names: ["panic"],
    languages: ["go"],
    scope: { tests: false, exceptPaths: ["**/cmd/**", "**/main.go"] },
  },
  {
    said: [
      "{not} :? {use?} sleep|sleeps|sleeping calls|statements? in unit|integration|e2e? tests <*tail>",
      "{not} :? {use?} fixed|hardcoded|hard-coded|arbitrary sleeps in unit|integration|e2e? tests <*tail>",
    ],
    names: ["time.Sleep", "time.sleep", "asyncio.sleep", "Thread.sleep"],
    scope: { tests: true },
  },
  {
    said: [
      "{not} :? {use?} synchronous|sync|blocking file|fs|filesystem|i/o system? operations|calls|apis|methods|functions|access <*tail>",
    ],
    names: ["read", "write", "append", "copy"]
      .map((verb) => `${verb}FileSync`)
      .concat(["exists", "mkdir", "readdir", "stat", "unlink", "rm", "rename"].map((verb) => `${verb}Sync`))
      .flatMap((name) => [name, `fs.${name}`]),
    languages: WEB,
  },
  {
    said: ["{not} :? {use?} {add?} disabled|skipped tests|test suites|cases? <*tail>"],
    names: ["it.skip", "test.skip", "describe.skip", "xit", "xtest", "xdescribe"],
    languages: WEB,
  },
  {
    said: [
      "{useit?} async / await ,|(? over|instead|rather|not of|than? callbacks? and|or|/|,? raw? promise|promises chains|chaining|chain? <*tail>",
      "{not} :? {use?} promise chains|chaining <*tail>",
    ],
    names: [".then"],
    languages: WEB,
    // Elsewhere nobody can await.
    inside: { place: "async" },
  },
  {
    said: ["{not} :? {use?} css-in-js libraries|styles|styling|solutions? <*tail>"],
    kind: "module",
    names: ["styled-components", "@emotion/react", "@emotion/styled", "@stitches/react", "linaria", "styled-jsx"],
    languages: WEB,
  },
  {
    said: ["{not} :? {use?} {add?} focused|exclusive tests|test suites|cases? <*tail>"],
    names: ["it.only", "test.only", "describe.only", "fit", "fdescribe"],
    languages: WEB,
  },
  {
    said: ["{not} :? {use?} css modules|module files? <*tail>"],
    kind: "module",
    names: ["**/*.module.css", "**/*.module.scss"],
    languages: WEB,
  },
  {
    said: ["{not} :? {use?} jackson annotations <*tail>"],
    kind: "module",
    names: ["com.fasterxml.jackson.annotation"],
    languages: ["java"],
  },
  {
    said: ["avoid {use?} mocks|mocking <*tail>"],
    names: MOCKING,
    scope: { tests: true },
    qualifier: "where the real thing would do",
  },
  {
    said: [
      "never|no|not :? {use?} mocks|mocking|mock objects|frameworks? <*tail>",
      "do|must|should|can not {use?} mocks|mocking <*tail>",
      "never|no :? mock anything|things|everything <*tail>",
      "do|must|should|can not mock anything|things|everything <*tail>",
    ],
    names: MOCKING,
    scope: { tests: true },
  },
];

/** "No print statements", "Do not panic": what has a name everybody knows. */
export function namedInWords(): CheckForm[] {
  return CALLED_SO.flatMap(({ said, kind = "call", names, languages, scope, inside, qualifier }) =>
    checkForms(said, (captures, following) => {
      const { rest } = captures;
      const tail = readQualifiedTail(rest.tail ?? [], following);
      if (tail === undefined || tail.outside !== undefined) return undefined;
      const whole = { ...tail, scope: { ...scope, ...tail.scope }, ...(inside && { inside }) };
      const check = forbiddenNames({ kind, names: [...names], languages }, whole);
      // "a logger instead of print statements for debugging": what is printed for people is not meant.
      const isReplaced = rest.logger !== undefined || captures.names.logger !== undefined;
      const aim = isReplaced && rest.tail?.[0]?.text === "for" && sentenceText(rest.tail);
      return check && qualified(check, qualifier, aim);
    }),
  );
}

/** "Only `console.warn` and `console.error` are allowed": what else the console has. */
export function onlyOfConsole(): CheckForm[] {
  return checkForms(
    ["only <x> is|are allowed|permitted <*tail>", "only use <x> , {not} <other> <*tail>"],
    ({ names, rest }, following) => {
      const allowed = names.x?.texts.map((text) => text.replace(/\(\)$/, "")) ?? [];
      const tail = readQualifiedTail(rest.tail ?? [], following);
      const left = ["log", "info", "debug", "warn", "error"]
        .map((method) => `console.${method}`)
        .filter((name) => !allowed.includes(name));
      if (tail === undefined || !allowed.every((name) => /^console\.[a-z]+$/.test(name))) return undefined;
      return forbiddenNames({ kind: "call", names: left, languages: WEB }, { ...tail, instead: allowed });
    },
  );
}

/** "Read environment variables only through `config/env.ts`": what reads them, in each language. */
export function environment(): CheckForm[] {
  const variables = "env|environment vars|variables|variable";
  const through = "via|through|from|in|inside|by";
  return [
    ...checkForms(
      [
        `access|read|get|load all? ${variables} only|exclusively ${through} <from> <*tail>`,
        `only access|read|get|load ${variables} ${through} <from> <*tail>`,
        `all? ${variables} must|should always|only? be? accessed|read|loaded only|exclusively ${through} <from> <*tail>`,
        `{not} access|read|use ${variables} directly? outside of? <from> <*tail>`,
      ],
      ({ names, rest }, following) => {
        const tail = readQualifiedTail(rest.tail ?? [], following);
        return tail && forbiddenNames(ENVIRONMENT, { ...tail, outside: names.from });
      },
    ),
    ...checkForms([`{not} access|read|use ${variables} directly <*tail>`], ({ rest }, following) => {
      const tail = readQualifiedTail(rest.tail ?? [], following);
      return tail && forbiddenNames(ENVIRONMENT, tail);
    }),
  ];
}

const ENVIRONMENT = {
  kind: "name" as const,
  names: ["process.env", "os.environ", "os.getenv", "os.Getenv", "System.getenv"],
  languages: undefined,
};

/** "Log through `tideLog` instead of printing to the console": what prints, in each language. */
export function printing(): CheckForm[] {
  const what = "printing directly? to the? console|stdout|terminal <*tail>";
  return checkForms(
    ["instead|rather of|than", ",|—|;|(? not|never", "over"].flatMap((contrast) => [
      `{useit} <y> ${contrast} ${what}`,
      `{useit} <y> for <+purpose> ${contrast} ${what}`,
    ]),
    (captures, following) => {
      const tail = readQualifiedTail(captures.rest.tail ?? [], following);
      return (
        tail &&
        forbiddenNames(
          { kind: "call", names: [...PRINTING], languages: undefined },
          { ...tail, instead: replacements(captures) ?? [] },
        )
      );
    },
  );
}

const PRINTING = ["print", "console.*", "fmt.Print*", "System.out.*"];
