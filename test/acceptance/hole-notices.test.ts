/** The weekly notice of new holes, on real PostgreSQL and real mail: to whoever answers for the service, once for each hole, nothing
 *  of the past and nothing that was declared. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextNoticeAt } from "../../core/routing/hole-notice.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

const day = 24 * 60;

type Scene = {
  readonly world: TestWorld;
  readonly ana: Someone;
  readonly ben: Someone;
  readonly schedule: string;
  /** Just after the next notice. */
  readonly nextMonday: () => Promise<void>;
  readonly api: (method: "GET" | "POST" | "PATCH", path: string, body?: object) => Promise<Json>;
  readonly away: (from: number, until: number) => Promise<Json>;
  readonly iso: (days: number) => string;
};

async function prepare(): Promise<Scene> {
  const world = await startWorld();
  const [ana, ben] = [await world.person("Ana Roy", 3), await world.person("Ben Ito", 3, { language: "fr" })];
  const iso = (days: number): string => new Date(world.desk.clock.now() + days * day * 60_000).toISOString();
  const api: Scene["api"] = async (method, path, body) => {
    const answer = await world.api(method, `/api/v1/${path}`, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.body;
  };
  const rotation = {
    kind: "weekly",
    zone: "UTC",
    startDate: iso(-2).slice(0, 10),
    handoverTime: "00:00",
    participants: [ana.id],
  };
  const schedule = (await api("POST", "schedules", { name: "Primary", layers: [{ rotation }] })).id;
  const steps = [{ targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 5 }];
  const policy = (await api("POST", "escalation-policies", { name: "Standard", steps })).id;
  await api("POST", "services", { nameFr: "Paie", nameEn: "Payroll", policy, owner: ben.id });
  const nextMonday = async (): Promise<void> => {
    const { clock, directory } = world.desk;
    await world.advance((nextNoticeAt(clock.now(), directory.latest().zone) - clock.now()) / 60_000 + 1);
  };
  const away = (from: number, until: number) =>
    api("POST", "absences", { person: ana.id, from: iso(from), until: iso(until) });
  return { world, ana, ben, schedule, nextMonday, api, away, iso };
}

test("a hole to come is told on Monday to whoever answers for the service, in their language, and never again", async () => {
  const { world, ben, nextMonday, away } = await prepare();
  await nextMonday();
  await world.mailbox(ben).expectNothing();
  await away(10, 11);
  await nextMonday();
  const letter = await world.mailbox(ben).expectNotice();
  assert.equal(letter.subject, "Un nouveau trou dans vos appels");
  assert.match(letter.text, /> Paie\n> - du .+ au /);
  assert.match(letter.text, /\/reach\n/);
  await nextMonday();
  await world.mailbox(ben).expectNothing();
  await away(9, 12);
  await nextMonday();
  assert.equal((await world.mailbox(ben).expectNotice()).subject, "Un nouveau trou dans vos appels");
  await nextMonday();
  await world.mailbox(ben).expectNothing();
  await world.stop();
});

test("what is over before Monday is never told; what is declared never is, and is once it no longer is declared", async () => {
  const { world, ana, ben, schedule, nextMonday, away, api, iso } = await prepare();
  await nextMonday();
  await away(1, 2);
  await nextMonday();
  await world.mailbox(ben).expectNothing();
  const meant = { from: iso(20), until: iso(22) };
  await api("PATCH", `schedules/${schedule}`, { declaredGaps: [meant] });
  await api("POST", "absences", { person: ana.id, ...meant });
  await nextMonday();
  await world.mailbox(ben).expectNothing();
  await api("PATCH", `schedules/${schedule}`, { declaredGaps: [] });
  await nextMonday();
  await world.mailbox(ben).expectNotice();
  await world.stop();
});

test("where nobody answers for the service those who keep the desk are told; a node that fires twice tells once", async () => {
  const { world, ben, nextMonday, away, api } = await prepare();
  await api("PATCH", `people/${ben.id}`, { active: false });
  await away(10, 11);
  await nextMonday();
  const told = await world.mailbox(world.admin).expectNotice();
  assert.equal(told.subject, "2 new holes in your calls");
  assert.match(told.text, /> Escalations to whoever keeps Payroll\n> - at any hour/);
  const timers = await world.query<{ due_at: string }>("select due_at from timers where key = 'hole-notices'");
  assert.equal(timers.length, 1, "the next one is set");
  await world.desk.sweep();
  await world.mailbox(world.admin).expectNothing();
  await world.stop();
});

test("a policy that no service has, and that would reach nobody, is told to those who keep the desk, once", async () => {
  const { world, ana, ben, nextMonday, api } = await prepare();
  await nextMonday();
  await world.mailbox(world.admin).expectNothing();
  const when = { priorities: [1] };
  const steps = [{ targets: [{ kind: "person", id: ana.id }], timeoutMinutes: 5, when }];
  await api("POST", "escalation-policies", { name: "Experts", steps });
  await nextMonday();
  const letter = await world.mailbox(world.admin).expectNotice();
  assert.match(letter.text, /> Escalations to the policy Experts\n> - from .+ to /);
  await world.mailbox(ben).expectNothing();
  const told = await world.query<{ service_id: string | null; policy_id: string }>("select * from told_holes");
  assert.deepEqual(
    told.map(({ service_id, policy_id }) => [service_id, policy_id.length]),
    [[null, 36]],
  );
  await world.stop();
});

test("a team, a function, a keeper or a person out of reach is told to those who keep the desk, once, and again if it comes back", async () => {
  const { world, ben, nextMonday, api } = await prepare();
  await nextMonday();
  await world.mailbox(world.admin).expectNothing();
  const team = await api("POST", "teams", { name: "Ghosts", members: [] });
  await api("POST", "functions", { nameFr: "Direction", nameEn: "Management", members: [] });
  await world.query(`update contact_points set verified_at = null where person_id = '${ben.id}'`);
  await api("PATCH", `teams/${team.id}`, { name: "Ghosts of the desk" });
  await nextMonday();
  const letter = await world.mailbox(world.admin).expectNotice();
  assert.equal(letter.subject, "4 new holes in your calls");
  assert.match(letter.text, /> Escalations to the team Ghosts of the desk\n> - at any hour/);
  assert.match(letter.text, /> Escalations to the function Management/);
  assert.match(letter.text, /> Escalations to whoever keeps Payroll/);
  assert.match(letter.text, /> Calls to Ben Ito, by name/);
  await nextMonday();
  await world.mailbox(world.admin).expectNothing();
  await api("PATCH", `teams/${team.id}`, { members: [world.admin.id] });
  await nextMonday();
  await api("PATCH", `teams/${team.id}`, { members: [] });
  await nextMonday();
  const again = await world.mailbox(world.admin).expectNotice();
  assert.equal(again.subject, "A new hole in your calls");
  await world.stop();
});
