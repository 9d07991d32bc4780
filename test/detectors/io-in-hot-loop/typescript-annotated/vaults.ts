import { controller, httpGet } from "inversify-express-utils";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

@controller("/vaults")
export class VaultsController {
  @httpGet("/")
  async all() {
    const vaults = await prisma.vault.findMany();
    const heirs = [];
    for (const vault of vaults) {
      heirs.push(await prisma.heir.findFirst({ where: { vault: vault.id } })); // want "each of `vaults` × 1 database read\.$"
    }
    return heirs;
  }

  async nobody() {
    const vaults = await prisma.vault.findMany();
    for (const vault of vaults) await prisma.heir.findFirst({ where: { vault: vault.id } });
  }
}
