import { code } from "../../base/markdown";
import type { Naming } from "../check";
import { pathPatternOf } from "../pathPattern";
import { isDecorator, nameFilter, type Subject, subjectsIn } from "./declarations";
import type { FileForm } from "./form";
import type { Governed } from "./outcome";

/** How things are called, and where they are. */
export const naming: FileForm<Naming> = function* (check, file): Generator<Governed> {
  for (const subject of subjectsIn(file, check.subject)) {
    if (check.style === "camelCase" && isDecorator(file, subject.fn)) continue;
    const fault = faultOf(check, subject, file.path);
    const { span, fn, name } = subject;
    const claim = fault && `${code(check.subject.kind.endsWith("file") ? file.path : name)} ${fault}`;
    yield { file, span, ...(claim && { offence: { claim, file, fn, span } }) };
  }
};

/** Names that a router, a bundler or a language wants. */
const PRESCRIBED_FILE = /^[[(+@._-]|^(?:index|main|setup)$/;

const styles: Readonly<Record<NonNullable<Naming["style"]>, RegExp>> = {
  camelCase: /^[a-z][\p{L}\p{N}]*$/u,
  PascalCase: /^[A-Z][\p{L}\p{N}]*$/u,
  snake_case: /^[\p{Ll}\p{N}]+(?:_[\p{Ll}\p{N}]+)*$/u,
  "kebab-case": /^[\p{Ll}\p{N}]+(?:-[\p{Ll}\p{N}]+)*$/u,
  SCREAMING_SNAKE_CASE: /^[\p{Lu}\p{N}]+(?:_[\p{Lu}\p{N}]+)*$/u,
};

/** `I*` is `ITide` and not `Island`. */
function isCalled(name: string, pattern: string): boolean {
  const start = /[A-Za-z]\*$/.test(pattern) ? pattern.length - 1 : undefined;
  return nameFilter([pattern])(name) && !(start !== undefined && /^\p{Ll}/u.test(name.slice(start)));
}

/** `test_` is how pytest finds tests; those of another language are found by another name. */
function isOfOtherRunner(path: string, prefix: string | undefined, scope: Naming["scope"]): boolean {
  return prefix === "test_" && !scope?.languages && /[._](?:test|spec)\.(?:[cm]?[jt]sx?|go)$|Tests?\.java$/.test(path);
}

function faultOf(
  { style, prefix, suffix, avoid = [], paths, subject, scope }: Naming,
  { name }: Subject,
  path: string,
): string | undefined {
  // `__init__`, `_private`, `$scope`, `[id]`, `-tides` and such have names that others prescribe.
  const isPrescribed = path.endsWith("conftest.py") || isOfOtherRunner(path, prefix, scope);
  if (subject.kind === "test-file" && isPrescribed) return undefined;
  const bare = name.replace(/^_+|_+$/g, "");
  const isSpecial =
    bare === "" ||
    name.startsWith("[") ||
    /^__.*__$/.test(name) ||
    (subject.kind === "file" && PRESCRIBED_FILE.test(name));
  // JSX takes a name in small letters for an element of the page.
  // What never changes is named like a constant, though it may be called.
  const isConstant = subject.kind === "function" && /^[A-Z\d]+(?:_[A-Z\d]+)+$/.test(bare);
  const isComponent = style === "camelCase" && /\.[jt]sx$/.test(path) && styles.PascalCase.test(bare);
  if (style && !isSpecial && !isComponent && !isConstant && !styles[style].test(bare)) return `is not in ${style}`;
  const avoided = avoid.find((pattern) => isCalled(name, pattern));
  if (avoided !== undefined) return `is called ${code(avoided)}`;
  if (prefix && !name.startsWith(prefix)) return `does not start with ${code(prefix)}`;
  // A test of a component is one as well: `.test.tsx`.
  const ends = suffix && [name, path].some((text) => text.endsWith(suffix) || text.replace(/x$/, "").endsWith(suffix));
  if (suffix && !ends) return `does not end with ${code(suffix)}`;
  if (paths && paths.length > 0 && !paths.some((each) => pathPatternOf(each).matches(path)))
    return `is not in ${paths.map((each) => code(each)).join(" or ")}`;
  return undefined;
}
