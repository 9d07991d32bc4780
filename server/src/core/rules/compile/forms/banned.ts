import { isOtherMarker } from "../../../base/commentMarkers";
import type { Check, CodeScope, ForbiddenCommand, ForbiddenConstruct } from "../../check";
import { constructOfCode } from "../constructs";
import { isOfModule, type Named, type NamedCode } from "../named";
import type { NameList } from "../pattern";
import { placeOfNames } from "../place";
import { joinedConditions } from "../qualified";
import type { Tail } from "../tail";
import { forbiddenText } from "./text";

/** The check that these are not used, by what they are. */
export function forbiddenNames(named: Named | undefined, tail: Tail): Check | undefined {
  if (named === undefined) return undefined;
  if (named.kind === "command") return forbiddenCommand(named.names, tail);
  if (named.kind === "path") return undefined;
  if (named.kind === "text") return forbiddenText({ texts: named.names }, tail);
  if (tail.outside !== undefined) return onlyFrom(named, tail);
  const form =
    named.kind === "call" ? "forbidden-call" : named.kind === "module" ? "forbidden-import" : "forbidden-name";
  return { form, ...namesAndScope(named, tail) };
}

export function namesAndScope(named: NamedCode, { instead, inside, scope, qualifier }: Tail) {
  const languages = scope.languages ?? named.languages;
  const whole: CodeScope = { ...(languages && { languages }), ...scope };
  return {
    names: named.names,
    ...(instead.length > 0 && { instead }),
    ...(inside && { inside }),
    ...(Object.keys(whole).length > 0 && { scope: whole }),
    ...(qualifier && { qualifier }),
  };
}

function onlyFrom(named: NamedCode, { outside, scope, qualifier }: Tail): Check | undefined {
  const place = outside && placeOfNames(outside);
  if (place === undefined) return undefined;
  const from = place.scope.paths ? { paths: place.scope.paths } : { names: place.inside?.functions ?? [] };
  const whole: CodeScope = { ...(named.languages && { languages: named.languages }), ...scope };
  return {
    form: "only-from",
    names: named.names,
    from,
    ...(Object.keys(whole).length > 0 && { scope: whole }),
    ...(qualifier && { qualifier }),
  };
}

/** Where a command runs is not to be seen: a place is a condition. */
export function forbiddenCommand(
  commands: string[],
  { instead, scope, inside, outside, qualifier }: Tail,
): ForbiddenCommand | undefined {
  if (commands.some((command) => SOURCE_FILE.test(command) || STYLE_VARIABLE.test(command))) return undefined;
  const places = [
    ...(scope.paths ?? []).map((path) => `in \`${path}\``),
    ...(scope.exceptPaths ?? []).map((path) => `outside \`${path}\``),
    ...(inside?.functions ?? []).map((name) => `in \`${name}\``),
    ...(outside?.texts ?? []).map((name) => `outside \`${name}\``),
    ...(scope.tests === undefined ? [] : [scope.tests ? "in tests" : "outside tests"]),
    ...(scope.languages ?? []).map((language) => `in ${language}`),
    ...(inside?.place ? [`in a ${inside.place}`] : []),
  ];
  const condition = joinedConditions([...places, qualifier ?? ""]);
  return {
    form: "forbidden-command",
    commands,
    ...(instead.length > 0 && { instead }),
    ...(condition !== "" && { qualifier: condition }),
  };
}

/** A program goes by the command that runs it. */
const SOURCE_FILE = /^[\w*-]+\.(?:[cm]?[jt]sx?|py|go|java)$/;
/** What looks like a flag. */
const STYLE_VARIABLE =
  /^--(?:color|bg|background|fg|foreground|text|font|spacing|space|radius|shadow|border|surface|primary|secondary|accent)-/;

/** The check against constructs given as code spans; `undefined` if one of them is none. */
export function forbiddenConstruct({ texts }: NameList, tail: Tail): ForbiddenConstruct | undefined {
  const found = texts.map(constructOfCode);
  if (texts.every(isOfModule) || texts.every((text) => isOtherMarker.test(text))) return undefined;
  if (found.length === 0 || !found.every((construct) => construct !== undefined)) return undefined;
  return constructCheck(found, tail);
}

/** The check against these constructs; `undefined` where its form cannot say the place. */
export function constructCheck(
  found: readonly { kind: ForbiddenConstruct["constructs"][number]; languages: readonly string[] }[],
  { instead, scope, inside, outside, qualifier }: Tail,
): ForbiddenConstruct | undefined {
  const except = outside && placeOfNames(outside)?.scope.paths;
  if (inside !== undefined || (outside !== undefined && except === undefined)) return undefined;
  const constructs = [...new Set(found.map(({ kind }) => kind))];
  // Only beside its alternative is "interface" TypeScript's keyword.
  if (constructs.includes("interface-declaration") && !instead.some((text) => /^`?types?`?\b/.test(text)))
    return undefined;
  const languages = found.every((construct) => construct.languages.length > 0)
    ? [...new Set(found.flatMap((construct) => construct.languages))]
    : undefined;
  const whole = { ...(languages && { languages }), ...scope, ...(except && { exceptPaths: except }) } as CodeScope;
  return {
    form: "forbidden-construct",
    constructs,
    ...(instead.length > 0 && { instead }),
    ...(Object.keys(whole).length > 0 && { scope: whole }),
    ...(qualifier && { qualifier }),
  };
}
