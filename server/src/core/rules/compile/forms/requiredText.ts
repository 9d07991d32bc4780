import { isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import { placeOfPhrase } from "../place";
import { scopeOfTail } from "../tail";

/** "Every file starts with `// Copyright`". */
export const requiredTextForms: readonly CheckForm[] = requiredText();

function requiredText(): CheckForm[] {
  return [...ofFolder(), ...ofFiles()];
}

/** "Integration tests: `e2e/`, require the `//go:build e2e` tag". */
function ofFolder(): CheckForm[] {
  return checkForms(
    [
      "<+what> :|— <where> ,? require|requires|need|needs|use|must have|carry? the? <text> build? tag|header|comment|directive|pragma <*tail>",
      "files|tests in|under <where> require|requires|need|needs|must|should have|carry|begin|start|include? with? the? <text> build? tag|header|comment|directive|pragma|line <*tail>",
    ],
    ({ names, rest }, following) => {
      const [text, ...more] = names.text?.texts ?? [];
      const paths = names.where?.texts ?? [];
      const scope = scopeOfTail(rest.tail, following);
      if (text === undefined || more.length > 0 || text.length <= 5 || !paths.every(isPath) || scope === undefined)
        return undefined;
      return {
        form: "required-text",
        text,
        scope: { ...scope.scope, paths, ...(/^\/\/go:build/.test(text) && { languages: ["go" as const] }) },
      };
    },
  );
}

function ofFiles(): CheckForm[] {
  return checkForms(
    [
      "all|every|each <+where> must|should always? start|begin|include|have|contain with? <text> <*tail>",
      "all|every|each <+where> start|starts|begin|begins|include|includes|have|has|contain|contains with? <text> <*tail>",
      "start|begin all|every|each <+where> with <text> <*tail>",
      "add|include|put <text> to|in|at all|every|each <+where> <*tail>",
      "add|include|put <text> to|in|at the? top|start of all|every|each <+where> <*tail>",
    ],
    ({ names, rest }, following) => {
      const [text, ...more] = names.text?.texts ?? [];
      const place = rest.where && placeOfPhrase(rest.where);
      const scope = scopeOfTail(rest.tail, following);
      if (text === undefined || more.length > 0 || text.length <= 5 || isPath(text)) return undefined;
      if (place === undefined || place.inside !== undefined || scope === undefined) return undefined;
      const whole = { ...place.scope, ...scope.scope };
      return { form: "required-text", text, ...(Object.keys(whole).length > 0 && { scope: whole }) };
    },
  );
}
