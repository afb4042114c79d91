/** What is refused about contributors, met one after the other. */
import type { Known } from "./errors-one-incident.ts";

export async function contributors({ world, meet, act, open }: Known): Promise<void> {
  const id = await open(world);
  const asked = { text: "What do you see?", name: "Nora", email: "nora@example.net" };
  const one = { contribution: 1 };
  await meet("contributor-required", act(id, "ask-contributor", { text: "x", name: "Nora" }));
  await meet("contribution-unknown", act(id, "remind-contributor", one));
  await act(id, "ask-contributor", asked)({});
  await meet("reminded-lately", act(id, "remind-contributor", one));
  await act(id, "revoke-contribution", one)({});
  await meet("contribution-over", act(id, "revoke-contribution", one));
  const owner = await world.person("Olga Owner", null);
  const named = { nameFr: "Paie", nameEn: "Payroll", owner: owner.id };
  const { id: service } = (await world.api("POST", "/api/v1/services", named)).body;
  const { id: hers } = (await world.api("POST", "/api/v1/incidents", { title: "Pay is late", service })).body;
  await act(hers, "ask-contributor", { kind: "working", text: "Does it work?", person: owner.id })({});
  await meet("link-personal", act(hers, "contribution-link", one));
}
