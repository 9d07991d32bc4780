import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { expect, onTestFinished } from "vitest";
import { ensureTmux } from "../../scripts/lib/vscodeServer.mjs";

const run = promisify(execFile);

/** A terminal with a program in it, as a person sees it and types into it. */
export class Terminal {
  private constructor(
    private readonly tmux: string,
    private readonly server: string,
  ) {}

  /** @param command as a shell reads it; ends with the terminal, which ends with the test */
  static async open(command: string, folder: string, env: Readonly<Record<string, string>>): Promise<Terminal> {
    const terminal = new Terminal(await ensureTmux(), `fathom-${randomUUID()}`);
    const variables = Object.entries(env).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    onTestFinished(() => terminal.tell("kill-server").then(() => undefined));
    // What the program leaves on the screen can be read when it has ended.
    await terminal.tell(
      "-f",
      "/dev/null",
      "new-session",
      "-d",
      "-x",
      "100",
      "-y",
      "60",
      "-c",
      folder,
      ...variables,
      "sh",
    );
    await terminal.tell("set", "-g", "history-limit", "5000");
    await terminal.type(`${command}; echo "ended with $?"`);
    return terminal;
  }

  /** Types a line, and Enter. */
  async type(line: string): Promise<void> {
    if (line !== "") await this.tell("send-keys", "-l", line);
    await this.press("Enter");
  }

  /** Keys by tmux's names: `C-c`, `BSpace`. */
  async press(...keys: string[]): Promise<void> {
    await this.tell("send-keys", ...keys);
  }

  /** All that was written so far, without colours, lines that were broken put together. */
  async text(): Promise<string> {
    return this.tell("capture-pane", "-p", "-J", "-S", "-");
  }

  /** The line the cursor is on. */
  async lastLine(): Promise<string> {
    return (await this.text()).trimEnd().split("\n").at(-1) ?? "";
  }

  /** What a program can set by what it writes. */
  async title(): Promise<string> {
    return (await this.tell("display-message", "-p", "#{pane_title}")).trim();
  }

  async shows(text: string | RegExp, timeout = 30_000): Promise<void> {
    const matching = typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);
    await expect.poll(() => this.text(), { timeout, interval: 100 }).toEqual(matching);
  }

  private async tell(...args: string[]): Promise<string> {
    const { stdout } = await run(this.tmux, ["-L", this.server, ...args], { encoding: "utf8" });
    return stdout;
  }
}
