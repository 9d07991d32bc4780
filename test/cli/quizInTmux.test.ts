import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureTmux } from "../../scripts/lib/vscodeServer.mjs";
import { fathom } from "../support/commandLine";
import { Terminal } from "../support/tmux";
import { root, temporaryFolder } from "../support/workspaces";

// The first run on a machine may install tmux.
const installTimeout = 10 * 60_000;
const seed = "7";
const ledger = ".fathom/ledger/berths.js.jsonl";
const noConfiguration = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
const berthFee = `export function berthFee(metres, nights) {
  if (nights < 1) return "none";
  if (metres > 12) return "long " + metres * nights;
  return "short " + (metres * nights - 2);
}
`;

/** A repository with one function, and what is right of its quiz with the seed. */
function repository(source = berthFee, knowsMia = true) {
  const folder = temporaryFolder({ "berths.js": source });
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
  git("init", "--quiet");
  const introduceMia = () => {
    git("config", "user.name", "Mia Lund");
    git("config", "user.email", "mia@harbour.example");
  };
  if (knowsMia) introduceMia();
  const printed = fathom(["quiz", "berths.js#berthFee", "--seed", seed, "--format", "json", "--with-answers"], {
    cwd: folder,
  });
  const answers = JSON.parse(printed.stdout).questions.map(({ answer }: { answer: number }) => String(answer + 1));
  return { folder, introduceMia, answers: answers as string[] };
}

function take(folder: string): Promise<Terminal> {
  const command = `'${process.execPath}' '${join(root, "dist/cli.js")}' quiz 'berths.js#berthFee' --seed ${seed}`;
  return Terminal.open(command, folder, noConfiguration);
}

async function answer(terminal: Terminal, answers: readonly string[]): Promise<void> {
  for (const [i, right] of answers.entries()) {
    await terminal.shows(`${i + 1} of ${answers.length}`);
    await expect.poll(() => terminal.lastLine()).toMatch(/^1 to \d, or Enter when you do not know:$/);
    await terminal.type(right);
  }
}

async function explain(terminal: Terminal): Promise<void> {
  await terminal.shows("Why it exists");
  for (const line of ["Bills a berth for its nights.", "", "", "", "", ""]) await terminal.type(line);
  await terminal.shows("How often did you look at the code?");
  await terminal.type("0");
}

describe("fathom quiz in a terminal", { timeout: 120_000 }, () => {
  beforeAll(() => ensureTmux(), installTimeout);

  test("asks, hears the explanation, and signs the function off", async () => {
    const { folder, answers } = repository();
    const terminal = await take(folder);
    await terminal.shows("1 to 4, or Enter when you do not know:");
    await terminal.press("9", "BSpace");
    // A line that is corrected keeps what is asked.
    await expect.poll(() => terminal.lastLine()).toBe("1 to 4, or Enter when you do not know:");
    await terminal.type("9");
    await terminal.shows("Type a number from 1 to 4.");
    await answer(terminal, answers);
    await explain(terminal);
    await terminal.shows(`${answers.length} of ${answers.length} right. Passed.`);
    await terminal.shows("ended with 0");
    expect(await terminal.text()).toContain(`Signed off in ${ledger}, line 1.`);
    expect(JSON.parse(readFileSync(join(folder, ledger), "utf8"))).toMatchObject({
      kind: "explained",
      who: "Mia Lund <mia@harbour.example>",
      symbol: "berthFee",
      score: 100,
      peeks: 0,
      text: "### Why it exists\n\nBills a berth for its nights.",
    });
  });

  test("is left with Ctrl+C and with Ctrl+D, and keeps nothing", async () => {
    const { folder } = repository();
    const terminal = await take(folder);
    await terminal.shows("1 of");
    await terminal.type("1");
    await terminal.shows("2 of");
    await terminal.press("C-c");
    await terminal.shows("Left. Nothing was kept.");
    await terminal.shows("ended with 0");
    const other = await take(folder);
    await other.shows("1 to 4, or Enter when you do not know:");
    await other.press("C-d");
    await other.shows("Left. Nothing was kept.");
    expect(existsSync(join(folder, ".fathom"))).toBe(false);
  });

  test("says at once that git does not know the user, and signs off once it does", async () => {
    const { folder, introduceMia, answers } = repository(berthFee, false);
    const terminal = await take(folder);
    await terminal.shows("As things are, nothing can be signed off. Git does not know who you are");
    await answer(terminal, answers);
    await explain(terminal);
    await terminal.shows("Not signed off. Git does not know who you are");
    introduceMia();
    await terminal.type("");
    await terminal.shows(`Signed off in ${ledger}, line 1.`);
  });

  test("signs nothing off that has changed meanwhile, and gives the explanation back", async () => {
    const { folder, answers } = repository();
    const terminal = await take(folder);
    await answer(terminal, answers);
    writeFileSync(join(folder, "berths.js"), berthFee.replace("> 12", "> 14"));
    await explain(terminal);
    await terminal.shows("Not signed off. berthFee has changed meanwhile");
    await terminal.press("C-d");
    await terminal.shows("ended with 0");
    expect((await terminal.text()).split("Nothing was written to the ledger.")[1]).toContain(
      "Bills a berth for its nights.",
    );
    expect(existsSync(join(folder, ".fathom"))).toBe(false);
  });

  test("writes out what a terminal would obey", async () => {
    const taking = "\u001b]2;taken over\u0007\u001b[8m";
    const { folder, answers } = repository(
      berthFee.replace('"long "', `"${taking}long "`).replace('"none"', '"\\u009b8mno\\u202ene"'),
    );
    const terminal = await take(folder);
    await answer(
      terminal,
      answers.map((right) => (right === "1" ? "2" : "1")),
    );
    await explain(terminal);
    await terminal.shows("ended with 0");
    const text = await terminal.text();
    expect(text).toContain("\\x1b]2;taken over\\x07\\x1b[8mlong");
    expect(text).toContain("\\x9b8mno\\u202ene");
    expect(text).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(await terminal.title()).not.toBe("taken over");
  });
});
