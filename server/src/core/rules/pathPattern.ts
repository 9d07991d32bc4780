import { compileGlob } from "./glob";

/** A path as a rule names it, ready to compare with the files of the workspace. */
export interface PathPattern {
  /** Name of the file or directory it ends in; `undefined` for a pattern with wildcards. */
  lastName: string | undefined;
  matches(path: string): boolean;
}

/**
 * A path in prose is written from the root or from anywhere below it, so it matches as the tail of a file's path. A
 * directory matches the files in it; one of a single name (`docs/`) must be at the root.
 */
export function pathPatternOf(written: string): PathPattern {
  const path = written.replace(/^(?:\.{0,2}\/)+/, "").replace(/:\d.*$/, "");
  if (/[*{]/.test(path)) {
    const anywhere = path.startsWith("**/") ? path : `**/${path}`;
    return { lastName: undefined, matches: compileGlob(anywhere) };
  }
  const isMarkedDirectory = path.endsWith("/");
  const name = path.replace(/\/+$/, "");
  const isNested = name.includes("/");
  return {
    lastName: name.slice(name.lastIndexOf("/") + 1),
    matches: (file) => {
      if (!isMarkedDirectory && (file === name || file.endsWith(`/${name}`))) return true;
      if (!isMarkedDirectory && !isNested) return false;
      return file.startsWith(`${name}/`) || (isNested && file.includes(`/${name}/`));
    },
  };
}
