/** What is refused about workstreams, links and splits. */
import { workstreamsMax } from "../../core/incidents/workstreams.ts";
import type { Known } from "./errors-one-incident.ts";

export async function streaming({ world, meet, act, open }: Known): Promise<void> {
  const id = await open(world);
  const [two, three] = [await world.person("Sam Two", 2), await world.person("Tia Three", 3)];
  const [workstream, purpose, reason] = [1, "p", "x"];
  const opening = (title: string) => act(id, "open-workstream", { title, purpose });
  await meet("workstream-unknown", act(id, "accept-workstream", { workstream }));
  await opening("a")({});
  await meet("workstream-twice", opening("a"));
  await meet("workstream-not-yours", act(id, "finish-workstream", { workstream, text: "t" }, { token: two.token }));
  await meet("workstream-not-offered", act(id, "decline-workstream", { workstream, reason }, { token: two.token }));
  await meet("already-leads", act(id, "offer-workstream", { workstream, person: world.admin.id, reason }));
  const blocked = { workstream, status: "blocked", text: "t", on: 1 };
  await meet("workstream-circle", act(id, "update-workstream", blocked));
  await act(id, "add-task", { text: "t", workstream })({});
  await meet("workstream-tasks-open", act(id, "finish-workstream", { workstream, text: "t" }));
  await act(id, "complete-task", { task: 1 })({});
  await act(id, "finish-workstream", { workstream, text: "t" })({});
  await meet("workstream-over", act(id, "update-workstream", { ...blocked, on: null }));
  for (let one = 1; one < workstreamsMax; one++) await opening(`b${one}`)({});
  await meet("workstreams-full", opening("c"));
  await meet("split-nothing", act(id, "split", { title: "x" }));
  await meet("alert-not-here", act(id, "split", { title: "x", alerts: [three.id] }));
}

export async function linking({ world, meet, act, open }: Known): Promise<void> {
  const [one, two, three] = [await open(world), await open(world), await open(world)];
  const link = (id: string, incident: string, kind: string) => act(id, "link", { incident, kind });
  await meet("link-to-itself", link(one, one, "related"));
  const made = { title: "An exercise", exercise: true };
  const exercise = (await world.api("POST", "/api/v1/incidents", made)).body.id;
  await meet("link-exercise-mix", link(one, exercise, "related"));
  await meet("not-linked", act(one, "unlink", { incident: two, reason: "x" }));
  await link(one, two, "part-of")({});
  await meet("already-linked", link(two, one, "part-of"));
  await meet("already-part", link(one, three, "part-of"));
  await meet("whole-is-part", link(three, one, "part-of"));
  const secret = await open(world);
  await act(secret, "restrict", { reason: "x" })({});
  await meet("link-restricted", link(three, secret, "part-of"));
}
