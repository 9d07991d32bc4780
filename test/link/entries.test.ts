import { expect, it } from "vitest";
import { scannedWorkspace, temporaryFolder } from "../support/workspaces";

/** How each function is reached from outside: the kind, and the calls it takes. */
async function reached(files: Record<string, string>): Promise<Record<string, string>> {
  const { model } = (await scannedWorkspace(temporaryFolder(files))).analysis();
  return Object.fromEntries(
    [...model.functions.values()].map(({ id, reachedFrom }) => [
      id.slice(id.indexOf("#") + 1),
      reachedFrom.map(({ kind, distance }) => `${kind} ${distance}`).join(", "),
    ]),
  );
}

it("sees the method of an object that is handed over where a function could be", async () => {
  const go = `package a
import "net/http"
type Desk struct{}
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) { answer() }
func answer() {}
func Listen() { http.Handle("/", &Desk{}) }
`;
  expect(await reached({ "go.mod": "module a\n", "a.go": go })).toEqual({
    "(*Desk).ServeHTTP": "handler 0",
    answer: "handler 1",
    Listen: "",
  });
});

it("sees a method that overrides one of a library which outsiders call", async () => {
  const java = `package a;
import javax.servlet.http.HttpServlet;
class Base extends HttpServlet {}
class Desk extends Base {
  protected void doGet(HttpServletRequest request, HttpServletResponse response) { answer(); }
  void answer() {}
}
class Alone { protected void doGet() {} }
`;
  expect(await reached({ "a/Desk.java": java })).toEqual({
    "Desk.doGet": "handler 0",
    "Desk.answer": "handler 1",
    "Alone.doGet": "",
  });
});

it("sees a task that a clock runs", async () => {
  const java = `package a;
import java.util.concurrent.ScheduledExecutorService;
class Sweep implements Runnable {
  public void run() {}
  void start(ScheduledExecutorService clock) { clock.scheduleAtFixedRate(new Sweep(), 0, 1, null); }
}
`;
  expect(await reached({ "a/Sweep.java": java })).toEqual({ "Sweep.run": "timer 0", "Sweep.start": "" });
});
