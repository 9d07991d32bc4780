import type { Check, ForbiddenUse } from "../../check";
import { type CheckForm, checkForms } from "../form";
import { knownFunction, knownPackage } from "../knownNames";
import { callsIn, symbolsOf } from "../named";
import type { NameList } from "../pattern";
import { scopeOfTail } from "../tail";
import type { Sentence } from "../tokens";

/** Calls that are wrong for what they lack: an argument, or somebody who looks at what they give. */
export const incompleteCallForms: readonly CheckForm[] = [...unchecked(), ...withoutArgument()];

/** "Always check the error returned by `db.Exec`" */
function unchecked(): CheckForm[] {
  const results = [
    "error|errors|err|result|results|value returned|return? from|of|by calls? to?",
    "return value|values from|of calls? to?",
  ];
  return checkForms(
    [
      ...results.flatMap((result) => [
        `always|must? check|handle|inspect|test|verify the? ${result} <x> <*tail>`,
        `{not} ignore|discard|drop|swallow|skip the? ${result} <x> <*tail>`,
        `the? ${result} <x> must|should always? be checked|handled|used|inspected <*tail>`,
      ]),
      "all|every|each call|calls to|of <x> must|should always? be checked <*tail>",
    ],
    ({ names, rest }, following) => incomplete(names.x, { dropped: true }, rest.tail, following),
  );
}

/** "Never call `requests.get` without a `timeout`" */
function withoutArgument(): CheckForm[] {
  const noun = "argument|arguments|parameter|parameters|kwarg|keyword|option? argument?";
  return checkForms(
    [
      `{not} {call} <x> without passing|setting|specifying|giving? a|an|the|any|explicit? explicit? <arg> ${noun} <*tail>`,
      `{not} {use} <x> without passing|setting|specifying|giving? a|an|the|any|explicit? explicit? <arg> ${noun} <*tail>`,
      `all|every|each? <x> calls|call|requests|request? must|should always? pass|have|include|specify|set|use|take a|an|the|explicit? explicit? <arg> ${noun} <*tail>`,
      `all|every|each? calls|call to|of <x> must|should always? pass|have|include|specify|set|use|take a|an|the|explicit? explicit? <arg> ${noun} <*tail>`,
      `always|must? pass|specify|set|include|give|use a|an|the|explicit? explicit? <arg> ${noun} to|for|on|with|in|when calling|using? all|every|each? <x> calls|call|requests? <*tail>`,
    ],
    ({ names, rest }, following) => {
      const without = names.arg?.texts.map((text) =>
        KEYWORD.exec(text)
          ?.slice(1)
          .find((name) => name),
      );
      if (!without?.length || !without.every((name) => name !== undefined)) return undefined;
      return incomplete(names.x, { without, scope: { languages: ["python"] } }, rest.tail, following);
    },
  );
}

/** `timeout`, `timeout=`, `encoding="utf-8"`: Python's, where what is given has a name. */
const KEYWORD =
  /^(timeout|encoding|check|tz|tzinfo|verify|daemon|newline|strict|on_delete|index|dtype|maxsize|max_retries|max_workers|autocommit|cwd|env|capture_output|shell|errors|stacklevel)$|^([a-z]\w*)=.*$/;

function incomplete(
  list: NameList | undefined,
  what: Pick<ForbiddenUse, "dropped" | "without" | "scope">,
  tail: Sentence | undefined,
  following: readonly Sentence[],
): Check | undefined {
  const read = scopeOfTail(tail, following);
  const names = list && (packagesIn(list) ?? callsIn(list)?.names ?? symbolsOf(list.texts));
  if (!names?.length || read === undefined) return undefined;
  const { scope, ...lacks } = what;
  const languages = scope?.languages ?? commonLanguages(names);
  const whole = { ...(languages && { languages: [...languages] }), ...read.scope };
  return { form: "forbidden-call", names, ...lacks, ...(Object.keys(whole).length > 0 && { scope: whole }) };
}

/** "`requests` calls": any function of the package. */
function packagesIn({ texts }: NameList): string[] | undefined {
  return texts.every((text) => knownPackage(text)) ? texts.map((text) => `${text}.*`) : undefined;
}

function commonLanguages(names: readonly string[]) {
  const [first, ...more] = names.map((name) => knownFunction(name));
  return more.every((languages) => String(languages) === String(first)) ? first : undefined;
}
