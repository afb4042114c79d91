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
}
