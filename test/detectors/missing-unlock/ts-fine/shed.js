import { Mutex } from "async-mutex";

const mutex = new Mutex();
let tools = 0;

export async function store(tool) {
  const release = await mutex.acquire();
  try {
    if (!tool) return tools;
    tools += 1;
    return tools;
  } finally {
    release();
  }
}
