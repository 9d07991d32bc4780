import { createColors } from "picocolors";
import type { Notice } from "../core/base/notice";

export type Colors = ReturnType<typeof createColors>;

/** Colours only where a person reads them: a terminal, unless `NO_COLOR` is set. */
export function colorsFor(stream: NodeJS.WriteStream): Colors {
  return createColors(Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== "dumb");
}

/** Progress on stderr: a line that rewrites itself on a terminal, nothing elsewhere. */
export class Progress {
  private lastDrawn = 0;
  private isDrawn = false;

  constructor(
    private readonly label: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  update(done: number, total: number): void {
    if (!this.stream.isTTY || (Date.now() - this.lastDrawn < 80 && done < total)) return;
    this.lastDrawn = Date.now();
    this.isDrawn = true;
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    this.stream.write(`\r\x1b[K${this.label} ${done} of ${total} files, ${percent}%`);
  }

  end(): void {
    if (this.isDrawn) this.stream.write("\r\x1b[K");
    this.isDrawn = false;
  }
}

const maxNoticesShown = 20;

/** Notices on stderr, as many as a person reads. */
export function printNotices(notices: readonly Notice[], isVerbose: boolean): void {
  const colors = colorsFor(process.stderr);
  const worth = isVerbose ? notices : notices.filter((notice) => notice.severity !== "info");
  for (const notice of worth.slice(0, isVerbose ? worth.length : maxNoticesShown)) {
    const where = notice.path ? `${notice.path}${notice.line ? `:${notice.line}` : ""}: ` : "";
    process.stderr.write(`${colors.yellow(notice.severity)} ${where}${notice.message}\n`);
  }
  const hidden = notices.length - Math.min(worth.length, isVerbose ? worth.length : maxNoticesShown);
  if (hidden > 0) process.stderr.write(`${colors.dim(`${hidden} more notices; --verbose shows them`)}\n`);
}

/** Breaks a text into lines no wider than `width`, at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}
