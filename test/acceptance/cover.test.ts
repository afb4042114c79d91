/** Requests to be covered, on real PostgreSQL and real mail: those concerned hear of them and of their end, each in their own
 *  language, by the ways that are theirs. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Letter } from "./mail.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

const hour = 3_600_000;
let world: TestWorld;
let ana: Someone;
let ben: Someone;
let cleo: Someone;
let schedule: string;

const iso = (hours: number): string => new Date(world.desk.clock.now() + hours * hour).toISOString();
const span = (from: number, until: number) => ({ from: iso(from), until: iso(until) });
const post = (path: string, as: Someone, body?: object) =>
  world.api("POST", `/api/v1/${path}`, body, { token: as.token });
const ask = async (more: object = {}): Promise<Json> =>
  (await post("cover-requests", ana, { schedule, ...span(1, 3), ...more })).body;
const letterTo = (one: Someone): Promise<Letter> => world.mailbox(one).expectNotice();
const plain = (letter: Letter): string => letter.text.replaceAll(/\s+/g, " ");

before(async () => {
  world = await startWorld({ shared: true });
  ana = await world.person("Ana Roy", 3, { language: "en" });
  ben = await world.person("Ben Ito", 3, { language: "fr" });
  cleo = await world.person("Cleo Diop", 3, { language: "en" });
  const rotation = (participants: string[]) => ({
    kind: "weekly",
    zone: "UTC",
    startDate: iso(-48).slice(0, 10),
    handoverTime: "00:00",
    participants,
  });
  const layers = [{ rotation: rotation([ana.id]) }, { rotation: rotation([ben.id, cleo.id, ben.id]) }];
  schedule = (await world.api("POST", "/api/v1/schedules", { name: "Primary", layers })).body.id;
});

test("a request to all is told to each who has turns there; so is who takes it, once", async () => {
  const { id } = await ask({ message: "Dentist" });
  const [toBen, toCleo] = [await letterTo(ben), await letterTo(cleo)];
  assert.equal(toBen.subject, "Ana Roy demande un remplacement");
  assert.match(plain(toBen), /dans Primary, du .+ à \d+ h \d\d au .+ > Dentist/);
  assert.match(toBen.text, new RegExp(`/schedules/${schedule}`));
  assert.equal(toCleo.subject, "Ana Roy asks to be covered");
  await world.mailbox(ana).expectNothing();

  assert.equal((await post(`cover-requests/${id}/accept`, ben)).body.state, "accepted");
  assert.equal((await letterTo(ana)).subject, "Ben Ito covers you");
  assert.equal((await letterTo(cleo)).subject, "Ben Ito covers Ana Roy");
  await world.mailbox(ben).expectNothing();
});

test("one person is asked by name: only they hear of it, and whoever asked hears that they refuse", async () => {
  const { id } = await ask({ asked: ben.id, ...span(5, 6) });
  assert.match(plain(await letterTo(ben)), /La demande ne va qu’à vous/);
  await world.mailbox(cleo).expectNothing();
  assert.deepEqual((await post(`cover-requests/${id}/decline`, cleo)).body.code, "not-asked-for");
  assert.equal((await post(`cover-requests/${id}/decline`, ben)).body.state, "declined");
  assert.equal((await letterTo(ana)).subject, "Ben Ito cannot cover you");
  assert.equal((await post(`cover-requests/${id}/accept`, ben)).body.code, "cover-settled");
  const audit = await world.query<{ type: string }>(
    "select type from events where stream = $1 order by position desc limit 1",
    [`schedule/${schedule}`],
  );
  assert.deepEqual(audit, [{ type: "schedule.cover-declined" }]);
});

test("what is withdrawn is told to those asked, and to its owner when an administrator did it", async () => {
  const own = await ask({ asked: ben.id, ...span(7, 8) });
  await letterTo(ben);
  await post(`cover-requests/${own.id}/withdraw`, ana);
  assert.equal((await letterTo(ben)).subject, "Ana Roy ne demande plus de remplacement");
  await world.mailbox(ana).expectNothing();

  const other = await ask({ asked: ben.id, ...span(9, 10) });
  await letterTo(ben);
  await post(`cover-requests/${other.id}/withdraw`, world.admin);
  assert.equal((await letterTo(ana)).subject, "Your request to be covered was withdrawn");
  assert.equal((await letterTo(ben)).subject, "Ana Roy ne demande plus de remplacement");
});

test("it comes by mail and by the way named first for what does not press, each once", async () => {
  const { id: second } = (
    await post("contact-points", ben, { kind: "email", address: "ben@elsewhere.test", name: "Own" })
  ).body;
  const code = (await world.mailbox({ email: "ben@elsewhere.test" }).expectNotice()).subject.replaceAll(/\D/g, "");
  const proved = await post(`contact-points/${second}/verify`, ben, { code });
  assert.ok(proved.status < 300, proved.text);
  await world.api(
    "PATCH",
    "/api/v1/notification-preference",
    { low: [{ contactPoint: second, afterMinutes: 0 }] },
    { token: ben.token },
  );
  await ask({ asked: ben.id, ...span(11, 12) });
  const [usual, own] = [await letterTo(ben), await letterTo({ ...ben, email: "ben@elsewhere.test" })];
  assert.equal(own.subject, usual.subject);
  await world.mailbox(ben).expectNothing();
});

test("whoever has left the desk is not told", async () => {
  await world.api("PATCH", `/api/v1/people/${cleo.id}`, { active: false });
  await ask(span(13, 14));
  await letterTo(ben);
  await letterTo({ ...ben, email: "ben@elsewhere.test" });
  await world.mailbox(cleo).expectNothing();
});
