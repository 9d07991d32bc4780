import { code } from "../../base/markdown";
import type { RequiredText } from "../check";
import type { FileForm } from "./form";
import type { Governed } from "./outcome";

/** Each file has this text near its start. */
export const requiredText: FileForm<RequiredText> = function* ({ text }, file): Generator<Governed> {
  const span = { start: 0, end: 0 };
  const wanted = words(text);
  const imports = file.imports.map(({ module, member }) => `from ${module} import ${member ?? ""} import ${module}`);
  // An empty package has nothing that an import could change.
  if (wanted.startsWith("from ") && file.functions.length + file.types.length + file.constants.length === 0) return;
  const hasText = [file.head ?? "", ...imports].some((part) => words(part).includes(wanted));
  const claim = `${code(file.path)} does not begin with ${code(text)}`;
  yield { file, span, ...(!hasText && { offence: { claim, file, fn: -1, span } }) };
};

/** Without quotes, comment marks and line breaks, which differ from language to language. */
function words(text: string): string {
  return text
    .replace(/["'`;]|^\s*(?:\/\/|\/\*+|\*|#)/gm, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
