import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import * as vscode from "vscode";
import {
  closeEditors,
  diagnosticOf,
  eventually,
  fathomDiagnostics,
  fileUri,
  hoverText,
  lensTitles,
  openFile,
  oracleDiagnostic,
  positionOf,
  replaceText,
} from "./editor";

const EXTENSION_ID = "fathom.fathom";
const ACTIVATION_LIMIT_MILLISECONDS = 50;
const ORACLE = { path: "reports/rollup.py", name: "merge_usage_windows" };
const CLEAN = "reports/accounts.py";
const CALLED = { path: CLEAN, name: "normalize_account" };
const LOCKS = "ingest/meter.go";
const INVOICES = "reports/invoices.py";
const RULES = "CLAUDE.md";
const OTHER_ORACLES = [
  { path: "ingest/backlog.go", name: "CompactBacklog" },
  { path: "web/schedule.ts", name: "settleSlots" },
];

async function openOracle(): Promise<{ editor: vscode.TextEditor; uri: vscode.Uri; diagnostic: vscode.Diagnostic }> {
  const editor = await openFile(ORACLE.path);
  const { uri } = editor.document;
  const diagnostic = await eventually("the oracle's diagnostic", () => oracleDiagnostic(uri));
  return { editor, uri, diagnostic };
}

async function setSeverity(severity: "warning" | "off" | undefined): Promise<void> {
  const target = vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration("fathom").update("oracleFunction.severity", severity, target);
}

function contributedCommands(): string[] {
  const manifest = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON;
  return manifest.contributes.commands.map(({ command }: { command: string }) => command);
}

function shownTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ activeTab }) => activeTab ?? []);
}

function quizTabs(): vscode.Tab[] {
  const isQuiz = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputWebview && /fathom\.quiz$/.test(input.viewType);
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isQuiz));
}

function showsText(input: unknown, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}

async function quickFix(uri: vscode.Uri, range: vscode.Range, title: RegExp): Promise<vscode.CodeAction | undefined> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.find((action) => title.test(action.title));
}

async function applyAction({ edit, command }: vscode.CodeAction): Promise<void> {
  if (edit) assert.ok(await vscode.workspace.applyEdit(edit));
  if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

describe("Fathom in VS Code", () => {
  afterEach(async () => {
    await setSeverity(undefined);
    await closeEditors();
  });

  it("is activated by a file of a language it knows, and quickly", async () => {
    const extension = vscode.extensions.getExtension<{ activationMilliseconds: number }>(EXTENSION_ID);
    assert.ok(extension, `${EXTENSION_ID} is not there`);
    await openFile(ORACLE.path);
    await eventually("activation", () => extension.isActive);
    const { activationMilliseconds } = extension.exports;
    assert.ok(
      activationMilliseconds < ACTIVATION_LIMIT_MILLISECONDS,
      `activation took ${activationMilliseconds} ms, the limit is ${ACTIVATION_LIMIT_MILLISECONDS} ms`,
    );
  });

  it("registers every command it contributes", async () => {
    await openOracle();
    const contributed = contributedCommands();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(contributed.includes("fathom.explainFunction"));
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });

  it("reports an oracle function", async () => {
    const { editor, diagnostic } = await openOracle();
    const line = positionOf(editor.document, `def ${ORACLE.name}`).line;
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(diagnostic.range.start.line, line);
    assert.ok(typeof diagnostic.code === "object");
    assert.match(diagnostic.code.target.path, /oracle-function\.md$/);
  });

  for (const { path, name } of OTHER_ORACLES) {
    it(`reports the oracle function in ${path}`, async () => {
      const { document } = await openFile(path);
      const diagnostic = await eventually(`a diagnostic in ${path}`, () => oracleDiagnostic(document.uri));
      assert.equal(diagnostic.range.start.line, positionOf(document, name).line);
    });
  }

  it("shows a lens above an oracle", async () => {
    const { uri } = await openOracle();
    await eventually("the lens", async () => (await lensTitles(uri)).some((title) => title.startsWith("Oracle:")));
  });

  it("quizzes on an oracle from its lens and its quick fix, one quiz at a time", async () => {
    const { uri, diagnostic } = await openOracle();
    await eventually("the lens", async () => (await lensTitles(uri)).includes("Quiz me"));
    const fix = await eventually("the quick fix", () => quickFix(uri, diagnostic.range, /^Quiz me on this function$/));
    await applyAction(fix);
    await eventually("the quiz", () => quizTabs().length === 1);
    await applyAction(fix);
    assert.equal(quizTabs().length, 1);
    // Nothing is answered yet, so nothing is asked.
    await vscode.window.tabGroups.close(quizTabs());
    await eventually("the end of the quiz", () => quizTabs().length === 0);
  });

  it("shows no lens in a file without findings", async () => {
    const { document } = await openFile(CLEAN);
    const clean = document.getText();
    const oracle = await vscode.workspace.openTextDocument(fileUri(ORACLE.path));
    // Only a file known to be analysed proves anything by having no lens.
    await replaceText(document, `${clean}\n\n${oracle.getText()}`);
    await eventually("the pasted oracle's lens", async () => (await lensTitles(document.uri)).length > 0);
    await replaceText(document, clean);
    await eventually("no lens", async () => (await lensTitles(document.uri)).length === 0);
    // A lens is asked for and told at once; diagnostics are published when the edit has settled.
    await eventually("no diagnostic", () => fathomDiagnostics(document.uri).length === 0);
  });

  it("shows an oracle's evidence on hover", async () => {
    const { editor, uri } = await openOracle();
    const text = await hoverText(uri, positionOf(editor.document, ORACLE.name));
    assert.match(text, /oracle/i);
    assert.match(text, /dividing by .?3600/);
  });

  it("shows the rule which governs a call on hover", async () => {
    const { editor, uri } = await openOracle();
    const call = positionOf(editor.document, "normalize_account(row");
    const text = await eventually("the rule", async () => {
      const hover = await hoverText(uri, call);
      return hover.includes("CLAUDE.md") && hover;
    });
    assert.match(text, /compare account names/);
  });

  it("explains the function at the cursor in a document of its own", async () => {
    const { editor, uri } = await openOracle();
    const position = positionOf(editor.document, ORACLE.name);
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand("fathom.explainFunction");
    await eventually("a document about the function", () =>
      vscode.workspace.textDocuments.some(
        (document) => document.uri.toString() !== uri.toString() && document.getText().includes(ORACLE.name),
      ),
    );
    await eventually("its tab", () => shownTabs().some(({ input }) => !showsText(input, uri)));
  });

  it("tells who calls a function from another file", async () => {
    const { document } = await openFile(CALLED.path);
    const position = positionOf(document, CALLED.name);
    await eventually("the caller in the hover", async () =>
      (await hoverText(document.uri, position)).includes(ORACLE.name),
    );
    await vscode.commands.executeCommand("fathom.explainFunction", document.uri.toString(), {
      line: position.line,
      character: position.character,
    });
    await eventually("the caller in the brief", () =>
      vscode.workspace.textDocuments.some((brief) => {
        const [, callers] = /\n## Called by\n\n(.*?)(?:\n## |$)/s.exec(brief.getText()) ?? [];
        return callers?.includes(ORACLE.name) && callers.includes("reports/rollup.py:4");
      }),
    );
  });

  it("clears its cache and goes on", async () => {
    const { uri } = await openOracle();
    await vscode.commands.executeCommand("fathom.clearCache");
    // Once more, when there is none.
    await vscode.commands.executeCommand("fathom.clearCache");
    await eventually("the diagnostic", () => oracleDiagnostic(uri));
    await eventually("the lens", async () => (await lensTitles(uri)).length > 0);
  });

  it("obeys a changed severity at once", async () => {
    const { uri } = await openOracle();
    await setSeverity("warning");
    await eventually("a warning", () => oracleDiagnostic(uri)?.severity === vscode.DiagnosticSeverity.Warning);
    await setSeverity("off");
    await eventually("no diagnostic", () => !oracleDiagnostic(uri));
    await setSeverity(undefined);
    await eventually("an information", () => oracleDiagnostic(uri)?.severity === vscode.DiagnosticSeverity.Information);
  });

  it("follows unsaved edits", async () => {
    const { editor, uri } = await openOracle();
    const text = editor.document.getText();
    const emptied = text.replace(/(def merge_usage_windows[^\n]*:\n).*/s, "$1    return []\n");
    await replaceText(editor.document, emptied);
    assert.ok(editor.document.isDirty);
    await eventually("no diagnostic", () => !oracleDiagnostic(uri));
    await replaceText(editor.document, text);
    await eventually("the diagnostic again", () => oracleDiagnostic(uri));
  });

  it("shows a lens above a function that queries under a lock, and one for each of many", async () => {
    const { document } = await openFile(LOCKS);
    await eventually("both lenses", async () => {
      const titles = await lensTitles(document.uri);
      return ["Holds Meter.mu during a database write", "Each of m.units: 1 UPDATE on accounts, every 1 min"].every(
        (wanted) => titles.some((title) => title.includes(wanted)),
      );
    });
  });

  it("leads from a finding through the steps of its witness", async () => {
    const { document } = await openFile(LOCKS);
    const diagnostic = await eventually("the diagnostic", () => diagnosticOf(document.uri, "blocking-call-under-lock"));
    const lineOf = (text: string) => positionOf(document, text).line;
    const flush = lineOf("func (m *Meter) flush");
    const { relatedInformation: steps = [] } = diagnostic;
    assert.deepEqual(
      steps.map(({ location, message }) => [location.range.start.line, message]),
      [
        [flush + 1, "takes 'Meter.mu'"],
        [lineOf("m.store("), "calls '(*Meter).store'"],
        [lineOf("m.db.Exec"), "goes to the database ('update accounts')"],
      ],
    );
    assert.ok(steps.every(({ location }) => location.uri.toString() === document.uri.toString()));
  });

  it("mends a lock that nothing gives back, and can be undone", async () => {
    const { document } = await openFile(LOCKS);
    const before = document.getText();
    const missing = () => diagnosticOf(document.uri, "missing-unlock");
    const { range } = await eventually("the diagnostic", missing);
    const fix = await eventually("the quick fix", () => quickFix(document.uri, range, /^Defer m\.mu\.Unlock\(\)$/));
    await applyAction(fix);
    assert.equal(
      document.getText(),
      before.replace("m.mu.Lock()\n\tm.units[", "m.mu.Lock()\n\tdefer m.mu.Unlock()\n\tm.units["),
    );
    await eventually("no diagnostic", () => !missing());
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
    await eventually("the diagnostic again", missing);
  });

  it("tells in the hover of a broken rule who wrote it, and after which fix", async () => {
    const { document } = await openFile(INVOICES);
    const call = positionOf(document, "fold_name(row");
    await eventually("the rule with its history", async () => {
      const hover = await hoverText(document.uri, call);
      return ["CLAUDE.md:8", "broken here", "Written 2026-03-04 by Grace Example", "After the fix of 2026-03-02"].every(
        (part) => hover.includes(part),
      );
    });
  });

  it("mends a call against a rule with what the rule names instead", async () => {
    const { document } = await openFile(INVOICES);
    const before = document.getText();
    const call = positionOf(document, "fold_name(row");
    const violation = () => fathomDiagnostics(document.uri).find(({ range }) => range.start.isEqual(call));
    const { range, relatedInformation = [] } = await eventually("the violation", violation);
    assert.equal(relatedInformation[0]?.location.uri.toString(), fileUri(RULES).toString());
    const fix = await eventually("the quick fix", () =>
      quickFix(document.uri, range, /^Use 'normalize_account' instead$/),
    );
    await applyAction(fix);
    assert.equal(document.getText(), before.replace("fold_name(row", "normalize_account(row"));
    await eventually("no violation there", () => !violation());
  });

  it("mends a rule about a function with another name", async () => {
    const { document } = await openFile(RULES);
    const stale = () => diagnosticOf(document.uri, "stale-rule");
    const { range } = await eventually("the stale rule", stale);
    assert.equal(document.getText(range), "settleSlot");
    const fix = await eventually("the quick fix", () =>
      quickFix(document.uri, range, /^Did you mean 'settleSlots'\?$/),
    );
    await applyAction(fix);
    await eventually("no stale rule", () => !stale());
  });

  it("shows above a checked rule what it governs", async () => {
    const { document } = await openFile(RULES);
    const wanted = ["enforced: 2 matches, 2 violations", "enforced: 2 matches, 1 violation"];
    await eventually("the lenses", async () => {
      const titles = await lensTitles(document.uri);
      return wanted.every((title) => titles.includes(title)) && titles.length === wanted.length;
    });
  });

  it("completes a name in a rule, and leads from it to the code", async () => {
    const { document } = await openFile(RULES);
    const end = document.lineAt(document.lineCount - 1).range.end;
    await replaceText(document, `${document.getText()}- Never call \`norm`);
    await eventually("the name", async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        end.translate(0, "- Never call `norm".length),
      );
      return items.some(({ label }) => label === "normalize_account");
    });
    const [definition] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      positionOf(document, "normalize_account"),
    );
    assert.equal(definition?.targetUri.toString(), fileUri(CLEAN).toString());
    assert.equal(definition?.targetRange.start.line, 0);
  });

  it("offers to ignore a finding with a reason", async () => {
    const { editor, uri, diagnostic } = await openOracle();
    const fix = await eventually("the quick fix", () => quickFix(uri, diagnostic.range, /^ignore .*with a reason/i));
    await applyAction(fix);
    await eventually("the comment", () => editor.document.getText().includes("# fathom:ignore oracle-function -- "));
  });
});
