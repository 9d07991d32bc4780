import { type CheckForm, checkForms } from "../form";
import { scopeOfTail } from "../tail";

const LITERAL = /^(?:true|false|True|False|nil|null|None|-?\d[\d_.]*|"[^"]*"|'[^']*')$/;

function single(texts: readonly string[] | undefined): string | undefined {
  return texts?.length === 1 ? texts[0] : undefined;
}

/** "`softDeathEnabled = false`", "`x` must stay `false`". */
export const invariantForms: readonly CheckForm[] = invariants();

function invariants(): CheckForm[] {
  return [
    ...checkForms(
      ["<x> <*tail>", "keep|leave|set|always <x> <*tail>", "<x> must|should always? stay|remain|hold|be? <*tail>"],
      ({ names, rest }) => {
        const [span, ...more] = names.x?.texts ?? [];
        const [, name, value] =
          /^([A-Za-z_][\w.]*)\s+:?=\s+(true|false|True|False|nil|null|None|-?\d[\d_.]*|"[^"]*"|'[^']*')$/.exec(
            span ?? "",
          ) ?? [];
        const next = rest.tail?.[0];
        const isWhole = next === undefined || (next.kind === "mark" && /^[—,;:(]$/.test(next.text));
        return name && value && more.length === 0 && isWhole ? { form: "invariant", name, value } : undefined;
      },
    ),
    ...checkForms(
      [
        "{not} set|use|have|leave|specify <x> in|inside|on? any|your|the|angular? decorators|decorator|options|config|configuration|code? <*tail>",
      ],
      ({ names, rest }, following) => {
        const [, name, value = ""] =
          /^["']?([A-Za-z_][\w.]*)["']?\s*(?::|=)\s*(true|false|True|False)$/.exec(single(names.x?.texts) ?? "") ?? [];
        const scope = scopeOfTail(rest.tail, following);
        const opposite = { true: "false", false: "true", True: "False", False: "True" }[value];
        return name && opposite && scope ? { form: "invariant", name, value: opposite, ...scope } : undefined;
      },
    ),
    ...checkForms(
      [
        "<x> must|should always? be|stay|remain|equal|equals set? to? <value> <*tail>",
        "<x> is|stays|remains always <value> <*tail>",
        "keep|leave <x> at|as|=|set? to? <value> <*tail>",
      ],
      ({ names, rest }, following) => {
        const [x, value] = [single(names.x?.texts), single(names.value?.texts)];
        const scope = scopeOfTail(rest.tail, following);
        const isFlag = x !== undefined && /^[A-Za-z_][\w.]*$/.test(x);
        return isFlag && scope && value && LITERAL.test(value)
          ? { form: "invariant", name: x, value, ...scope }
          : undefined;
      },
    ),
  ];
}
