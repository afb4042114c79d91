/** Every code that docs/errors.md explains is met here, over HTTP, in both languages: a list that nothing keeps honest
 *  grows codes that nobody ever receives. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { feedsMax } from "../../contract/calendars.ts";
import { savedViewsMax } from "../../contract/saved-views.ts";
import { contributors } from "./errors-contributors.ts";
import { hurts } from "./errors-impact.ts";
import { obligations } from "./errors-obligations.ts";
import { diagnosed, flagged, helped, lookedAt, restricted } from "./errors-one-incident.ts";
import { secured } from "./errors-security.ts";
import { suppliers } from "./errors-suppliers.ts";
import { teamed } from "./errors-teams.ts";
import { linking, streaming } from "./errors-workstreams.ts";
import { afterAcceptance } from "./story.ts";
import { type Answer, type Credentials, type Json, startWorld, type TestWorld } from "./world.ts";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "errors.md"), "utf8");
/** The first status of each code's row. */
const documented = new Map(
  [...page.matchAll(/^\| `([\w-]+)` \| (\d{3})/gm)].map(([, code = "", status]) => [code, Number(status)]),
);

/** Met where the desk is asked by something else than HTTP, or is away. */
const elsewhere: Readonly<Record<string, string>> = {
  "reason-required": "core/incidents/guards.test.ts",
  "tasks-full": "core/incidents/tasks.test.ts",
  "links-full": "core/incidents/links.test.ts",
  "members-full": "core/incidents/restricting.test.ts",
  "admitted-by-work": "core/incidents/restricting.test.ts",
  ...{ "periods-full": "core/incidents/periods.test.ts", "contributions-full": "core/incidents/contributing.test.ts" },
  "hand-over-first": "core/incidents/swarm.test.ts",
  "known-errors-full": "core/incidents/known-errors.test.ts",
  "not-attempted": "test/acceptance/bulk.test.ts",
  overloaded: "test/acceptance/bodies.test.ts",
  "search-too-broad": "test/acceptance/search.test.ts",
  "attachments-full": "test/acceptance/attachments.test.ts",
  "mail-not-taken": "test/acceptance/setup.test.ts",
  "proof-code-wrong": "test/acceptance/setup.test.ts",
  "impact-full": "core/impact/decide.test.ts",
  "pause-used-up": "core/desk/clocks.test.ts",
};

const nobody = "00000000-0000-4000-8000-000000000000";
const met = new Map<string, number>();

/** Asks the same twice, in each language; keeps the code and its status. */
async function meet(code: string, ask: (headers: Record<string, string>) => Promise<Answer>): Promise<void> {
  const answers = [await ask({ "accept-language": "en" }), await ask({ "accept-language": "fr" })];
  for (const answer of answers) assert.equal(answer.body?.code, code, `${code}: ${answer.status} ${answer.text}`);
  const [en, fr] = answers;
  if (en?.body.detail !== undefined)
    assert.notEqual(en.body.detail, fr?.body.detail, `${code} is said in both languages`);
  met.set(code, en?.status ?? 0);
}

test("every documented code can be met, with its status", async () => {
  const world = await startWorld({ mail: false });
  await permissions(world);
  await states(world);
  await contents(world);
  await sharedOut(world);
  const known = { world, meet, act: actingIn(world), open };
  for (const one of [restricted, secured, teamed, hurts, contributors, suppliers, obligations, diagnosed, helped])
    await one(known);
  for (const one of [streaming, linking, lookedAt, flagged]) await one(known);
  await onCall(world);
  await legalClocks(world);
  await clocks(world);
  await heartbeats(world);
  await noise(world);
  await reaching(world);
  await assistance(world);
  await atTheDoor(world);
  await keysUsedTwice(world);
  await faults(world);
  assert.deepEqual(
    [...documented.keys()].filter((code) => !met.has(code) && !(code in elsewhere)),
    [],
    "documented, and never met",
  );
  assert.deepEqual(
    Object.keys(elsewhere).filter((code) => met.has(code)),
    [],
    "met here after all",
  );
  for (const [code, status] of met) assert.equal(status, documented.get(code), code);
  await world.stop({ errors: true });
});

type Acting = (
  id: string,
  command: string,
  body: Json,
  as?: Credentials,
) => (headers: Record<string, string>) => Promise<Answer>;

const actingIn =
  (world: TestWorld): Acting =>
  (id, command, body, as = {}) =>
  (headers) =>
    world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { ...as, headers: { ...headers, ...as.headers } });

async function open(world: TestWorld, more: object = {}): Promise<string> {
  const answer = await world.api("POST", "/api/v1/incidents", { title: "Something", ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
}

async function reaching(world: TestWorld): Promise<void> {
  const ana = await world.person("Ana Reached", 2);
  const base = "/api/v1/contact-points";
  const ask = (path: string, body?: object) => (headers: Record<string, string>) =>
    world.api("POST", `${base}${path}`, body, { token: ana.token, headers });
  const of = (method: "PATCH" | "DELETE", path: string, body?: object) => (headers: Record<string, string>) =>
    world.api(method, path, body, { token: ana.token, headers });
  const [account] = (await world.api("GET", base, undefined, { token: ana.token })).body.data;
  await meet("last-contact-point", of("DELETE", `${base}/${account.id}`));
  await meet("already-verified", ask(`/${account.id}/code`));
  await meet("not-a-webhook", ask(`/${account.id}/secret`));
  const rules = { high: [{ contactPoint: nobody, afterMinutes: 0 }] };
  await meet("contact-point-unknown", of("PATCH", "/api/v1/notification-preference", rules));
  const webhook = (await ask("", { kind: "webhook", url: "https://hooks.invalid/" })({})).body;
  await meet("no-provider", ask("", { kind: "sms", number: "+15145550123" }));
  const twilio = {
    kind: "twilio",
    accountSid: `AC${"0".repeat(32)}`,
    authToken: "no-such-token",
    from: "+15145550100",
  };
  const account6 = (headers: Record<string, string>) => world.api("POST", "/api/v1/providers", twilio, { headers });
  for (let more = 0; more < 6; more++) await account6({});
  await meet("providers-full", account6);
  await meet("code-sent-recently", ask(`/${webhook.id}/code`));
  const typed = ask(`/${webhook.id}/verify`, { code: "none" });
  await meet("code-wrong", typed);
  for (let tries = 2; tries < 5; tries++) await typed({});
  await meet("code-over", typed);
  /* Its code cannot leave, and is tried again. */
  const [code] = (await world.api("GET", `${base}/${webhook.id}/deliveries`, undefined, { token: ana.token })).body
    .data;
  await meet("still-pending", ask(`/${webhook.id}/deliveries/${code.id}/redeliver`));
  for (let more = 2; more < 10; more++) await ask("", { kind: "email", address: `more${more}@example.org` })({});
  await meet("contact-points-full", ask("", { kind: "email", address: "full@example.org" }));
  await world.query("update contact_points set verified_at = null where person_id = $1", [ana.id]);
  await meet("no-contact-point", (headers) =>
    world.api("POST", "/api/v1/test-page", undefined, { token: ana.token, headers }),
  );
}

async function permissions(world: TestWorld): Promise<void> {
  const act = actingIn(world);
  const [none, two] = [await world.person("Eve None", null), await world.person("Ana Two", 2)];
  const id = await open(world);
  await meet("level-too-low", act(id, "confirm-priority", { impact: 1, urgency: 1 }, { token: two.token }));
  await meet("level-missing", act(id, "categorise", { categories: ["major"] }, { token: none.token }));
  await meet("not-asked", act(id, "accept", {}, { token: none.token }));
  const derogation = { reason: "Nobody answers" };
  const categorise = { categories: ["major"], derogation };
  await meet("derogation-not-possible", act(id, "categorise", categorise, { token: none.token }));
  const people = (as: Credentials) => (headers: Record<string, string>) =>
    world.api("POST", "/api/v1/people", { name: "X", email: "x@example.org" }, { ...as, headers });
  await meet("level-five-needed", (headers) =>
    world.api("DELETE", `/api/v1/templates/${nobody}`, undefined, { token: two.token, headers }),
  );
  await meet("not-administrator", people({ token: two.token }));
  await meet("scope-missing", people({ token: await world.tokenOf(world.admin.id, ["read"]) }));
  await meet("not-signed-in", people({ token: null }));
  const token = (as: Credentials) => (headers: Record<string, string>) =>
    world.api("POST", "/api/v1/tokens", { name: "t" }, { ...as, headers: { ...headers, ...as.headers } });
  await meet("token-makes-no-token", token({ token: world.admin.token }));
  const session = await world.api(
    "POST",
    "/api/v1/session",
    { email: world.admin.email, password: world.adminPassword },
    { token: null },
  );
  const cookie = String(session.headers["set-cookie"]).split(";")[0] ?? "";
  await meet("forbidden-origin", token({ cookie, headers: { origin: "https://elsewhere.example" } }));
  world.desk.clock.advance(16 * 60_000);
  await meet("fresh-sign-in-needed", token({ cookie, headers: { origin: world.config.url } }));
}

async function states(world: TestWorld): Promise<void> {
  const act = actingIn(world);
  const going = await open(world);
  await meet("incident-unknown", act("INC-999999", "close", {}));
  await meet("already-registered", act(going, "register", {}));
  await meet("milestones-missing", act(going, "close", {}));
  await meet("not-closed", act(going, "reopen", { reason: "Again" }));
  await meet("not-restored", act(going, "declare-relapse", { text: "Again" }));
  await act(going, "accept", {})({});
  await meet("already-accepted", act(going, "accept", {}));
  const closed = await open(world);
  await act(closed, "accept", {})({});
  for (const [command, body] of afterAcceptance)
    assert.equal((await act(closed, command, body)({})).status, 200, command);
  await meet("already-closed", act(closed, "categorise", { categories: ["major"] }));
  await meet("impact-after-end", act(closed, "impact/measure-impact", { domain: "customers", magnitude: "low" }));
  await meet("merge-target-ended", act(going, "merge", { into: closed }));
  await meet("merge-into-itself", act(going, "merge", { into: going }));
  await meet("merge-exercise-mix", act(going, "merge", { into: await open(world, { exercise: true }) }));
  const [dismissed, merged] = [await open(world), await open(world)];
  await act(dismissed, "dismiss", { reason: "Noise" })({});
  await meet("already-dismissed", act(dismissed, "register", {}));
  await act(merged, "merge", { into: going })({});
  await meet("already-merged", act(merged, "register", {}));
  await meet("precondition-failed", act(going, "register", {}, { headers: { "if-match": '"1"' } }));
  const { key } = await world.integration("alertmanager");
  const alert = {
    status: "firing",
    fingerprint: "a1",
    labels: { alertname: "Disk" },
    startsAt: "2026-01-01T00:00:00Z",
  };
  await world.knock(`/alertmanager/${key}/webhook`, { groupKey: "g", alerts: [alert] });
  const [firing] = (await world.api("GET", "/api/v1/incidents?limit=1")).body.data;
  await meet("still-firing", act(firing.id, "declare-resolved", { solution: "Done", causeUnknown: true }));
}

/** Who coordinates, who holds a role, who has a task. */
async function sharedOut(world: TestWorld): Promise<void> {
  const act = actingIn(world);
  const [two, three] = [await world.person("Ana Low", 2), await world.person("Ben Mid", 3)];
  const [four, none] = [await world.person("Cleo High", 4), await world.person("Eve Bare", null)];
  const id = await open(world, { categories: ["major"] });
  const reason = "End of my shift";
  const offer = (person: string, as: Credentials = {}) => act(id, "offer-coordination", { person, reason }, as);
  await act(id, "accept", {}, { token: four.token })({});
  await meet("coordination-not-offered", act(id, "decline-coordination", { reason }));
  await meet("coordinated-by-another", act(id, "accept-coordination", {}, { token: three.token }));
  await meet("already-coordinates", act(id, "accept-coordination", {}, { token: four.token }));
  await meet("holder-level", offer(three.id));
  await offer(world.admin.id, { token: four.token })({});
  await meet("coordination-offered", offer(world.admin.id, { token: four.token }));
  await meet("role-unknown", act(id, "fill-role", { role: "juggler", person: two.id }));
  await meet("role-is-coordination", act(id, "fill-role", { role: "coordinator", person: two.id }));
  await meet("holder-required", act(id, "fill-role", { role: "scribe" }));
  await meet("role-not-held", act(id, "release-role", { role: "scribe" }));
  await act(id, "fill-role", { role: "scribe", person: two.id })({});
  await meet("role-held", act(id, "fill-role", { role: "scribe", person: two.id }));
  await act(id, "add-task", { text: "Call the bank", person: two.id })({});
  await meet("task-unknown", act(id, "complete-task", { task: 2 }));
  await meet("task-not-yours", act(id, "complete-task", { task: 1 }, { token: none.token }));
  await meet("nothing-changes", act(id, "assign-task", { task: 1, person: two.id }));
  await act(id, "complete-task", { task: 1 })({});
  await meet("task-over", act(id, "complete-task", { task: 1 }));
  const plan = { situation: "Half of it is out", objectives: ["Send the rest"] };
  const hence = (hours: number): string => new Date(world.desk.clock.now() + hours * 3_600_000).toISOString();
  await meet("period-unknown", act(id, "revise-period", { situation: "All of it is out" }));
  await meet("period-length", act(id, "plan-period", { ...plan, until: hence(200) }));
  await act(id, "plan-period", { ...plan, from: hence(1), until: hence(4) })({});
  await meet("period-out-of-order", act(id, "plan-period", { ...plan, from: hence(2), until: hence(6) }));
}

async function contents(world: TestWorld): Promise<void> {
  const act = actingIn(world);
  const id = await open(world);
  const remove = `/api/v1/templates/${nobody}`;
  await meet("template-unknown", (headers) =>
    world.api("DELETE", remove, undefined, { token: world.admin.token, headers }),
  );
  const files = `/api/v1/incidents/${id}/attachments`;
  await meet("attachment-unknown", (headers) =>
    world.api("GET", `${files}/${nobody}`, undefined, { token: world.admin.token, headers }),
  );
  for (const [name, code] of [
    ["a.txt", "attachment-empty"],
    ["..", "attachment-name-unusable"],
  ] as const)
    await meet(code, (headers) =>
      world.api("POST", `${files}?name=${name}`, undefined, { token: world.admin.token, headers }),
    );
  await meet("target-required", act(id, "assign", {}));
  await meet("target-ambiguous", ambiguous(world, id));
  for (const kind of ["person", "team", "function"])
    await meet(`${kind}-unknown`, act(id, "assign", { [kind]: nobody }));
  await meet("category-unknown", act(id, "categorise", { categories: ["no-such-category"] }));
  await meet("category-required", act(id, "categorise", { categories: [] }));
  await catalogue(world, id);
  await meet("cause-or-unknown", act(id, "declare-resolved", { solution: "Done" }));
  const post = (path: string, body: object) => (headers: Record<string, string>) =>
    world.api("POST", `/api/v1/${path}`, body, { token: world.admin.token, headers });
  await meet("occurred-in-future", post("incidents", { title: "t", occurredAt: "9999-01-01T00:00:00Z" }));
  const asking = { kind: "functional", reason: "Beyond us", expected: "A decision" };
  await meet("escalation-target-unknown", act(id, "escalate", { ...asking, to: "somebody" }));
  await meet("service-without-owner", act(id, "escalate", { ...asking, to: "owner" }));
  await meet("escalation-unknown", act(id, "acknowledge-escalation", {}));
  await act(id, "escalate", { ...asking, to: world.admin.id })({});
  await act(id, "end-escalation", { reason: "Found it" })({});
  await meet("escalation-answered", act(id, "end-escalation", { reason: "Again", escalation: 1 }));
  await meet("occurred-too-long-ago", post("incidents", { title: "t", occurredAt: "1999-01-01T00:00:00Z" }));
  await act(id, "declare-restored", {})({});
  const hourAgo = new Date(world.desk.clock.now() - 3_600_000).toISOString();
  await meet("occurred-out-of-order", act(id, "declare-relapse", { text: "Again", occurredAt: hourAgo }));
  await meet("service-unknown", post("incidents", { title: "t", service: nobody }));
  await meet("level-not-granted", post("people", { name: "X", email: "x@example.org", level: 7 }));
  await meet("email-taken", post("people", { name: "X", email: world.admin.email }));
  await post("teams", { name: "Taken" })({});
  await meet("name-taken", post("teams", { name: "Taken" }));
  await savedViews(world);
  await meet("last-administrator", (headers) =>
    world.api("PATCH", `/api/v1/people/${world.admin.id}`, { active: false }, { token: world.admin.token, headers }),
  );
  await meet("no-mail-server", post("setup/mail", {}));
  await meet("proof-code-over", post("setup/mail/proof", { code: "AAAAAA" }));
  await meet("mapping-invalid", post("integrations", { kind: "generic", name: "I", mapping: { title: "1 +" } }));
  const names = { nameFr: "S", nameEn: "S" };
  await meet("policy-unknown", post("services", { ...names, policy: nobody }));
  await meet("vital-function-unknown", post("services", { ...names, vital: [nobody] }));
  const steps = [{ targets: [{ kind: "schedule", id: nobody }], timeoutMinutes: 5 }];
  await meet("schedule-unknown", post("escalation-policies", { name: "P", steps }));
  await webhooks(world);
}

async function webhooks(world: TestWorld): Promise<void> {
  const post = (path: string, body: Json) => (headers: Record<string, string>) =>
    world.api("POST", `/api/v1/${path}`, body, { headers });
  const step = (id: string) => [{ targets: [{ kind: "webhook", id }], timeoutMinutes: 5 }];
  await meet("webhook-unknown", post("escalation-policies", { name: "P", steps: step(nobody) }));
  const url = "https://hooks.invalid/";
  const { id } = (await post("policy-webhooks", { name: "Robot", url })({})).body;
  await post("escalation-policies", { name: "P", steps: step(id) })({});
  await meet("policy-webhook-in-use", (headers) =>
    world.api("DELETE", `/api/v1/policy-webhooks/${id}`, undefined, { headers }),
  );
  for (let more = 1; more < 50; more++) await post("policy-webhooks", { name: `Robot ${more}`, url })({});
  await meet("policy-webhooks-full", post("policy-webhooks", { name: "Full", url }));
}

async function catalogue(world: TestWorld, plain: string): Promise<void> {
  const act = actingIn(world);
  const ask = (method: "POST" | "PATCH", path: string, body: object) => (headers: Record<string, string>) =>
    world.api(method, `/api/v1/${path}`, body, { token: world.admin.token, headers });
  const names = { nameFr: "Inondation", nameEn: "Flood" };
  await meet("not-major", act(plain, "stand-down-major", { reason: "No" }));
  await meet("nothing-asked", act(plain, "gather", { question: "since-when", answer: "x" }));
  const id = await open(world);
  await act(id, "categorise", { categories: ["major"] })({});
  await meet("major-already", act(id, "declare-major", { reason: "Again" }));
  await meet("major-stands", act(id, "categorise", { categories: ["complex"] }));
  await meet("question-unknown", act(id, "gather", { question: "colour", answer: "red" }));
  await meet("answer-does-not-fit", act(id, "gather", { question: "since-when", answer: "yesterday" }));
  await meet("criterion-unknown", act(id, "confirm-criterion", { criterion: "sunny" }));
  await meet("recovery-item-unknown", act(id, "complete-recovery-item", { item: "sunny" }));
  await meet("recovery-items-open", act(id, "confirm-recovery", { text: "Done" }));
  await act(id, "declare-restored", {})({});
  await meet("restoration-unconfirmed", act(id, "confirm-recovery", { text: "Done", notNeeded: true }));
  await meet("symptom-required", act(id, "confirm-restored", { working: false }));
  await act(id, "confirm-restored", { working: false, text: "Empty" })({});
  await meet("restoration-contested", act(id, "confirm-recovery", { text: "Done", notNeeded: true }));
  assert.equal((await ask("POST", "categories", { ...names, id: "flood" })({})).status, 201);
  await meet("category-taken", ask("POST", "categories", { ...names, id: "flood" }));
  await meet("category-changed", ask("POST", "categories/flood/versions", { after: 7, process: {} }));
  const item = { id: "pumped", words: { fr: "Pompé", en: "Pumped" } };
  const process = { criteria: [item, item] };
  await meet("process-faulty", ask("POST", "categories/flood/versions", { after: 1, process }));
  await ask("PATCH", "categories/flood", { retired: true })({});
  await meet("category-retired", act(id, "categorise", { categories: ["flood"] }));
  await meet("domain-unknown", act(id, "set-domains", { domains: ["moon"] }));
  await meet("domain-taken", ask("POST", "domains", { ...names, id: "services" }));
  await ask("PATCH", "domains/services", { retired: true })({});
  await meet("domain-retired", act(id, "set-domains", { domains: ["services"] }));
}

async function clocks(world: TestWorld): Promise<void> {
  const act = actingIn(world);
  const ask = (method: "POST" | "PATCH", path: string, body: object) => (headers: Record<string, string>) =>
    world.api(method, `/api/v1/${path}`, body, { headers });
  const names = { nameFr: "Marée", nameEn: "Tide" };
  const hours = { zone: "UTC", openings: [] };
  await meet("calendar-taken", ask("POST", "business-calendars", { ...names, id: "office", hours }));
  await meet("calendar-unknown", ask("PATCH", "business-calendars/moon", names));
  await meet("calendar-changed", ask("POST", "business-calendars/office/versions", { after: 7, hours }));
  const pause = { pause: "supplier", reason: "They come at nine" };
  await meet("no-clock-runs", act(await open(world), "pause-clock", pause));
  const process = { targets: [{ kind: "restore", minutes: 60 }] };
  assert.equal((await ask("POST", "categories", { ...names, id: "tide", process })({})).status, 201);
  const id = await open(world, { categories: ["tide"], impact: 3, urgency: 3 });
  await meet("not-paused", act(id, "resume-clock", {}));
  await meet("pause-unknown", act(id, "pause-clock", { ...pause, pause: "rain" }));
  await meet("pause-until-impossible", act(id, "pause-clock", { ...pause, until: "2020-01-01T00:00:00Z" }));
  assert.equal((await act(id, "pause-clock", pause)({})).status, 200);
  await meet("already-paused", act(id, "pause-clock", pause));
  await act(id, "override-priority", { priority: 1, reason: "It is worse" })({});
  await meet("priority-never-pauses", act(id, "pause-clock", pause));
}

/** Both must exist: who is unknown is said first. */
function ambiguous(world: TestWorld, id: string) {
  return async (headers: Record<string, string>): Promise<Answer> => {
    const team = await world.api("POST", "/api/v1/teams", { name: `Team ${headers["accept-language"]}`, members: [] });
    const body = { person: world.admin.id, team: team.body.id };
    return actingIn(world)(id, "assign", body)(headers);
  };
}

async function legalClocks(world: TestWorld): Promise<void> {
  const preview = (body: object) => (headers: Record<string, string>) =>
    world.api("POST", "/api/v1/obligations/preview", { clock: "dora", zone: "UTC", ...body }, { headers });
  const at = "2026-06-01T08:00:00Z";
  await meet("clock-unknown", preview({ clock: "law-of-the-sea" }));
  await meet("leg-unknown", preview({ submissions: { first: [at] } }));
  await meet("fact-unknown", preview({ facts: { noticed: at } }));
  await meet("trait-unknown", preview({ traits: ["bank"] }));
  const hold = { legs: ["initial"], reason: "Investigation", authority: "Police", from: at };
  await meet("leg-not-withheld", preview({ holds: [hold] }));
}

async function onCall(world: TestWorld): Promise<void> {
  const { id: ana, token: anas } = await world.person("Ana on call", 3);
  const ben = await world.person("Ben on call", 3);
  const { id: gone } = await world.person("Gone", 3);
  await world.api("PATCH", `/api/v1/people/${gone}`, { active: false });
  const rotation = { kind: "weekly", zone: "UTC", startDate: "2026-01-05", handoverTime: "09:00", participants: [ana] };
  const { id } = (await world.api("POST", "/api/v1/schedules", { name: "On call", layers: [{ rotation }] })).body;
  const hours = (from: number, until: number) => ({
    from: new Date(world.desk.clock.now() + from * 3_600_000).toISOString(),
    until: new Date(world.desk.clock.now() + until * 3_600_000).toISOString(),
  });
  type Method = Parameters<TestWorld["api"]>[0];
  const ask = (method: Method, path: string, body?: object, token: string | undefined = world.admin.token) => {
    return (headers: Record<string, string> = {}) => world.api(method, `/api/v1/${path}`, body, { token, headers });
  };
  const put = (body: object) => ask("POST", `schedules/${id}/overrides`, body);
  await meet("person-inactive", put({ person: gone, ...hours(1, 2) }));
  await meet("already-over", put({ person: ana, ...hours(-2, -1) }));
  const elsewhere = { zone: "UTC", openings: [], holidays: { place: "CA-ZZ", on: "closed" } };
  const named = { name: "X", layers: [{ rotation, restriction: elsewhere }] };
  await meet("place-unknown", ask("POST", "schedules", named));
  const standsIn = { for: id, ...hours(1, 2) };
  await meet("cannot-stand-in", ask("PATCH", `schedules/${id}`, { standsIn }));
  await meet("override-unknown", ask("DELETE", `schedules/${id}/overrides/${nobody}`));
  await meet("absence-unknown", ask("DELETE", `absences/${nobody}`));
  await meet("cover-request-unknown", ask("POST", `cover-requests/${nobody}/accept`));
  const covering = { schedule: id, ...hours(1, 2) };
  await meet("not-on-call-then", ask("POST", "cover-requests", covering, ben.token));
  const made = async (more: object): Promise<string> =>
    (await ask("POST", "cover-requests", { ...covering, ...more }, anas)()).body.id;
  const swap = await made({ inReturn: hours(3, 4) });
  await meet("own-request", ask("POST", `cover-requests/${swap}/accept`, undefined, anas));
  await meet("nothing-in-return", ask("POST", `cover-requests/${swap}/accept`, undefined, ben.token));
  await meet("asked-of-everybody", ask("POST", `cover-requests/${swap}/decline`, undefined, ben.token));
  const asked = await made({ asked: ben.id });
  await meet("not-asked-for", ask("POST", `cover-requests/${asked}/accept`));
  await ask("POST", `cover-requests/${asked}/withdraw`, undefined, anas)();
  await meet("feed-unknown", ask("DELETE", `calendar-feeds/${nobody}`));
  await meet("calendar-unreadable", ask("POST", "absences/import", { calendar: "not a calendar" }));
  for (let n = 0; n < feedsMax; n += 1) await ask("POST", "calendar-feeds", { kind: "person", subject: ana }, anas)();
  await meet("too-many-feeds", ask("POST", "calendar-feeds", { kind: "person", subject: ana }, anas));
  await meet("cover-settled", ask("POST", `cover-requests/${asked}/accept`, undefined, ben.token));
}

async function heartbeats(world: TestWorld): Promise<void> {
  const add = (more: object) => (headers: Record<string, string>) =>
    world.api("POST", "/api/v1/heartbeats", { name: "Backup", intervalSeconds: 3_600, ...more }, { headers });
  await meet("integration-unknown", add({ integration: nobody }));
  await add({})({});
  await world.query(
    "insert into heartbeats (id, integration_id, name, severity, unit, interval_ms, grace_ms, enabled, made_at) select gen_random_uuid(), integration_id, 'Copy ' || n, severity, unit, interval_ms, grace_ms, false, made_at from heartbeats, generate_series(1, 1000) as n",
  );
  await meet("heartbeats-full", add({ name: "One more" }));
  const unknown = await world.api("GET", `/heartbeat/${"a".repeat(32)}`, undefined, { token: null });
  assert.equal(unknown.body.code, "heartbeat-key-unknown");
  met.set("heartbeat-key-unknown", unknown.status);
}

/** What would hold calls back, and may not. */
async function noise(world: TestWorld): Promise<void> {
  const ask =
    (method: "POST" | "DELETE", path: string, body?: unknown, token = world.admin.token) =>
    (headers: Record<string, string>) =>
      world.api(method, `/api/v1/${path}`, body, { headers, token });
  const two = await world.person("Nina", 2);
  const until = (hours: number): string => new Date(world.desk.clock.now() + hours * 3_600_000).toISOString();
  const silence = { reason: "Work", text: "disk", until: until(1) };
  await meet("noise-level-needed", ask("POST", "silences", silence, two.token));
  await meet("scope-too-wide", ask("POST", "silences", { ...silence, text: null }));
  const matchers = [{ label: "a", operator: "=~", value: "(" }];
  await meet("pattern-invalid", ask("POST", "silences", { ...silence, matchers }));
  await meet("silence-too-long", ask("POST", "silences", { ...silence, until: until(24 * 40) }));
  await meet("silence-unknown", ask("POST", `silences/${nobody}/end`));
  await meet("window-unknown", ask("POST", `maintenance-windows/${nobody}/end`));
  await meet("rule-unknown", ask("DELETE", `noise-rules/${nobody}`));
  const { key } = await world.integration("generic");
  await world.knock(`/events/${key}`, { key: "raised", title: "Raised already" });
  const raised = (await world.api("GET", "/api/v1/alerts?limit=1")).body.data[0].id;
  await meet("alert-not-waiting", ask("POST", `alerts/${raised}/raise`, { reason: "Now" }));
  const definition = { kind: "grouping", expression: "labels.(" };
  await meet("expression-invalid", ask("POST", "noise-rules", { name: "Group", definition }));
  await world.query(
    `insert into silences (id, reason, scope, from_at, until_at, created_by, made_at)
select gen_random_uuid(), 'Copy ' || n, '{"integrationId":null,"serviceId":null,"matchers":[],"text":"nothing like it"}', 0, $1, $2, 0 from generate_series(1, 500) as n`,
    [world.desk.clock.now() + 3_600_000, world.admin.id],
  );
  await meet("silences-full", ask("POST", "silences", silence));
}

async function assistance(world: TestWorld): Promise<void> {
  const [ana, eve] = [await world.person("Ana Helped", null), await world.person("Eve Helps", 4)];
  const duty = async (nameFr: string, members: string[]) => ({
    kind: "function",
    id: (await world.api("POST", "/api/v1/functions", { nameFr, nameEn: nameFr, members })).body.id,
  });
  const [full, empty] = [await duty("Aide", [eve.id]), await duty("Vide", [])];
  const post =
    (path: string, body: object, { token }: Credentials = eve) =>
    (headers: Record<string, string>) =>
      world.api("POST", `/api/v1/assistance${path}`, body, { ...(token && { token }), headers });
  const wanted = { title: "Help", kind: "other" };
  const { id } = (await post("", { ...wanted, to: full }, ana)({})).body;
  await meet("assistance-unknown", post(`/${nobody}/accept`, {}));
  await meet("assistance-not-yours", post(`/${id}/accept`, {}, ana));
  await meet("assistance-settled", post(`/${id}/confirm`, {}, ana));
  await meet("assistance-loop", post(`/${id}/route`, { reason: "x", to: full }));
  await meet("assistance-nobody", post("", { ...wanted, to: empty }));
  await meet("assistance-kind-unknown", post("", { ...wanted, kind: "none" }));
  await post(`/${id}/attach`, { incident: await open(world) })({});
  await meet("assistance-linked", post(`/${id}/promote`, {}));
  const { version: _, at: _at, by: _by, ...settings } = (await world.api("GET", "/api/v1/assistance-rules")).body;
  const rules = (more: object) => (headers: Record<string, string>) =>
    world.api("POST", "/api/v1/assistance-rules", { ...settings, ...more }, { token: world.admin.token, headers });
  await meet("assistance-rules-changed", rules({ after: 7 }));
  await meet("assistance-rules-faulty", rules({ after: 0, rules: [{ to: full }] }));
}

async function atTheDoor(world: TestWorld): Promise<void> {
  const post =
    (path: string, body: unknown, more: Record<string, string> = {}) =>
    (headers: Record<string, string>) =>
      world.api("POST", path, body, { token: world.admin.token, headers: { ...headers, ...more } });
  await meet("invalid-body", post("/api/v1/incidents", { title: 1 }));
  await meet("malformed-json", post("/api/v1/incidents", "{"));
  await meet("body-too-large", post("/api/v1/incidents", { title: "x".repeat(600_000) }));
  await meet("unsupported-media-type", post("/api/v1/incidents", "<x/>", { "content-type": "text/xml" }));
  await meet("not-found", post("/api/v1/nothing", {}));
  await meet("method-not-allowed", post("/api/v1/doctor", {}));
  const wrong = { email: world.admin.email, password: "wrong" };
  await meet("wrong-credentials", post("/api/v1/session", wrong));
  for (let attempt = 0; attempt < 12; attempt++) await post("/api/v1/session", wrong)({});
  await meet("too-many-requests", post("/api/v1/session", wrong));
  await meet("integration-key-unknown", post(`/events/${"a".repeat(32)}`, { title: "x" }));
  const signature = { secret: "known to both sides" };
  const { key } = await world.integration("alertmanager", { signature });
  await meet("signature-invalid", post(`/alertmanager/${key}/webhook`, { alerts: [] }));
  await world.api("PATCH", "/api/v1/settings", { publicReports: false });
  await meet("reports-off", post("/api/v1/reports", { title: "x" }));
  met.set("malformed-request", await notHttp(world));
}

async function notHttp(world: TestWorld): Promise<number> {
  const { port, hostname } = new URL(await world.listen());
  const text = await new Promise<string>((done, failed) => {
    let heard = "";
    const socket = connect(Number(port), hostname, () => void socket.write("NOT HTTP AT ALL\r\n\r\n"));
    socket.on("data", (chunk) => {
      heard += chunk.toString();
    });
    socket.on("end", () => done(heard));
    socket.on("error", failed);
  });
  assert.equal(JSON.parse(text.split("\r\n\r\n")[1] ?? "").code, "malformed-request");
  return Number(text.split(" ")[1]);
}

async function keysUsedTwice(world: TestWorld): Promise<void> {
  const record = (title: string, key: string) => (headers: Record<string, string>) =>
    world.api("POST", "/api/v1/incidents", { title }, { headers: { ...headers, "idempotency-key": key } });
  await record("One", "used")({});
  await meet("idempotency-mismatch", record("Another", "used"));
  /* The first is kept from giving its number, and so from ending. */
  await world.query("begin");
  await world.query("lock table counters in exclusive mode");
  const first = record("Slow", "busy")({});
  while ((await world.query("select 1 from idempotency where status is null")).length === 0);
  await meet("idempotency-in-flight", record("Slow", "busy"));
  await world.query("rollback");
  assert.equal((await first).status, 201);
}

async function faults(world: TestWorld): Promise<void> {
  await world.query("alter table vital_functions rename to moved");
  await meet("internal", (headers) =>
    world.api("GET", "/api/v1/vital-functions", undefined, { token: world.admin.token, headers }),
  );
  await world.query("alter table moved rename to vital_functions");
}

async function savedViews(world: TestWorld): Promise<void> {
  await meet("view-unknown", (headers) =>
    world.api("DELETE", `/api/v1/views/${nobody}`, undefined, { token: world.admin.token, headers }),
  );
  const save = (name: string, headers = {}) =>
    world.api("POST", "/api/v1/views", { name, filter: {} }, { token: world.admin.token, headers });
  for (let n = 0; n < savedViewsMax; n += 1) await save(`View ${n}`);
  await meet("too-many-views", (headers) => save("One more", headers));
}
