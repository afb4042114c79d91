/** What is refused about suppliers, met one after the other. */
import type { Known } from "./errors-one-incident.ts";

const line = { language: "en", targets: [], contacts: [] };

export async function suppliers({ world, meet, act, open }: Known): Promise<void> {
  const id = await open(world);
  const add = (body: object) => (headers: Record<string, string>) =>
    world.api("POST", "/api/v1/suppliers", body, { headers });
  const contacts = [
    { name: "Ola", role: "desk", email: "ola@x.example", phone: null, language: "en", afterMinutes: 0 },
  ];
  await meet(
    "supplier-faulty",
    add({ ...line, name: "A", targets: [{ clock: "respond", minutes: 5, inHours: true }] }),
  );
  const { id: supplier } = (await add({ ...line, name: "B", contacts })({})).body;
  const call = (more: object) => act(id, "call-on-supplier", { supplier, text: "x", how: null, ...more });
  await meet("supplier-unknown", call({ supplier: "00000000-0000-4000-8000-000000000000" }));
  await meet("engagement-unknown", act(id, "supplier-ticket", { engagement: 9, ticket: "1" }));
  await meet("contact-without", call({ how: "phone" }));
  await call({})({});
  await meet("engagement-open", call({}));
  const one = { engagement: 1 };
  await act(id, "supplier-answer", { ...one, became: "acknowledged" })({});
  await meet("engagement-state", act(id, "supplier-answer", { ...one, became: "acknowledged" }));
  await act(id, "mark", { tlp: "red", reason: "x" })({});
  await meet("mark-stays-inside", act(id, "call-supplier-contact", one));
  await act(id, "mark", { tlp: null, reason: "x" })({});
  await act(id, "call-supplier-contact", one)({});
  await meet("no-contact-left", act(id, "call-supplier-contact", one));
  await act(id, "close-supplier", one)({});
  await meet("engagement-over", act(id, "close-supplier", one));
  for (let number = 2; number <= 30; number++) {
    await call({})({});
    await act(id, "close-supplier", { engagement: number })({});
  }
  await meet("engagements-full", call({}));
  await world.api("PATCH", `/api/v1/suppliers/${supplier}`, { retired: true });
  await meet("supplier-retired", call({}));
  await world.query(
    `insert into suppliers (id, name, kind, language, made_at) select gen_random_uuid(), 'S' || n, 'supplier', 'en', 1 from generate_series(1, 500) n`,
  );
  await meet("suppliers-full", add({ ...line, name: "C" }));
}
