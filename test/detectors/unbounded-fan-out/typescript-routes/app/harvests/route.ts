import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function POST(request: Request) {
  const { orchard } = await request.json();
  const pickers = await prisma.picker.findMany({ where: { orchard } });
  for (const picker of pickers) {
    await prisma.task.create({ data: { picker: picker.id } }); // want "Each call of `POST` makes 1 row .*for each of `pickers`"
  }
}

export async function renumber(orchard: string) {
  const pickers = await prisma.picker.findMany({ where: { orchard } });
  for (const picker of pickers) {
    await prisma.task.create({ data: { picker: picker.id } });
  }
}
