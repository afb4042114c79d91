/** Every fact of a record shows what it says, in both languages: no entry is only a title. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { initialPaging } from "#core/escalation/paging-state.ts";
import { briefOf } from "#core/incidents/brief.ts";
import type { EventOf, IncidentEventType } from "#core/incidents/events.ts";
import { initialIncident } from "#core/incidents/state.ts";
import type { Language } from "#core/kernel/vocabulary.ts";
import { loadPages } from "../language/catalogue.ts";
import { wordsFor } from "../language/wording.ts";
import { callingFacts } from "./calling-facts.ts";
import { tell } from "./entry-words.ts";
import { impactFacts } from "./impact-facts.ts";
import { recordWords } from "./record-words.ts";
import { securityFacts } from "./security-facts.ts";

/** What is kept, and what a reader must find of it. A fact of a new type does not compile until it is here. */
type Told<T extends IncidentEventType> = { readonly data: EventOf<T>["data"]; readonly shows: readonly string[] };

const noon = "2026-10-15T12:00:00.000Z";
const title = { text: "Permis en ligne" };
const weight = { impact: 2, urgency: 3, priority: 3 } as const;

const facts: { readonly [T in IncidentEventType]: Told<T> } = {
  "incident.reported": {
    data: {
      number: "INC-2026-000412",
      title,
      description: "Le paiement passe, rien n’est délivré.",
      language: "fr",
      service: "service-1",
      severity: "critical",
      origin: { kind: "person", personId: "lea" },
      process: "base@1.0.0",
      exercise: true,
    },
    shows: ["Permis en ligne", "Le paiement passe, rien n’est délivré.", "Bureautique"],
  },
  "incident.identified": { data: { as: "interruption-or-degradation" }, shows: [] },
  "incident.registered": { data: { underRuleOf: "lea" }, shows: ["INC-2026-000412", "Léa"] },
  "incident.dismissed": { data: {}, shows: [] },
  "incident.merged": { data: { into: "other", intoNumber: "INC-2026-000400" }, shows: ["INC-2026-000400"] },
  "incident.absorbed": {
    data: { from: "other", fromNumber: "INC-2026-000400", alerts: 3 },
    shows: ["INC-2026-000400", "3"],
  },
  "known-error.linked": { data: { knownError: "k", nameFr: "Fuite", nameEn: "Fuite" }, shows: ["Fuite"] },
  "known-error.unlinked": { data: { knownError: "k", nameFr: "Fuite", nameEn: "Fuite" }, shows: ["Fuite"] },
  "incident.linked": {
    data: { incident: "other", number: "INC-2026-000400", kind: "caused-by" },
    shows: ["INC-2026-000400"],
  },
  "incident.unlinked": {
    data: { incident: "other", number: "INC-2026-000400", kind: "has-part" },
    shows: ["INC-2026-000400"],
  },
  "incident.split": {
    data: { into: "o", intoNumber: "INC-2026-000400", title: "Câble", workstream: 2, tasks: [3, 4], alerts: 7 },
    shows: ["INC-2026-000400", "Câble", "2", "7"],
  },
  "incident.split-off": {
    data: { from: "o", fromNumber: "INC-2026-000400", workstream: "Câble", tasks: 2, alerts: 7 },
    shows: ["INC-2026-000400", "Câble", "7"],
  },
  "workstream.opened": {
    data: { number: 3, title: "Câblage", purpose: "Un lien", personId: "lea", name: "Léa", team: "team-1", due: null },
    shows: ["3", "Câblage", "Un lien", "Léa"],
  },
  "workstream.offered": {
    data: { number: 3, personId: "lea", name: "Léa", from: { id: "m", name: "Maël" }, until: noon, minutes: 15 },
    shows: ["3", "Léa", "Maël"],
  },
  "workstream.handed-over": {
    data: { number: 3, personId: "lea", name: "Léa", from: { id: "m", name: "Maël" }, how: "offered" },
    shows: ["3", "Léa", "Maël"],
  },
  "workstream.offer-ended": {
    data: { number: 3, personId: "lea", name: "Léa", because: "declined" },
    shows: ["3", "Léa"],
  },
  "workstream.updated": {
    data: { number: 3, status: "blocked", text: "Sans clé", on: 2 },
    shows: ["3", "2", "Sans clé"],
  },
  "workstream.finished": { data: { number: 3, outcome: "done", text: "Le lien tient" }, shows: ["3", "Le lien tient"] },
  "workstream.stale": { data: { number: 3, minutes: 40, told: "lea" }, shows: ["3", "40", "Léa"] },
  "incident.retitled": { data: { title }, shows: ["Permis en ligne"] },
  "category.proposed": { data: { categories: ["own-kind"], reasons: ["said-by-reporter"] }, shows: ["own-kind"] },
  "incident.categorised": { data: { categories: ["own-kind"] }, shows: ["own-kind"] },
  "major.proposed": {
    data: { criteria: [{ id: "x", words: { fr: "Paie arrêtée", en: "Paie stopped" } }] },
    shows: ["Paie"],
  },
  "major.declared": { data: {}, shows: ["maj"] },
  "flag.proposed": {
    data: { flag: "serious", criteria: [{ id: "x", words: { fr: "Tout est touché", en: "Tout est touché" } }] },
    shows: ["Tout est touché", "seri"],
  },
  "flag.raised": { data: { flag: "serious" }, shows: ["ser"] },
  "flag.lowered": { data: { flag: "non-routine", was: "raised" }, shows: ["routin"] },
  "investigation.taken": { data: { personId: "p", name: "Dana Roy" }, shows: ["Dana Roy"] },
  "major.stood-down": { data: { was: "declared" }, shows: ["maj"] },
  ...securityFacts,
  ...impactFacts,
  "access.restricted": { data: { because: "category", category: "own-kind", members: [] }, shows: ["own-kind"] },
  "access.lifted": { data: {}, shows: [] },
  "access.granted": { data: { kind: "person", id: "lea", name: "Léa" }, shows: ["Léa"] },
  "access.revoked": { data: { kind: "person", id: "lea", name: "Léa", because: "expired" }, shows: ["Léa"] },
  "access.forced": { data: { personId: "lea", name: "Léa", until: "2026-10-16T08:00:00.000Z" }, shows: ["Léa", "16"] },
  "incident.marked": { data: { tlp: "amber+strict", was: null }, shows: ["TLP:AMBER+STRICT"] },
  "info.gathered": { data: { question: "since", answer: "Vers 8 h" }, shows: ["Début des effets", "Vers 8 h"] },
  "readiness.reached": { data: {}, shows: [] },
  "domain.added": { data: { domains: ["employees", "own-domain"] }, shows: ["Personnel", "own-domain"] },
  "domain.removed": { data: { domains: ["employees"] }, shows: ["Personnel"] },
  "criterion.confirmed": {
    data: {
      ...{ criterion: "told", text: "Courriel du 15.", notNeeded: false },
      left: [{ law: "nis2", leg: "final", due: "2026-11-16T08:00:00.000Z" }],
    },
    shows: ["Direction informée", "Courriel du 15.", "nis2, final", "16"],
  },
  "sla.paused": {
    data: { pause: "told", until: "2026-10-16T08:00:00.000Z" },
    shows: ["Direction informée", "16"],
  },
  "sla.resumed": { data: { pause: "told", because: "asked" }, shows: ["Direction informée"] },
  "obligation.assessed": {
    data: {
      ...{ law: "dora", version: 1, status: "in-force", inForceFrom: null, outcome: "not-owed", answers: {} },
      ...{ traits: [], text: "Sous les seuils", legs: [], targets: {} },
    },
    shows: ["DORA, incident majeur", "Sous les seuils"],
  },
  "obligation.dated": {
    data: {
      law: "dora",
      fact: "aware",
      at: "2026-10-16T08:00:00.000Z",
      was: "2026-10-15T08:00:00.000Z",
      toldBy: "Léa",
    },
    shows: ["DORA, incident majeur", "Prise de connaissance", "16", "15", "Léa"],
  },
  "obligation.described": { data: { law: "dora", fields: { cause: "x", costs: null } }, shows: ["2"] },
  "obligation.submitted": {
    data: {
      ...{ law: "dora", leg: "initial", at: "2026-10-16T08:00:00.000Z", by: "Léa", reference: "ACPR-17" },
      ...{ way: "OneGate", attachment: null },
    },
    shows: ["Notification initiale", "16", "Léa", "ACPR-17", "OneGate"],
  },
  "obligation.submission-withdrawn": {
    data: { law: "dora", leg: "initial", at: "2026-10-16T08:00:00.000Z" },
    shows: ["Notification initiale", "16"],
  },
  "obligation.withheld": {
    data: {
      ...{ law: "dora", legs: ["initial"], reason: "enquête", authority: "le parquet" },
      ...{ from: "2026-10-15T08:00:00.000Z", until: "2026-10-16T08:00:00.000Z" },
    },
    shows: ["Notification initiale", "le parquet", "16"],
  },
  "obligation.warned": {
    data: { law: "dora", leg: "initial", share: 75, since: "", due: "2026-10-16T08:00:00.000Z", own: true },
    shows: ["Notification initiale", "75", "16"],
  },
  "obligation.missed": {
    data: { law: "dora", leg: "initial", since: "", due: "2026-10-16T08:00:00.000Z", own: false },
    shows: ["Notification initiale", "16"],
  },
  "team.activated": {
    data: {
      ...{ number: 1, team: "t", name: "CSIRT", until: "2026-10-16T08:00:00.000Z", category: "security" },
      charter: {
        ...{ mandate: { fr: "f", en: "e" }, roles: [], people: 2, minutes: 15 },
        ...{ rota: null, deputy: null, contact: null },
      },
    },
    shows: ["CSIRT", "2", "16"],
  },
  "team.joined": {
    data: {
      ...{ number: 1, teamName: "CSIRT", personId: "lea", name: "Léa", level: 4, role: "lead" },
      words: { fr: "Pilote", en: "Pilote" },
    },
    shows: ["Léa", "CSIRT", "Pilote"],
  },
  "team.left": {
    data: { number: 1, teamName: "CSIRT", personId: "lea", name: "Léa", was: "called" },
    shows: ["Léa", "CSIRT"],
  },
  "team.quorum-met": { data: { number: 1, teamName: "CSIRT", people: 2, late: true }, shows: ["CSIRT", "2"] },
  "team.quorum-missed": {
    data: {
      ...{ number: 1, teamName: "CSIRT", people: 1, needed: 2, because: "nobody-left" },
      roles: [{ id: "lead", words: { fr: "Pilote", en: "Pilote" } }],
      deputy: { id: "lea", name: "Léa" },
    },
    shows: ["CSIRT", "1", "2", "Pilote", "Léa"],
  },
  "team.stood-down": { data: { number: 1, teamName: "CSIRT", because: "ended" }, shows: ["CSIRT"] },
  "sla.warned": {
    data: { clock: "restore", share: 75, since: "", minutes: 90, calendar: null, due: "2026-10-16T08:00:00.000Z" },
    shows: ["R", "75", "1\u00A0h 30\u00A0min", "16"],
  },
  "sla.breached": {
    data: { clock: "update", since: "", minutes: 30, calendar: "office", due: null },
    shows: ["30\u00A0min"],
  },
  "priority.proposed": { data: { ...weight, reasons: ["severity-critical"] }, shows: ["P3"] },
  "priority.confirmed": { data: weight, shows: ["P3"] },
  "priority.overridden": { data: { priority: 1, proposed: 3 }, shows: ["P1", "P3"] },
  "incident.assigned": { data: { team: "network" }, shows: ["Réseau"] },
  "assignment.accepted": { data: { personId: "lea", name: "Léa", coordinates: true }, shows: ["Léa", "coord"] },
  "assignment.declined": { data: { personId: "lea", name: "Léa" }, shows: ["Léa"] },
  "assignment.lapsed": { data: { personId: "lea", name: "Léa", minutes: 20 }, shows: ["Léa", "20"] },
  "coordination.requested": { data: { acceptedBy: "lea", level: 2 }, shows: ["Léa"] },
  "coordination.offered": {
    data: {
      personId: "sam",
      name: "Sam",
      from: { id: "lea", name: "Léa" },
      until: "2026-10-15T08:00:00.000Z",
      minutes: 15,
    },
    shows: ["Sam", "Léa", "08:00"],
  },
  "coordination.handed-over": {
    data: {
      personId: "sam",
      name: "Sam",
      from: { id: "lea", name: "Léa" },
      how: "offered",
      brief: briefOf(initialIncident, initialPaging, Date.parse("2026-10-15T08:00:00.000Z")),
    },
    shows: ["Sam", "Léa"],
  },
  "coordination.declined": { data: { personId: "lea", name: "Léa" }, shows: ["Léa"] },
  "coordination.withdrawn": { data: { personId: "lea", name: "Léa", because: "taken" }, shows: ["Léa"] },
  "coordination.expired": { data: { personId: "lea", name: "Léa", minutes: 15 }, shows: ["Léa", "15"] },
  "role.filled": { data: { role: "scribe", personId: "lea", name: "Léa" }, shows: ["Secrétaire", "Léa"] },
  "role.released": { data: { role: "scribe", personId: null, name: "Marc" }, shows: ["Secrétaire", "Marc"] },
  "task.created": {
    data: { number: 3, text: "Appeler la banque", personId: "lea", name: "Léa", due: "2026-10-15T08:00:00.000Z" },
    shows: ["3", "Appeler la banque", "Léa", "08:00"],
  },
  "task.assigned": {
    data: { number: 3, personId: "sam", name: "Sam", due: "2026-10-15T08:00:00.000Z" },
    shows: ["3", "Sam", "08:00"],
  },
  "period.planned": {
    data: {
      number: 2,
      from: "2026-10-15T08:00:00.000Z",
      until: "2026-10-15T20:00:00.000Z",
      situation: "6 950 virements partis.",
      objectives: ["Envoyer le reste"],
    },
    shows: ["2", "08:00", "20:00"],
  },
  "period.revised": {
    data: {
      number: 2,
      until: "2026-10-15T21:00:00.000Z",
      situation: "Rien de plus.",
      objectives: ["Envoyer le reste"],
    },
    shows: ["2", "21:00"],
  },
  "notice.overdue": { data: { action: "restored", since: "", minutes: 47, told: "lea" }, shows: ["47", "Léa"] },
  "period.ended": {
    data: { number: 2, until: "2026-10-15T21:00:00.000Z", told: "lea" },
    shows: ["2", "21:00", "Léa"],
  },
  "task.done": { data: { number: 3, text: "Ils rappellent." }, shows: ["3", "Ils rappellent."] },
  "task.cancelled": { data: { number: 3 }, shows: ["3"] },
  "contribution.asked": {
    data: {
      number: 1,
      name: "Nora",
      kind: "question",
      text: "Quelle heure ?",
      context: null,
      choices: [],
      address: "nora@example.net",
      language: "fr",
      personId: null,
      until: "2026-10-16T08:00:00.000Z",
      forwardable: false,
      everyHours: 8,
      reminders: 1,
      by: "Omar",
    },
    shows: ["Nora", "Quelle heure ?", "Omar"],
  },
  "contribution.sent": { data: { number: 1, name: "Nora" }, shows: ["Nora"] },
  "contribution.linked": { data: { number: 1, name: "Nora" }, shows: ["Nora"] },
  "contribution.failed": { data: { number: 1, name: "Nora", error: "550" }, shows: ["Nora", "550"] },
  "contribution.opened": { data: { number: 1, name: "Nora" }, shows: ["Nora"] },
  "contribution.answered": {
    data: {
      number: 1,
      name: "Nora",
      kind: "question",
      choice: "06:00",
      text: "Sur demande",
      attachmentId: "f",
      file: "journal.txt",
      correction: false,
    },
    shows: ["Nora", "06:00", "Sur demande", "journal.txt"],
  },
  "contribution.declined": { data: { number: 1, name: "Nora", text: "Omar" }, shows: ["Nora", "Omar"] },
  "contribution.forwarded": {
    data: { number: 1, name: "Nora", as: 2, toName: "Omar", text: "son quart" },
    shows: ["Nora", "Omar", "son quart"],
  },
  "contribution.reminded": { data: { number: 1, name: "Nora", byItself: true }, shows: ["Nora"] },
  "contribution.unanswered": { data: { number: 1, name: "Nora", told: "lea" }, shows: ["Nora", "Léa"] },
  "contribution.revoked": { data: { number: 1, name: "Nora", because: "over" }, shows: ["Nora"] },
  "contribution.expired": { data: { number: 1, name: "Nora", told: "lea" }, shows: ["Nora", "Léa"] },
  "supplier.asked": {
    data: {
      number: 1,
      name: "Nordlys",
      supplier: "s",
      kind: "supplier",
      language: "fr",
      contract: null,
      text: "La liaison est coupée.",
      targets: [],
      open: false,
      opens: "2026-10-16T08:00:00.000Z",
    },
    shows: ["Nordlys", "La liaison", "08:00"],
  },
  "supplier.acknowledged": {
    data: { number: 1, name: "Nordlys", text: "On regarde.", ticket: "NL-42", byLink: true },
    shows: ["Nordlys", "NL-42", "On regarde."],
  },
  "supplier.ticketed": {
    data: { number: 1, name: "Nordlys", ticket: "NL-43", was: "NL-42", byLink: false },
    shows: ["NL-43", "NL-42"],
  },
  "supplier.working": { data: { number: 1, name: "Nordlys", text: "Sur place", byLink: false }, shows: ["Sur place"] },
  "supplier.restored": { data: { number: 1, name: "Nordlys", text: null, byLink: true }, shows: ["Nordlys"] },
  "supplier.declined": { data: { number: 1, name: "Nordlys", text: "Hors contrat", byLink: false }, shows: ["Hors"] },
  "supplier.closed": { data: { number: 1, name: "Nordlys", text: null, because: "over" }, shows: ["Nordlys"] },
  "supplier.warned": {
    data: { number: 1, name: "Nordlys", clock: "restore", minutes: 240, calendar: null, due: null, share: 75 },
    shows: ["Nordlys", "75"],
  },
  "supplier.missed": {
    data: {
      number: 1,
      name: "Nordlys",
      clock: "respond",
      minutes: 30,
      calendar: null,
      due: "2026-10-16T08:00:00.000Z",
    },
    shows: ["Nordlys", "30", "08:00"],
  },
  "supplier.contact-proposed": {
    data: { number: 1, name: "Nordlys", order: 2, contact: "Aude Lind", role: "Chef de quart", because: "after" },
    shows: ["Aude Lind", "Chef de quart"],
  },
  "supplier.called": {
    data: {
      number: 1,
      name: "Nordlys",
      order: 2,
      contact: "Aude Lind",
      role: "Chef de quart",
      how: "phone",
      phone: "+1 514 555 0199",
    },
    shows: ["Nordlys", "Aude Lind", "2"],
  },
  "task.stale": { data: { number: 3, minutes: 47, told: "lea" }, shows: ["3", "47", "Léa"] },
  "hypothesis.opened": { data: { number: 2, text: "La réserve est épuisée" }, shows: ["2", "réserve"] },
  "hypothesis.weighed": { data: { number: 2, side: "against", text: "Libre à 40 %" }, shows: ["2", "Libre"] },
  "hypothesis.resolved": {
    data: { number: 2, outcome: "ruled-out", text: "Elle est libre" },
    shows: ["2", "Elle est libre"],
  },
  "solution.selected": {
    data: { text: "Revenir à la 3.2", considered: ["Agrandir la réserve"], why: "Plus rapide" },
    shows: ["Revenir", "Agrandir", "Plus rapide"],
  },
  "person.advised": { data: { persons: ["lea", "sam"], text: "Paiements." }, shows: ["Léa", "Sam", "Paiements"] },
  "observation.noted": { data: { text: "38 % échouent.", tlp: "red" }, shows: ["38 % échouent.", "TLP:RED"] },
  "attachment.added": {
    data: { attachmentId: "a", name: "journal.txt", mediaType: "text/plain", bytes: 12, sha256: "0" },
    shows: ["journal.txt"],
  },
  "decision.made": {
    data: { text: "Revenir.", options: ["Attendre"], why: "Moins risqué.", decidedBy: "La direction" },
    shows: ["Revenir.", "Attendre", "Moins risqué.", "La direction"],
  },
  "escalation.requested": {
    data: { kind: "hierarchical", to: "network", expected: "Un accès à la base." },
    shows: ["Réseau", "Un accès à la base.", "ierarchi"],
  },
  "escalation.acknowledged": { data: { number: 1, personId: "lea", name: "Léa" }, shows: ["Léa"] },
  "escalation.returned": { data: { number: 1, personId: "lea", name: "Léa" }, shows: ["Léa"] },
  "escalation.ended": { data: { number: 1, personId: "lea", name: "Léa" }, shows: ["Léa"] },
  "escalation.set-aside": { data: { because: "missed", about: "x", clock: "restore" }, shows: ["ta"] },
  "participant.left": { data: { personId: "lea", name: "Léa" }, shows: ["Léa"] },
  ...{ "reopening.requested": { data: {}, shows: [] }, "reopening.declined": { data: {}, shows: [] } },
  "help.asked": { data: { number: 1, text: "Qui connaît la pompe?" }, shows: ["1", "Qui connaît la pompe"] },
  "help.answered": { data: { number: 3, escalation: 2 }, shows: ["3"] },
  "cause.recorded": { data: { text: "Certificat expiré." }, shows: ["Certificat expiré."] },
  "service.restored": { data: { text: "Redémarré.", because: "declared" }, shows: ["Redémarré."] },
  "service.relapsed": { data: { text: "Encore.", because: "declared" }, shows: ["Encore."] },
  "incident.resolved": {
    data: { solution: "Certificat renouvelé.", cause: "Il avait expiré.", causeUnknown: false },
    shows: ["Certificat renouvelé.", "Il avait expiré."],
  },
  "recovery.started": { data: {}, shows: [] },
  "recovery.item-completed": {
    data: { item: "backlog", text: null, notNeeded: true },
    shows: ["Arriéré résorbé"],
  },
  "restoration.confirmed": { data: { as: "owner", text: "Les bulletins sortent." }, shows: ["bulletins"] },
  "restoration.contested": { data: { as: "user", text: "L’écran reste vide." }, shows: ["écran"] },
  "recovery.confirmed": {
    data: { text: "Rien de perdu.", notNeeded: false, confirmedBy: "Ana, au téléphone" },
    shows: ["Rien de perdu.", "Ana, au téléphone"],
  },
  "documentation.completed": {
    data: {
      language: "fr",
      summary: "Résumé.",
      impact: "Deux heures.",
      workaround: "Guichet.",
      lessons: "Surveiller.",
    },
    shows: ["Résumé.", "Deux heures.", "Guichet.", "Surveiller."],
  },
  "incident.closed": { data: { overFiring: 2 }, shows: ["2"] },
  "closure.accepted": { data: { text: "Dossier complet." }, shows: ["Dossier complet."] },
  ...{ "closure.returned": { data: {}, shows: [] }, "incident.reopened": { data: {}, shows: [] } },
  "derogation.used": {
    data: { command: "close", needed: 5, silent: [{ name: "Léa", since: "" }] },
    shows: ["5", "Léa"],
  },
  "derogation.reviewed": { data: { number: 2, verdict: "justified", text: "Seul sur place." }, shows: ["2", "Seul"] },
  ...callingFacts,
};

const known: Readonly<Record<string, string>> = {
  number: "INC-2026-000412",
  lea: "Léa",
  sam: "Sam",
  network: "Réseau",
  "service-1": "Bureautique",
  "policy-1": "Nuit",
  "item/since": "Début des effets",
  "law/dora": "DORA, incident majeur",
  "leg/dora/initial": "Notification initiale",
  "fact/dora/aware": "Prise de connaissance",
  "item/told": "Direction informée",
  "item/backlog": "Arriéré résorbé",
  "role/scribe": "Secrétaire",
  "domain/employees": "Personnel",
  "page/page-1": "Léa",
  "page-channel/page-1": "ntfy",
};

const at = "2026-10-15T07:41:00.000Z";
const entryOf = (type: string, data: TimelineEntry["data"]): TimelineEntry => ({
  seq: 1,
  type,
  at,
  recordedAt: at,
  actor: { kind: "person", id: "lea", name: "Léa", via: "session" },
  level: 4,
  role: null,
  derogation: null,
  reason: null,
  cause: { kind: "request" },
  data,
  hash: "",
});

await Promise.all([loadPages("fr"), loadPages("en")]);

const told = (language: Language, type: string, data: object) =>
  tell(wordsFor(language, "UTC"), (id) => known[id], entryOf(type, data as TimelineEntry["data"]));

const bare = (text: string): string => text.normalize("NFD").replace(/\p{Diacritic}/gu, "");

for (const language of ["fr", "en"] as const) {
  for (const [type, { data, shows }] of Object.entries(facts)) {
    test(`${type} shows its substance, ${language}`, () => {
      const { kind, text, details, reasons } = told(language, type, data);
      const all = [kind, text, ...details.map((one) => `${one.label} ${one.text}`), ...reasons].join(" ");
      assert.notEqual(text.trim(), "");
      for (const one of shows) assert.ok(bare(all).includes(bare(one)), `“${all}” shows “${one}”`);
      assert.doesNotMatch(all, /undefined|null|\{|\[object/);
      assert.doesNotMatch(all, /\b(page|policy|service)-1\b/);
    });
  }
}

test("why a call was withdrawn is said in words", () => {
  const codes = [
    "declined",
    "accepted",
    "acknowledged-at-source",
    "restored",
    "resolved",
    "closed",
    "dismissed",
    "merged",
  ];
  for (const because of [...codes, "stopped", "superseded", "sent", "failed", "expired", "withdrawn"]) {
    const { text } = told("fr", "page.withdrawn", { pageId: "page-1", because });
    assert.ok(!text.includes(because), `“${text}” says ${because}`);
  }
});

test("the tasks that went with a merge are said where they left and where they came, and those that ended, why", () => {
  const merged = { into: "other", intoNumber: "INC-2026-000400", from: "other", fromNumber: "INC-2026-000400" };
  for (const [type, words] of [
    ["incident.merged", "avec 2 tâches ouvertes"],
    ["incident.absorbed", "2 tâches ouvertes se poursuivent ici"],
  ] as const) {
    assert.match(told("fr", type, { ...merged, alerts: 0, tasks: [1, 4] }).text, new RegExp(words));
    assert.doesNotMatch(told("fr", type, { ...merged, alerts: 0 }).text, /tâche/);
  }
  assert.match(told("fr", "task.cancelled", { number: 3, because: "merged" }).text, /fusionné/);
  assert.doesNotMatch(told("fr", "task.cancelled", { number: 3 }).text, /fusionné/);
});

test("what brought a relapse is said, whoever or whatever it was", () => {
  const texts = ["declared", "source-fired-again", "merged"].map(
    (because) => told("fr", "service.relapsed", { text: null, because }).text,
  );
  assert.equal(new Set(texts).size, texts.length);
});

test("what an incident comes back from is said", () => {
  const texts = [{}, { after: "dismissed" }].map((data) => told("en", "incident.reopened", data).text);
  assert.equal(new Set(texts).size, texts.length);
});

test("a fact whose data was erased says so, and one of a newer version keeps its name", () => {
  const words = wordsFor("fr", "UTC");
  const erased = tell(words, () => undefined, entryOf("observation.noted", null));
  assert.equal(erased.text, recordWords("fr").t("event.purged"));
  assert.match(told("fr", "something.newer", {}).text, /something\.newer/);
});
