import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

const treesByMark: Record<string, string> = {};
const pressesByMark = new Map<string, string>();
const picksByMark: Record<string, string> = {};
const jarsByMark = new Map<string, string>();

async function treeOf({ mark }: { mark: string }) {
  return prisma.tree.findUnique({ where: { mark } });
}

// Only what there is in the database is kept.
async function tree(mark: string) {
  if (treesByMark[mark]) {
    return treesByMark[mark];
  }
  const found = await treeOf({ mark });
  if (!found) {
    throw new Error(mark);
  }
  treesByMark[mark] = found.id; // want-info "kept only where something was found by the same key"
  return found.id;
}

async function press(mark: string) {
  const found = await treeOf({ mark });
  if (found) {
    pressesByMark.set(mark, found.id); // want-info "kept only where something was found by the same key"
  }
}

// What is looked up is another thing than what is kept.
async function pick(owner: string, mark: string) {
  const found = await treeOf({ mark: owner });
  if (!found) {
    return;
  }
  picksByMark[mark] = found.id; // want "The key comes with the request"
}

// It is kept whatever was found.
async function jar(mark: string) {
  const found = await treeOf({ mark });
  if (!found) {
    console.warn(mark);
  }
  jarsByMark.set(mark, "jar"); // want "The key comes with the request"
}

app.get("/trees/:mark", async (req, res) => {
  await press(req.params.mark);
  await pick(req.params.owner, req.params.mark);
  await jar(req.params.mark);
  res.send(await tree(req.params.mark));
});
