/** Each reader in the variety of their language: what a person has chosen, what a guest's browser asks for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorld } from "./world.ts";

const thin = "\u202f";

test("a guest reads the variety that their browser asks for, and a link to the other language keeps the place", async () => {
  const world = await startWorld();
  const read = async (path: string, asked: string) =>
    (await world.api("GET", path, undefined, { token: null, headers: { "accept-language": asked } })).text;
  const france = await read("/report", "fr-FR,fr;q=0.9");
  assert.match(france, /<html lang="fr-FR"/);
  assert.match(france, new RegExp(`Que se passe-t-il${thin}\\?`));
  assert.match(france, /E-mail ou téléphone/);
  const canada = await read("/report", "fr-CA");
  assert.match(canada, /<html lang="fr-CA"/);
  assert.match(canada, /Que se passe-t-il\?/);
  assert.match(canada, /Courriel ou téléphone/);
  assert.match(await read("/report?lang=fr", "en-CA, fr-FR;q=0.5"), /<html lang="fr"/);
  assert.match(await read("/report?lang=fr", "fr-BE"), /<html lang="fr-FR"/);
  assert.match(await read("/report", "de"), /<html lang="en"/);
  await world.stop();
});

test("a person's language may be a variety: it is kept, given back, and written to them", async () => {
  const world = await startWorld();
  const made = await world.api("POST", "/api/v1/people", {
    name: "Louis Caron",
    email: "louis.caron@example.org",
    language: "fr-FR",
    zone: "Europe/Paris",
    level: 3,
  });
  assert.equal(made.body.language, "fr-FR");
  const louis = { id: made.body.id, name: "Louis Caron", email: made.body.email };
  const other = await world.api("PATCH", `/api/v1/people/${louis.id}`, { language: "fr-BE" });
  assert.equal(other.status, 422);
  const rotation = {
    kind: "weekly",
    zone: "Europe/Paris",
    startDate: "2020-01-06",
    handoverTime: "09:00",
    participants: [louis.id],
  };
  const schedule = (await world.api("POST", "/api/v1/schedules", { name: "Paie", layers: [{ rotation }] })).body.id;
  const steps = [{ targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 5 }];
  await world.api("POST", "/api/v1/escalation-policies", { name: "Paie", steps, default: true });
  const { key } = await world.integration("generic");
  await world.knock(`/events/${key}`, { title: "Disque plein", key: "disque", status: "firing" });
  const letter = await world.mailbox(louis).expectPage();
  assert.match(letter.text, /Vous êtes d’astreinte, Paie/);
  assert.match(letter.html, /<html lang="fr-FR"/);
  const page = await world.api("GET", letter.ack, undefined, { token: null });
  assert.match(page.text, /<html lang="fr-FR"/);
  const settings = await world.api("PATCH", "/api/v1/settings", { language: "en-CA" });
  assert.equal(settings.body.language, "en-CA");
  const next = await world.api("POST", "/api/v1/people", { name: "Kim Lee", email: "kim@example.org" });
  assert.equal(next.body.language, "en-CA", "whoever says nothing reads what the desk does");
  await world.stop();
});
