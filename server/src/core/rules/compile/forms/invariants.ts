import type { Invariant } from "../../check";
import { type CheckForm, checkForms } from "../form";
import { scopeOfTail } from "../tail";

const LITERAL = /^(?:true|false|True|False|nil|null|None|-?\d[\d_.]*|"[^"]*"|'[^']*')$/;

function single(texts: readonly string[] | undefined): string | undefined {
  return texts?.length === 1 ? texts[0] : undefined;
}

/** "`softDeathEnabled = false`", "`x` must stay `false`". */
export const invariantForms: readonly CheckForm[] = [...invariants(), ...numbers(), ...flags()];

const NAME = /^[A-Za-z_][\w.]*$/;

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
        const isFlag = x !== undefined && NAME.test(x);
        return isFlag && scope && value && LITERAL.test(value)
          ? { form: "invariant", name: x, value, ...scope }
          : undefined;
      },
    ),
  ];
}

/** "`maxPlayers` must be at most 200", "`RETRIES` must be 3" */
function numbers(): CheckForm[] {
  const bounds: readonly [Invariant["bound"], readonly string[]][] = [
    [
      "at-most",
      [
        "<x> must|should always? be|stay|remain at most|below|under <#value> <*tail>",
        "<x> must|should|can|may never|not exceed|be above|over|more|greater|larger|higher? than? <#value> <*tail>",
        "keep|limit <x> to|at|below|under at? most? <#value> <*tail>",
        "{not} set|raise|increase <x> above|over|beyond|to more? than? <#value> <*tail>",
      ],
    ],
    [
      "at-least",
      [
        "<x> must|should always? be|stay|remain at least|above <#value> <*tail>",
        "<x> must|should|can|may never|not be|drop|fall|go below|under|less|smaller|lower than? <#value> <*tail>",
        "{not} set|lower|reduce|decrease <x> below|under|to less? than? <#value> <*tail>",
      ],
    ],
    [undefined, ["<x> must|should always? be|stay|remain|equal at? <#value> <*tail>"]],
  ];
  return bounds.flatMap(([bound, patterns]) =>
    checkForms(patterns, ({ names, numbers, rest }, following) => {
      const name = single(names.x?.texts);
      const scope = scopeOfTail(rest.tail, following);
      if (name === undefined || !NAME.test(name) || numbers.value === undefined || scope === undefined)
        return undefined;
      return { form: "invariant", name, value: String(numbers.value), ...(bound && { bound }), ...scope };
    }),
  );
}

/** "`chartMode` must stay off" */
function flags(): CheckForm[] {
  const subject = "<x> must|should always? be|stay|remain";
  const values = [
    ["true", "true|on|enabled"],
    ["false", "false|off|disabled"],
  ] as const;
  return values.flatMap(([value, words], i) =>
    checkForms(
      [
        `${subject} set? to? ${words} <*tail>`,
        `keep|leave|set <x> to? ${words} <*tail>`,
        `<x> must|should never|not be set? to? ${values[1 - i]?.[1]} <*tail>`,
        `{not} set|turn|switch <x> to? ${values[1 - i]?.[1]} <*tail>`,
      ],
      ({ names, rest }, following) => {
        const name = single(names.x?.texts);
        const scope = scopeOfTail(rest.tail, following);
        return name && NAME.test(name) && scope ? { form: "invariant", name, value, ...scope } : undefined;
      },
    ),
  );
}
