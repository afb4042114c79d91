/** A water main bursts in an office: no IT in it. The supplier answers by a link, in English, on a telephone and without an account;
 *  whoever coordinates works in French, and sees it leave, be opened and be answered. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Json, type Method, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let lead: Someone;
let id: string;

const supplier = { name: "Kate Benson", email: "kate@waterworks.example", language: "en" } as const;

before(async () => {
  world = await startWorld();
  lead = await world.person("Elise Tremblay", 4, { language: "fr" });
  const domains = ["employees", "business-operations"];
  const incident = { title: "Conduite d’eau rompue au 3e étage", language: "fr", domains, impact: 2, urgency: 1 };
  ({ id } = await good("POST", "/api/v1/incidents", incident));
});

async function good(method: Method, path: string, body?: object): Promise<Json> {
  const answer = await world.api(method, path, body, { token: lead.token, headers: { "accept-language": "fr" } });
  await world.settle();
  assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  return answer.body;
}
const act = (command: string, body: object): Promise<Json> => good("POST", `/api/v1/incidents/${id}/${command}`, body);
const asks = async (): Promise<Json[]> => (await good("GET", `/api/v1/incidents/${id}/contributions`)).data;

/** As a telephone does it: looks, then opens, answers, looks over and sends. */
async function answers(link: string, answer: Record<string, string>): Promise<string> {
  const path = new URL(link).pathname;
  const form = { "content-type": "application/x-www-form-urlencoded", "accept-language": "en" };
  const look = await world.api("GET", path, undefined, { token: null, headers: { "accept-language": "en" } });
  assert.ok(look.status === 200 && !look.text.includes("Conduite d’eau"), "the incident itself is not shown");
  let cookie = "";
  let page = "";
  for (const [action, fields] of [
    ["open", {}],
    ["save", answer],
    ["send", {}],
  ] as const) {
    const headers = { ...form, ...(cookie && { cookie }) };
    const body = new URLSearchParams({ action, ...fields }).toString();
    const moved = await world.api("POST", path, body, { token: null, headers });
    cookie = String(moved.headers["set-cookie"] ?? cookie).split(";")[0] ?? "";
    const next = String(moved.headers.location ?? path);
    page = (await world.api("GET", next, undefined, { token: null, headers: { cookie, "accept-language": "en" } }))
      .text;
  }
  await world.settle();
  return page;
}

const linkTo = (email: string): string => {
  const letter = world.post.letters.findLast(({ to }) => to === email);
  return /https?:\/\/\S+\/c\/\w+/.exec(letter?.text ?? "")?.[0] ?? "";
};

test("asked in their language, opened, answered: the answer stands in the record with where it comes from", async () => {
  await act("accept", {});
  await act("ask-contributor", {
    ...{ kind: "question", text: "When can you be here?", ...supplier },
    ...{ choices: ["Within the hour", "This afternoon"], context: "A main burst on our third floor." },
  });
  const letter = world.post.letters.findLast(({ to }) => to === supplier.email);
  assert.match(letter?.text ?? "", /When can you be here\?/);
  const words = "Two people are on their way.";
  const thanks = await answers(linkTo(supplier.email), { choice: "Within the hour", words });
  assert.match(thanks, /Thank you/);
  const [ask] = await asks();
  assert.deepEqual([ask.status, ask.answer.choice, ask.answer.text], ["answered", "Within the hour", words]);
  const record = (await good("GET", `/api/v1/incidents/${id}/timeline?limit=200`)).data;
  const entry = record.find(({ type }: Json) => type === "contribution.answered");
  assert.deepEqual(
    [entry.actor.via, entry.data.name, entry.level],
    ["link", supplier.name, null],
    "no account, and no level, is needed to help",
  );
});

test("that it works again is a ground, and no decision; it is closed with no IT in it", async () => {
  await act("ask-contributor", { kind: "working", text: "Is the water back?", ...supplier });
  await answers(linkTo(supplier.email), { choice: "yes" });
  assert.equal((await asks()).filter(({ status }) => status === "answered").length, 2);
  const before = await good("GET", `/api/v1/incidents/${id}`);
  assert.equal(before.milestones.restored, undefined, "whoever helps does not decide");
  await act("confirm-priority", { impact: 2, urgency: 1 });
  await act("categorise", { categories: ["low-impact"] });
  await act("declare-restored", { text: "L’eau est revenue, selon le fournisseur" });
  await act("declare-resolved", { solution: "Conduite remplacée", cause: "Joint usé" });
  await act("confirm-recovery", { text: "Bureaux asséchés" });
  await act("complete-documentation", { language: "fr", summary: "Conduite rompue", impact: "Un étage fermé" });
  const closed = await act("close", {});
  assert.deepEqual([closed.stage, closed.service], ["closed", null]);
});
