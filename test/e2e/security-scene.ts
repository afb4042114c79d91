/** The security of an incident with something of everything: a threat that is contained after it proved false once, observables,
 *  a file and a thing kept as evidence, a disclosure that waits. */
import type { TestDesk } from "./desk.ts";
import type { Language } from "./words.ts";

const texts = {
  fr: {
    cut: "Sessions coupées, compte désactivé, domaine bloqué au mandataire.",
    again: "Une cinquième session s’est ouverte à 22 h 41.",
    held: "Cinq sessions coupées, règles de transfert retirées.",
    note: "Expéditeur du courriel d’hameçonnage",
    log: "Journal d’audit de la messagerie, du 12 au 14",
    source: "Console de messagerie, export administrateur",
    how: "Export signé, sans modification",
    thing: "Disque du poste RH-117",
    place: "Armoire S-2, scellé 3",
    lab: "Laboratoire du prestataire",
    hand: "Analyse de la mémoire demandée au prestataire",
    outside: "Nordet Analyse, Hugo Perrin",
    receipt: "Bon de remise 2026-118, signé",
    lawsuit: "Plainte à venir, avis des affaires juridiques",
    to: "Service de police de Valrive",
    purpose: "Plainte pour accès non autorisé à une boîte de courriel",
  },
  en: {
    cut: "Sessions cut, account disabled, domain blocked at the proxy.",
    again: "A fifth session opened at 22:41.",
    held: "Five sessions cut, forwarding rules taken away.",
    note: "Sender of the phishing message",
    log: "Audit log of the mail system, 12th to 14th",
    source: "Mail console, administrator’s export",
    how: "Signed export, unchanged",
    thing: "Disk of workstation HR-117",
    place: "Cabinet S-2, seal 3",
    lab: "The provider’s laboratory",
    hand: "The provider was asked to read its memory",
    outside: "Nordet Analysis, Hugo Perrin",
    receipt: "Hand-over form 2026-118, signed",
    lawsuit: "A complaint is to come, says the legal office",
    to: "Valrive police",
    purpose: "Complaint about a mailbox opened without right",
  },
} as const;

export async function secureIncident(api: TestDesk["api"], number: string, language: Language): Promise<void> {
  const told = texts[language];
  const act = (command: string, body: object) => api("POST", `/api/v1/incidents/${number}/security/${command}`, body);
  const reason = told.again;
  await act("declare-contained", { text: told.cut });
  await act("withdraw-contained", { reason });
  await act("declare-contained", { text: told.held });
  await act("add-observables", { values: ["hxxps://rivemont-paie[.]example/connexion"], status: "confirmed" });
  const [first, last] = [Date.now() - 26 * 3_600_000, Date.now() - 3 * 3_600_000].map((at) =>
    new Date(at).toISOString(),
  );
  const values = ["203[.]0[.]113[.]77"];
  await act("add-observables", { values, status: "confirmed", firstSeen: first, lastSeen: last, tlp: "amber+strict" });
  await act("add-observables", { values: ["paie@rivemont-paie[.]example"], note: told.note });
  await act("add-observables", { values: ["direction.rh"], kind: "account", tlp: "red" });
  await act("add-observables", { values: ["198.51.100.23"], status: "benign" });
  const file = await api("POST", `/api/v1/incidents/${number}/attachments?name=audit-messagerie.json`, {
    events: ["login", "rule", "forward"],
  });
  const { log, source, how, thing, place, lab, outside, receipt, to, purpose } = told;
  await act("register-evidence", { attachment: file.id, description: log, source, how, tlp: "amber+strict" });
  await act("verify-evidence", { evidence: 1 });
  await act("register-evidence", { description: thing, place });
  await act("hand-over-evidence", { evidence: 2, name: outside, receipt, place: lab, reason: told.hand });
  await act("prepare-disclosure", { to, purpose, limit: "amber+strict", evidence: [1, 2], observables: [1, 2, 3] });
}
