/** What is refused about what an incident hurts, about dependencies and about known errors, met one after the other. */
import type { Answer, TestWorld } from "./world.ts";

type Ask = (headers: Record<string, string>) => Promise<Answer>;
type Known = { readonly world: TestWorld; readonly meet: (code: string, ask: Ask) => Promise<void> };

export async function hurts({ world, meet }: Known): Promise<void> {
  const cleo = await world.person("Cleo Measures", 4);
  const named = (text: string) => ({ nameFr: text, nameEn: text });
  const made = async (path: string, body: object): Promise<string> =>
    (await world.api("POST", `/api/v1/${path}`, body)).body.id;
  const [mail, servers] = [await made("services", named("Mail")), await made("services", named("Servers"))];
  const vital = await made("vital-functions", named("Old"));
  await world.api("PATCH", `/api/v1/vital-functions/${vital}`, { retired: true });
  const change =
    (body: object): Ask =>
    (headers) =>
      world.api("PATCH", `/api/v1/services/${mail}`, body, { token: world.admin.token, headers });
  const needs = (on: string) => ({ on, kind: "needs" });
  await meet("depends-on-itself", change({ dependsOn: [needs(mail)] }));
  await meet("depends-twice", change({ dependsOn: [needs(servers), needs(servers)] }));
  await meet("vital-function-retired", change({ vital: [vital] }));
  const gone = await made("services", named("Old mail"));
  await world.api("PATCH", `/api/v1/services/${gone}`, { retired: true });
  await meet("service-retired", change({ dependsOn: [needs(gone)] }));
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Slow" }, { token: cleo.token })).body;
  const act =
    (command: string, body: object): Ask =>
    (headers) =>
      world.api("POST", `/api/v1/incidents/${id}/impact/${command}`, body, { token: cleo.token, headers });
  await meet("service-not-affected", act("state-affected", { service: mail, status: "back" }));
  await act("state-affected", { service: mail, status: "down" })({});
  await meet("service-affected", act("rule-out-affected", { service: mail }));
  const low = { domain: "customers", magnitude: "low" };
  await meet("impact-before-notice", act("measure-impact", { ...low, occurredAt: "2026-01-01T00:00:00Z" }));
  const at = new Date((await world.api("GET", `/api/v1/incidents/${id}`)).body.milestones.reported).toISOString();
  await act("measure-impact", { ...low, occurredAt: at })({});
  await meet("impact-measured-then", act("measure-impact", { ...low, occurredAt: at }));
  const add =
    (body: object): Ask =>
    (headers) =>
      world.api("POST", "/api/v1/known-errors", { ...named("Leak"), ...body }, { token: world.admin.token, headers });
  await meet("workaround-required", add({}));
  const leak = (await add({ workaroundEn: "Restart." })({})).body.id;
  await world.api("PATCH", `/api/v1/known-errors/${leak}`, { retired: true });
  const say =
    (knownError: string): Ask =>
    (headers) =>
      world.api("POST", `/api/v1/incidents/${id}/link-known-error`, { knownError }, { token: cleo.token, headers });
  await meet("known-error-retired", say(leak));
  await meet("known-error-unknown", say(id));
  await meet("impact-unknown", act("withdraw-impact", { number: 9, reason: "x" }));
}
