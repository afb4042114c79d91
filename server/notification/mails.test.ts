import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type NoticeView, type PageView, renderNotice, renderPage, subjectMax } from "./mails.ts";

const n = "\u00a0";
const page: PageView = {
  number: "INC-2026-000412",
  shortNumber: "INC-412",
  title: "virements du 15 non transmis à la banque",
  priority: 1,
  severity: "critical",
  service: "Paie",
  since: "2026-10-15T06:41:00Z",
  incidentUrl: "https://desk.test/incidents/INC-412",
  exercise: false,
  zone: "America/Toronto",
  instance: "desk.test",
  why: { reason: "on-call", schedule: "Paie", until: "2026-10-15T12:00:00Z", silent: ["Inès Caron"] },
  nextStep: { at: "2026-10-15T07:05:00Z", name: "Sam Tessier" },
  source: "prometheus",
  ackUrl: "https://desk.test/ack/abc",
  possibleDuplicate: false,
};

test("the subject says how bad, what, and which", () => {
  assert.equal(renderPage(page, "fr").subject, `P1 Paie${n}: virements du 15 non transmis à la banque · INC-412`);
  assert.equal(renderPage({ ...page, priority: null, service: null }, "en").subject, `${page.title} · INC-412`);
  assert.match(renderPage({ ...page, exercise: true }, "en").subject, /^\[Exercise\] P1 /);
});

test("a title that begins with the service does not say it twice", () => {
  assert.equal(renderPage({ ...page, title: "Paie : en panne" }, "fr").subject, "P1 Paie : en panne · INC-412");
});

test("the acknowledgement address is alone on its line, in the text part", () => {
  for (const language of ["fr", "en"] as const) {
    const lines = renderPage(page, language).text.split("\n");
    assert.equal(lines.filter((line) => line === page.ackUrl).length, 1);
    assert.equal(lines.filter((line) => line === page.incidentUrl).length, 1);
  }
});

test("the text says what, since when, why you, and what comes next", () => {
  const { text } = renderPage(page, "fr");
  assert.match(text, /^P1 Critique · INC-412\nvirements du 15/);
  assert.match(text, /Depuis\u00a0: 15\u00a0octobre, 02:41 \(UTC−4\)/);
  assert.match(
    text.replaceAll("\n", " "),
    /Pourquoi vous\u00a0: Vous êtes de garde, Paie, jusqu’à 08:00. Inès Caron n’a pas répondu\./,
  );
  assert.match(text.replaceAll("\n", " "), /Sans réponse de vous à 03:05, appel de Sam Tessier\./);
  const last = renderPage({ ...page, nextStep: null, possibleDuplicate: true }, "en").text.replaceAll("\n", " ");
  assert.match(last, /Nobody else will be called after you\./);
  assert.match(last, /You may have received this call already/);
});

test("the HTML has its language, one act, and nothing a person wrote as markup", () => {
  const { html } = renderPage({ ...page, title: "<script>alert(1)</script>", service: '"><b>' }, "fr");
  assert.match(html, /<html lang="fr">/);
  assert.equal(html.match(/class="a"/g)?.length, 1);
  assert.doesNotMatch(html, /<script|<b>|<table/);
  assert.match(html, /prefers-color-scheme:dark/);
});

const notices: NoticeView[] = [
  { ...page, notice: "sources-cleared", relapsed: false },
  { ...page, notice: "sources-cleared", relapsed: true },
  { ...page, notice: "coordinator-wanted", acceptedBy: "Zoé Roy" },
  { ...page, notice: "advised", by: "Zoé Roy", text: "Ligne 1\nLigne 2" },
  { ...page, notice: "advised", by: null, text: "x" },
  { ...page, notice: "escalated", by: "Zoé Roy", kind: "functional", expected: "Relancer" },
  { ...page, notice: "escalated", by: null, kind: "hierarchical", expected: "Trancher" },
  { ...page, notice: "escalation-taken", by: "Zoé Roy", quote: "Relancer" },
  { ...page, notice: "escalation-returned", by: "Zoé Roy", quote: "Ce n’est pas à nous" },
  { ...page, notice: "escalation-unanswered", by: null, quote: "Trancher" },
  { ...page, notice: "major-proposed", by: null, quote: "Trois domaines ou plus sont touchés" },
  { ...page, notice: "major-declared", by: "Zoé Roy", quote: "Paie arrêtée" },
  { ...page, notice: "major-stood-down", by: "Zoé Roy", quote: "Un seul bureau" },
  { ...page, notice: "major-restored", by: null, quote: "" },
  { ...page, notice: "major-closed", by: "Zoé Roy", quote: "" },
  { ...page, notice: "coordination-offered", by: "Zoé Roy", quote: "Fin de quart", also: "15" },
  { ...page, notice: "coordination-taken", by: "Zoé Roy", quote: null, also: null },
  { ...page, notice: "coordination-declined", by: "Zoé Roy", quote: "Absente", also: null },
  { ...page, notice: "coordination-withdrawn", by: "Zoé Roy", quote: null, also: null },
  { ...page, notice: "coordination-expired", by: "Zoé Roy", quote: null, also: null },
  { ...page, notice: "closure-to-check", by: "Zoé Roy", quote: "" },
  { ...page, notice: "restoration-contested", by: "Zoé Roy", quote: "Les bulletins restent vides" },
  { ...page, notice: "flag-proposed", by: null, quote: "L’incident est majeur" },
  { ...page, notice: "investigation-taken", by: "Zoé Roy", quote: "" },
  { ...page, notice: "closure-returned", by: "Zoé Roy", quote: "La cause n’est pas écrite" },
  { ...page, notice: "role-given", by: "Zoé Roy", quote: "Consigne", also: "Secrétaire" },
  { ...page, notice: "task-given", by: null, quote: "Appeler la banque", also: "15:00" },
  { ...page, notice: "task-carried", by: null, quote: "Appeler la banque", also: "15:00" },
  { ...page, notice: "task-ended", by: null, quote: "Appeler la banque", also: null },
  { ...page, notice: "task-stale", by: null, quote: "Appeler la banque", also: null },
  { ...page, notice: "task-stale", by: "Zoé Roy", quote: "Appeler la banque", also: "15:00" },
  { ...page, notice: "notice-overdue", by: null, quote: null, also: "restored" },
  { ...page, notice: "period-ended", by: null, quote: null, also: "2" },
  { ...page, notice: "workstream-offered", by: "Zoé Roy", quote: "Un lien qui tient", also: "Câblage" },
  { ...page, notice: "workstream-taken", by: "Zoé Roy", quote: null, also: "Câblage" },
  { ...page, notice: "workstream-declined", by: "Zoé Roy", quote: "Absente", also: "Câblage" },
  { ...page, notice: "workstream-withdrawn", by: null, quote: null, also: "Câblage" },
  { ...page, notice: "workstream-expired", by: "Zoé Roy", quote: null, also: "Câblage" },
  { ...page, notice: "workstream-stale", by: "Zoé Roy", quote: "On attend la clé", also: "Câblage" },
  { ...page, notice: "workstream-free", by: "Zoé Roy", quote: "Pompage", also: "Câblage" },
  { ...page, notice: "evidence-handed", by: "Zoé Roy", quote: "E-2. Disque RH-117" },
  { ...page, notice: "contribution-answered", by: "Nora", quote: "Oui", choice: "partly", also: null },
  { ...page, notice: "contribution-declined", by: "Nora", quote: "Pas moi", choice: null, also: null },
  { ...page, notice: "contribution-forwarded", by: "Nora", quote: "x", choice: null, also: "Omar" },
  { ...page, notice: "contribution-failed", by: "Nora", quote: "x", choice: null, also: null },
  { ...page, notice: "contribution-unanswered", by: "Nora", quote: "x", choice: null, also: null },
  { ...page, notice: "contribution-expired", by: "Nora", quote: "x", choice: null, also: null },
  { ...page, notice: "assigned", by: "Zoé Roy", to: null },
  { ...page, notice: "assigned", by: null, to: "Réseau" },
  { ...page, notice: "target-warned", clock: "restore", share: "75", due: "2026-10-15T08:00:00.000Z" },
  {
    ...{ ...page, notice: "obligation-warned", law: "qc-l25", leg: "commission", share: "75" },
    ...{ due: "2026-10-15T08:00:00.000Z", own: true },
  },
  {
    ...{ ...page, notice: "obligation-missed", law: "dora", leg: "initial", share: "100" },
    ...{ due: "2026-10-15T08:00:00.000Z", own: false },
  },
  ...(["supplier-warned", "supplier-missed", "supplier-next"] as const).map((notice) => ({
    ...page,
    ...{ notice, by: "Nordlys", clock: "respond", share: "75", due: "", also: "Aude Lind (chef de quart)" },
  })),
  { ...page, notice: "outage-warned", clock: "Paie", share: "75", due: "2026-10-15T08:00:00.000Z" },
  { ...page, notice: "outage-passed", clock: "Paie", share: "100", due: "" },
  { ...page, notice: "target-missed", clock: "update", share: "100", due: "" },
];

test("each notice says what it is about in both languages, and leads to the incident", () => {
  for (const language of ["fr", "en"] as const) {
    const subjects = notices.map((one) => {
      const mail = renderNotice(one, language);
      assert.match(mail.text, /\nhttps:\/\/desk\.test\/incidents\/INC-412\n/);
      assert.match(mail.subject, / · INC-412$/);
      assert.doesNotMatch(mail.text, /[{}]|undefined|null/);
      return mail.subject;
    });
    assert.equal(new Set(subjects).size, 54);
  }
});

test("what a person wrote keeps its lines", () => {
  assert.match(renderNotice(notices[3] as NoticeView, "fr").text, /\n> Ligne 1\n> Ligne 2\n/);
  assert.match(renderNotice(notices[3] as NoticeView, "fr").html, /<blockquote>Ligne 1\nLigne 2<\/blockquote>/);
});

test("whatever the title, the subject is one line of 110 signs at most and keeps the number", () => {
  const odd = fc.string({ unit: "binary", maxLength: 400 });
  fc.assert(
    fc.property(odd, odd, fc.constantFrom("fr" as const, "en" as const), (title, service, language) => {
      const { subject, text } = renderPage({ ...page, title, service: service.slice(0, 60) }, language);
      assert.ok(subject.length <= subjectMax, subject);
      assert.doesNotMatch(subject, /[\p{Cc}\u2028\u2029\u202e]/u);
      assert.ok(subject.endsWith(" · INC-412"));
      assert.ok(text.split("\n").includes(page.ackUrl));
    }),
  );
});
