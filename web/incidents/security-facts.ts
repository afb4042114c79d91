/** One of each fact about the security of an incident, and what a reader must find of it: for the test of entries. */
import type { EventOf } from "#core/incidents/events.ts";
import type { SecurityEvent } from "#core/incidents/security-events.ts";

type Told<T extends SecurityEvent["type"]> = { readonly data: EventOf<T>["data"]; readonly shows: readonly string[] };

const lea = { id: "lea", name: "Léa" };
const seen = { note: "Vu au pare-feu", tlp: null, firstSeen: null, lastSeen: null };
const file = {
  attachmentId: "a",
  name: "disque.img",
  mediaType: "application/octet-stream",
  bytes: 12,
  sha256: "ab12",
};

export const securityFacts: { readonly [T in SecurityEvent["type"]]: Told<T> } = {
  "threat.contained": { data: { text: "Poste isolé" }, shows: ["Poste isolé"] },
  "threat.eradicated": { data: { text: null }, shows: ["radi"] },
  "threat.reopened": { data: { was: "contained" }, shows: ["cont"] },
  "observable.added": {
    data: { number: 2, kind: "domain", value: "bad.example", status: "suspected", ...seen },
    shows: ["2", "bad[.]example", "Vu au pare-feu"],
  },
  "observable.changed": {
    data: { number: 2, was: "suspected", status: "benign", ...seen },
    shows: ["2", "Vu au pare-feu"],
  },
  "evidence.registered": {
    data: {
      ...{ number: 1, file, description: "Image du disque", place: null, collectedBy: "Léa", keeper: lea },
      ...{ collectedAt: "2026-10-15T08:00:00.000Z", source: null, how: null, tlp: null },
    },
    shows: ["1", "Image du disque", "disque.img", "ab12"],
  },
  "evidence.verified": { data: { number: 1, sha256: "cd34", bytes: 12, matches: false }, shows: ["1", "cd34"] },
  "evidence.handed-over": {
    data: { number: 1, from: lea, to: { id: null, name: "Police" }, place: "Greffe", receipt: "Reçu 12" },
    shows: ["1", "Léa", "Police", "Greffe", "Reçu 12"],
  },
  "evidence.received": { data: { number: 1, to: lea, text: "Scellé intact" }, shows: ["1", "Léa", "Scellé intact"] },
  "evidence.kept": { data: { number: 1, to: lea }, shows: ["1", "Léa"] },
  "evidence.held": { data: { number: 1 }, shows: ["1"] },
  "evidence.released": { data: { number: 1 }, shows: ["1"] },
  "evidence.marked": { data: { number: 1, tlp: "red", was: null }, shows: ["1", "TLP:RED"] },
  "disclosure.prepared": {
    data: {
      ...{ number: 1, to: "Assureur", purpose: "Réclamation", limit: "amber+strict" },
      ...{ evidence: [1], observables: [], entries: [] },
    },
    shows: ["1", "Assureur", "Réclamation", "TLP:AMBER+STRICT"],
  },
  "disclosure.approved": { data: { number: 1, to: "Assureur" }, shows: ["1", "Assureur"] },
  "disclosure.withdrawn": { data: { number: 1, to: "Assureur" }, shows: ["1", "Assureur"] },
};
