import assert from "node:assert/strict";
import { test } from "node:test";
import { type AckIncident, type AckState, type AckView, renderAckPage } from "./ack-page.ts";

const incident: AckIncident = {
  shortNumber: "INC-412",
  title: "Virements non transmis",
  description: "La banque ferme à 05:30.",
  priority: 1,
  impact: 1,
  urgency: 1,
  severity: "critical",
  service: "Paie",
  since: "2026-10-15T06:41:00Z",
  openAlerts: 3,
  exercise: false,
  incidentUrl: "/incidents/INC-412",
};
const frame = {
  language: "fr",
  nonce: "abc",
  instance: "desk.test",
  localHour: 12,
  insecure: false,
  now: "2026-10-15T07:02:00Z",
  zone: "America/Toronto",
} as const;
const toTake: AckState = {
  kind: "to-take",
  why: { reason: "on-call", schedule: "Paie", until: "2026-10-15T12:00:00Z", silent: ["Inès Caron"] },
  next: { at: "2026-10-15T07:05:12Z", name: "Sam Tessier" },
  refused: null,
};
const called = [{ at: "2026-10-15T06:57:00Z", name: "Inès Caron", status: "sent" }];
const view = (state: AckState, more: Partial<AckIncident> = {}): AckView => ({
  ...frame,
  incident: { ...incident, ...more },
  state,
  called,
});
const plain = (page: string): string =>
  page
    .replace(/<style.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ");

test("the first button of the first form takes the incident, and nothing needs a script", () => {
  const page = renderAckPage(view(toTake), "fr");
  const first = /<form[^>]*>(.*?)<\/form>/s.exec(page)?.[0] ?? "";
  assert.match(
    first,
    /^<form method="post"><input type="hidden" name="action" value="accept">\s*<button[^>]*>Prendre en charge<\/button>/,
  );
  assert.doesNotMatch(page, /<script|javascript:| on\w+=| style=/);
  assert.ok(page.indexOf('value="accept"') < page.indexOf('value="decline"'));
});

test("it says what, since when, how bad, why you, what comes next, and who was called", () => {
  const said = plain(renderAckPage(view(toTake), "fr"));
  for (const part of [
    "P1 Critique",
    "Virements non transmis",
    "depuis 02:41 (21 min)",
    "3 alertes ouvertes",
    "impact étendu",
    "urgence immédiate",
    "Vous êtes de garde, Paie, jusqu’à 08:00. Inès Caron n’a pas répondu.",
    "3 min 12 s",
    "puis appel de Sam Tessier, à 03:05",
    "02:57 Inès Caron · message envoyé, sans réponse",
  ]) {
    assert.ok(said.includes(part), `${part} is not in ${said}`);
  }
});

test("declining sends a reason in the reader's language", () => {
  const page = renderAckPage(view(toTake), "en");
  assert.match(page, /<select id="reason" name="reason"><option>I am not available<\/option>/);
});

test("the plate is for P1 alone", () => {
  assert.match(renderAckPage(view(toTake), "fr"), /class="top plate"/);
  assert.doesNotMatch(renderAckPage(view(toTake, { priority: 2 }), "fr"), /class="top plate"/);
});

test("dark at night, whatever the phone says", () => {
  for (const [localHour, night] of [
    [21, true],
    [6, true],
    [7, false],
    [20, false],
    [null, false],
  ] as const) {
    assert.equal(renderAckPage({ ...view(toTake), localHour }, "fr").includes('class="night"'), night);
  }
});

test("once answered there is nothing left to press but the way to the incident", () => {
  const states: AckState[] = [
    { kind: "taken-by-you", at: "2026-10-15T07:04:00Z", coordinates: true, seenBy: ["Maël"] },
    { kind: "taken-by-other", name: "Sam Tessier", at: "2026-10-15T07:04:00Z" },
    { kind: "declined", at: "2026-10-15T07:04:00Z", called: null, of: null },
    { kind: "declined", at: "2026-10-15T07:04:00Z", called: ["Lou", "Sam"], of: null },
    { kind: "declined", at: "2026-10-15T07:04:00Z", called: [], of: null },
    { kind: "ended", stage: "closed", at: "2026-10-14T07:04:00Z" },
  ];
  const words = [
    "Pris en charge à 03:04",
    "Sam Tessier a pris en charge à 03:04.",
    "Il ne reste personne à appeler",
    "Appel de Lou et Sam en cours.",
    "l’appel vous revient",
    "Clos le 14 octobre à 03:04.",
  ];
  for (const [index, state] of states.entries()) {
    const page = renderAckPage(view(state), "fr");
    assert.doesNotMatch(page, /<form|<button/);
    assert.match(page, /href="\/incidents\/INC-412"/);
    const said = plain(page).replaceAll("\u00a0", " ");
    assert.ok(said.includes(words[index] ?? ""), said);
  }
});

test("a link that is not good says nothing of any incident", () => {
  const page = renderAckPage({ ...frame, incident: null, signInUrl: "/" }, "en");
  assert.doesNotMatch(page, /INC|<form/);
  assert.match(page, /This link no longer works/);
});

test("words of people and machines are never markup", () => {
  const page = renderAckPage(view(toTake, { title: "<img src=x>", description: '"><script>x</script>' }), "fr");
  assert.doesNotMatch(page, /<img|<script/);
});

test("the whole page is less than 20 kB, at its longest", () => {
  const long = view(
    { ...toTake, refused: "x".repeat(300) },
    { title: "é".repeat(200), description: "é".repeat(10_000), service: "é".repeat(200) },
  );
  const many = {
    ...long,
    called: Array.from({ length: 50 }, () => ({ ...called[0], name: "é".repeat(100) })),
  } as AckView;
  for (const language of ["fr", "en"] as const) {
    const bytes = Buffer.byteLength(renderAckPage(many, language));
    assert.ok(bytes < 20_000, `${bytes} bytes`);
  }
});
