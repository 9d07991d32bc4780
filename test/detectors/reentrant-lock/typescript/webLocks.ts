const desk = "desk";

export async function write(line: string): Promise<void> {
  await navigator.locks.request(desk, async () => {
    document.title = line;
  });
}

export async function rewrite(line: string): Promise<void> {
  await navigator.locks.request(desk, async () => { // want "`rewrite` runs a function under `navigator\.locks` that takes it again in `write`"
    await write(line);
  });
}

// Each name is a lock of its own.
export async function open(line: string): Promise<void> {
  await navigator.locks.request("room", async () => {
    await navigator.locks.request("shelf", async () => {
      document.title = line;
    });
    await write(line);
  });
}

export async function pick(name: string): Promise<void> {
  await navigator.locks.request(name, async () => {
    await write(name);
  });
}
