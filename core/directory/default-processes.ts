/** What the categories that are there from the beginning ask, as long as nobody has published anything else for them. Sources:
 *  the seed, and `domain.md` §3.4 and §3.5 for roles, targets and what closing asks on top. */
import type { CategoryId } from "../kernel/vocabulary.ts";
import {
  type CategoryProcess,
  emptyDefinition,
  type Item,
  type ProcessDefinition,
  type Role,
} from "./category-process.ts";
import type { GrantedLevel } from "./responsibility.ts";
import type { Domain } from "./types.ts";

/** Categories known out of the box; an organisation adds its own. */
export const defaultCategories = ["major", "security", "complex", "low-impact"] as const;

const item = (id: string, fr: string, en: string): Item => ({ id, words: { fr, en } });

const role = (
  id: string,
  level: GrantedLevel | null,
  [fr, en]: readonly [string, string],
  [dutyFr, dutyEn]: readonly [string, string],
): Role => ({ id, words: { fr, en }, duty: { fr: dutyFr, en: dutyEn }, level });

const coordinator = role(
  "coordinator",
  4,
  ["Coordination", "Coordinator"],
  [
    "Décide qui fait quoi, tient le rythme, passe la main explicitement.",
    "Decides who does what, keeps the pace, hands over explicitly.",
  ],
);
const scribe = role(
  "scribe",
  null,
  ["Secrétaire d’intervention", "Scribe"],
  ["Consigne au dossier ce qui est vu, décidé et fait.", "Writes into the record what is seen, decided and done."],
);
const technicalLead = role(
  "technical-lead",
  null,
  ["Responsable technique", "Technical lead"],
  ["Mène le diagnostic et propose la solution.", "Leads the diagnosis and proposes the solution."],
);

const major: ProcessDefinition = {
  ...emptyDefinition,
  confirmedBy: "owner-or-users",
  closureCheck: true,
  flags: [{ ...item("major-is-serious", "L’incident est majeur", "The incident is major"), flag: "serious", when: {} }],
  entry: [
    {
      ...item("vital-function-stopped", "Une fonction vitale est arrêtée", "A vital business function is stopped"),
      when: { vital: true, priorities: [1] },
    },
    {
      ...item("grave-and-long", "Priorité 1 depuis plus d’une heure", "Priority 1 for more than an hour"),
      when: { priorities: [1], downMinutes: 60 },
    },
    {
      ...item("many-domains", "Trois domaines ou plus sont touchés", "Three domains or more are touched"),
      when: { domainsMin: 3 },
    },
    {
      ...item("grave-security", "Sécurité, priorité 1 ou 2", "Security, priority 1 or 2"),
      when: { categories: ["security"], priorities: [1, 2] },
    },
  ],
  questions: [
    {
      ...item("who-is-hit", "Personnes touchées et leur nombre", "Who is affected, and how many"),
      kind: "text",
      required: true,
    },
    { ...item("since-when", "Début des effets", "When the effects began"), kind: "time", required: true },
    {
      ...item("what-changed", "Changements survenus juste avant", "What changed just before"),
      kind: "text",
      required: false,
    },
    {
      ...item("workaround-known", "Une solution de contournement est connue", "A workaround is known"),
      kind: "yes-no",
      required: true,
    },
  ],
  roles: [
    coordinator,
    role(
      "deputy",
      4,
      ["Adjoint, adjointe", "Deputy"],
      ["Prêt à prendre la relève à tout instant.", "Ready to take over at any instant."],
    ),
    scribe,
    technicalLead,
    role(
      "internal-liaison",
      null,
      ["Liaison interne", "Internal liaison"],
      ["Tient la direction et les équipes informées.", "Keeps management and teams informed."],
    ),
    role(
      "customer-liaison",
      null,
      ["Liaison clientèle", "Customer liaison"],
      ["Tient la clientèle et les partenaires informés.", "Keeps customers and partners informed."],
    ),
  ],
  targets: [
    { kind: "accept", minutes: 5 },
    { kind: "assign", minutes: 15 },
    { kind: "update", minutes: 30 },
  ],
  recovery: [
    item("backlog", "Résorber l’arriéré", "Clear the backlog"),
    item("switch-back-on", "Remettre en marche ce qui avait été arrêté", "Switch back on what had been stopped"),
    item("relieve-staff", "Relever les personnes mobilisées", "Relieve the people who were called in"),
    item(
      "follow-up-customers",
      "Faire le suivi auprès de la clientèle touchée",
      "Follow up with the customers affected",
    ),
  ],
  criteria: [
    item(
      "owner-informed",
      "Le responsable du service est informé de ce qui s’est passé",
      "The service owner knows what happened",
    ),
    item("management-informed", "La direction a reçu le compte rendu", "Management has received the report"),
    item("review-planned", "Le bilan de l’incident est fixé à une date", "The review of the incident has a date"),
  ],
};

const security: ProcessDefinition = {
  ...emptyDefinition,
  confirmedBy: "owner-or-users",
  closureCheck: true,
  restricted: true,
  flags: [
    {
      ...item("grave-security", "Sécurité, priorité 1 ou 2", "Security, priority 1 or 2"),
      flag: "serious",
      when: { priorities: [1, 2] },
    },
  ],
  questions: [
    {
      ...item("first-seen", "Première fois que cela a été remarqué", "When it was first noticed"),
      kind: "time",
      required: true,
    },
    {
      ...item("what-is-exposed", "Données et accès en jeu", "Data and access at stake"),
      kind: "text",
      required: true,
    },
    {
      ...item("personal-data", "Des renseignements personnels sont touchés", "Personal information is affected"),
      kind: "yes-no",
      required: true,
    },
    {
      ...item("still-going-on", "L’action malveillante se poursuit", "The malicious activity goes on"),
      kind: "yes-no",
      required: true,
    },
  ],
  roles: [
    coordinator,
    role(
      "security-lead",
      null,
      ["Responsable de la sécurité", "Security lead"],
      ["Mène le confinement et l’éradication.", "Leads containment and eradication."],
    ),
    role(
      "privacy",
      null,
      ["Vie privée", "Privacy"],
      ["Évalue ce qui touche des renseignements personnels.", "Assesses what touches personal information."],
    ),
    role(
      "legal",
      null,
      ["Juridique", "Legal"],
      ["Évalue les obligations et leurs délais.", "Assesses obligations and their deadlines."],
    ),
    role(
      "evidence",
      null,
      ["Preuve", "Evidence"],
      ["Recueille et conserve ce qui peut servir de preuve.", "Collects and keeps what may serve as evidence."],
    ),
    scribe,
  ],
  targets: [{ kind: "accept", minutes: 15 }],
  recovery: [
    item(
      "renew-secrets",
      "Renouveler les mots de passe et les clés exposés",
      "Renew the passwords and keys that were exposed",
    ),
    item(
      "restore-access",
      "Rendre les accès retirés pendant l’intervention",
      "Give back access withdrawn during the response",
    ),
    item("watch-closely", "Surveiller de plus près ce qui a été touché", "Watch more closely what was affected"),
  ],
  criteria: [
    item("contained", "La menace est contenue", "The threat is contained"),
    item("eradicated", "La menace est éradiquée", "The threat is eradicated"),
    item("evidence-listed", "L’inventaire des preuves est complet", "The inventory of evidence is complete"),
    item(
      "obligations-settled",
      "Les obligations de notification sont évaluées et réglées",
      "Duties to notify are assessed and settled",
    ),
  ],
};

const complex: ProcessDefinition = {
  ...emptyDefinition,
  confirmedBy: "owner-or-users",
  flags: [
    {
      ...item(
        "complex-and-long",
        "Complexe, non rétabli après quatre heures",
        "Complex, not restored after four hours",
      ),
      flag: "non-routine",
      when: { downMinutes: 240 },
    },
  ],
  questions: [
    {
      ...item("teams-involved", "Équipes qui doivent travailler ensemble", "Teams that have to work together"),
      kind: "text",
      required: true,
    },
    {
      ...item("depends-on", "Ce dont la solution dépend", "What the solution depends on"),
      kind: "text",
      required: false,
    },
  ],
  roles: [coordinator, technicalLead, scribe],
  targets: [
    { kind: "accept", minutes: 30 },
    { kind: "update", minutes: 60 },
  ],
  criteria: [
    item("dependencies-noted", "Les dépendances découvertes sont notées", "Dependencies that came to light are noted"),
  ],
};

const lowImpact: ProcessDefinition = {
  ...emptyDefinition,
  targets: [
    { kind: "accept", minutes: 4 * 60, openHours: true },
    { kind: "restore", minutes: 3 * 8 * 60, openHours: true },
  ],
  /* The seed gives level 3 the investigation and not the resolution: to say that the service is back is theirs for these alone. */
  levels: [{ command: "declare-restored", level: 3 }],
};

const definitions: Readonly<Record<(typeof defaultCategories)[number], ProcessDefinition>> = {
  major,
  security,
  complex,
  "low-impact": lowImpact,
};

export const defaultProcesses: readonly CategoryProcess[] = defaultCategories.map((category) => ({
  category,
  version: 1,
  ...definitions[category],
}));

/** Of a category that nobody has published anything for. */
export const firstProcess = (category: CategoryId): CategoryProcess =>
  defaultProcesses.find((one) => one.category === category) ?? { category, version: 1, ...emptyDefinition };

const domain = (id: string, nameFr: string, nameEn: string): Domain => ({ id, nameFr, nameEn, retired: false });

/** What incidents can hurt, as the seed names it. */
export const defaultDomains: readonly Domain[] = [
  domain("business-operations", "Opérations commerciales", "Business operations"),
  domain("information-security", "Sécurité de l’information", "Information security"),
  domain("it-systems", "Systèmes TI", "IT systems"),
  domain("services", "Services", "Services"),
  domain("employees", "Employés", "Employees"),
  domain("customers", "Clients", "Customers"),
  domain("vital-functions", "Autres fonctions commerciales vitales", "Other vital business functions"),
];
