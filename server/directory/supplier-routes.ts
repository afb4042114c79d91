/** Suppliers and partners over HTTP: read by all, kept by level 5 and administrators. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import * as contract from "../../contract/suppliers.ts";
import { type Supplier, supplierFault } from "../../core/directory/suppliers.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { everything, type Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { refuseUnlessKeeper } from "./catalogue-routes.ts";
import { each, one, refuseUnknown } from "./references.ts";
import { changeBy, type DirectoryKnown } from "./routes.ts";
import { change, unlessTaken } from "./store.ts";
import { insertSupplier, lockSupplier, updateSupplier } from "./supplier-store.ts";

export const supplierView = (supplier: Supplier): contract.SupplierView => ({
  ...supplier,
  services: [...supplier.services],
  targets: supplier.targets.map(({ priorities, ...target }) => ({
    ...target,
    ...(priorities && { priorities: [...priorities] }),
  })),
  contacts: [...supplier.contacts],
});

export function supplierRoutes(serve: Serve, known: DirectoryKnown): void {
  const find = async (id: string): Promise<Supplier> => {
    if (!known.directory().suppliers.has(id)) await known.changed();
    const found = known.directory().suppliers.get(id);
    if (!found) throw new HttpProblem(404, "not-found");
    return found;
  };
  serve(contract.listSuppliers, async () => everything([...known.directory().suppliers.values()].map(supplierView)));
  serve(contract.readSupplier, async ({ params }) => supplierView(await find(params.id)));
  serve(contract.addSupplier, async ({ request, body }) => {
    refuseUnlessKeeper(request);
    const { contract: reference = null, calendar = null, note = null, ...same } = body;
    const supplier: Supplier = { ...same, contract: reference, calendar, note, id: randomUUID(), retired: false };
    const by = changeBy(known, request);
    await change(by, async (client) => {
      await refuseFaulty(client, supplier);
      await unlessTaken("name-taken", () => insertSupplier(client, supplier, by.at));
      return { ...written(supplier, "supplier.added"), result: null };
    });
    await known.changed();
    return supplierView(supplier);
  });
  serve(contract.changeSupplier, async ({ request, params, body }) => {
    refuseUnlessKeeper(request);
    const changed = await change(changeBy(known, request), async (client) => {
      const before = await lockSupplier(client, params.id);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const after: Supplier = { ...before, ...given };
      await refuseFaulty(client, after, before.services);
      await unlessTaken("name-taken", () => updateSupplier(client, after));
      return { ...written(after, "supplier.changed"), result: after };
    });
    await known.changed();
    return supplierView(changed);
  });
}

const written = (supplier: Supplier, type: string) => ({
  id: supplier.id,
  kind: "supplier",
  type,
  data: supplier as unknown as JsonObject,
});

async function refuseFaulty(client: pg.PoolClient, supplier: Supplier, held: readonly string[] = []): Promise<void> {
  const names = [
    ...each("service", supplier.services, "/services"),
    ...one("calendar", supplier.calendar, "/calendar"),
  ];
  await refuseUnknown(client, names, held);
  const wrong = supplierFault(supplier);
  if (wrong) throw refused("supplier-faulty", wrong);
}
