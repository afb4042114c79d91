/** What a submission of each leg has to say, in the order in which it says it. The words of each are in languages/obligations.ts.
 *  Some the record of an incident knows already; a person says the others. */

/** Who submits, about what. */
const head = ["organisation", "contact", "incident-reference"] as const;
const happened = ["circumstances", "occurred-on", "aware-at"] as const;
const personal = ["data-kinds", "persons-number"] as const;
const measures = ["measures-taken", "measures-planned"] as const;

const nis2Warning = [...head, "circumstances", "aware-at", "malicious", "cross-border"];
const nis2Notification = [...nis2Warning, "severity", "services-affected", "indicators"];
const nis2Final = [...head, ...happened, "severity", "cause", ...measures, "cross-border"];
const progress = [...head, "state-of-handling", ...measures];
const recipients = ["circumstances", "services-affected", "measures-for-persons", "contact"];

const doraInitial = [
  ...["organisation", "entity-code", "contact", "incident-reference", "circumstances", "aware-at", "classified-at"],
  ...["criteria-met", "member-states-affected", "origin", "services-affected", "continuity-plan"],
];
const doraIntermediate = [
  ...["authority-reference", "incident-reference", "occurred-on", "recovered-at", "criteria-met", "incident-type"],
  ...["services-affected", "clients-affected", "severity", "measures-taken", "indicators"],
];
const doraFinal = [
  ...["authority-reference", "incident-reference", "cause", "resolved-at", "measures-taken", "measures-planned"],
  ...["recovered-at", "costs", "criteria-met"],
];

const quebec = [
  ...[
    "organisation",
    "registration-number",
    "contact",
    "data-kinds",
    "circumstances",
    "cause",
    "occurred-on",
    "aware-at",
  ],
  ...["persons-number", "residents-number", "harm-elements", "persons-notice", ...measures, "foreign-authority"],
];
const quebecPersons = ["data-kinds", "circumstances", "occurred-on", ...measures, "measures-for-persons", "contact"];
const pipeda = [
  ...["organisation", "circumstances", "cause", "occurred-on", "data-kinds", "persons-number"],
  ...[...measures, "persons-notice", "contact"],
];
/** Neither the cause nor the number. */
const pipedaPersons = [
  ...["circumstances", "occurred-on", "data-kinds", "measures-taken", "measures-for-persons", "contact"],
];
const supervisor = [...head, ...happened, "severity", "services-affected", "cause", ...measures];
const hipaaPersons = [
  "circumstances",
  "occurred-on",
  "aware-at",
  "data-kinds",
  "measures-for-persons",
  ...measures,
  "contact",
];

const fields: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  nis2: {
    "early-warning": nis2Warning,
    notification: nis2Notification,
    intermediate: progress,
    final: nis2Final,
    progress,
    "final-after-handling": nis2Final,
    recipients,
    "recipients-threat": ["circumstances", "measures-for-persons", "contact"],
  },
  gdpr33: {
    authority: [
      ...[...head, ...happened, ...personal, "records-number", "data-protection-officer", "consequences", ...measures],
    ],
    controller: [...head, ...happened, ...personal],
  },
  gdpr34: {
    persons: ["circumstances", "data-protection-officer", "consequences", ...measures, "measures-for-persons"],
  },
  dora: {
    initial: doraInitial,
    intermediate: doraIntermediate,
    update: doraIntermediate,
    final: doraFinal,
    clients: recipients,
  },
  cra: {
    "vulnerability-warning": [...head, "product", "aware-at", "member-states-affected"],
    "vulnerability-notification": [
      ...head,
      "product",
      "circumstances",
      "severity",
      ...measures,
      "measures-for-persons",
    ],
    "vulnerability-final": [...head, "product", "circumstances", "severity", "cause", "measures-taken"],
    "incident-warning": [...head, "product", "aware-at", "malicious", "member-states-affected"],
    "incident-notification": [...head, "product", "circumstances", "severity", ...measures, "measures-for-persons"],
    "incident-final": [...head, "product", "circumstances", "severity", "cause", ...measures],
    intermediate: progress,
    "users-vulnerability": ["product", "circumstances", "measures-for-persons"],
    "users-incident": ["product", "circumstances", "measures-for-persons"],
  },
  "fr-lopmi": { complaint: ["organisation", "contact", ...happened, "malicious", "services-affected", "damage"] },
  "uk-csr": { initial: [...head, ...happened], full: supervisor },
  "qc-l25": { commission: quebec, persons: quebecPersons },
  "qc-health": { minister: quebec, commission: quebec, persons: quebecPersons },
  "qc-amf": { report: supervisor, "follow-up": progress, final: [...supervisor, "recovered-at"] },
  "ca-ccspa": { report: supervisor },
  "ca-pipeda": {
    commissioner: pipeda,
    persons: pipedaPersons,
    organisations: ["circumstances", "data-kinds", "measures-for-persons", "contact"],
  },
  "ca-osfi": { initial: supervisor, updates: progress, "post-incident": [...supervisor, "recovered-at"] },
  "us-sec": {
    filing: ["organisation", "circumstances", "occurred-on", "material-scope", "material-impact"],
    amendment: ["organisation", "material-scope", "material-impact"],
  },
  "us-hipaa": {
    persons: hipaaPersons,
    media: hipaaPersons,
    department: [...head, ...happened, ...personal, ...measures],
    "department-yearly": [...head, ...happened, ...personal, ...measures],
    "covered-entity": [...head, ...happened, ...personal],
  },
  "us-circia": { incident: supervisor, ransom: [...head, "circumstances", "costs"] },
  pci: { acquirer: ["organisation", "contact", ...happened, "data-kinds", "records-number"] },
};

export const fieldsOf = (law: string, leg: string): readonly string[] => fields[law]?.[leg] ?? [];

/** Whatever a law's submissions, or the register it feeds, may ask, once each. */
export const fieldsOfLaw = (law: string, also: readonly string[] = []): string[] => [
  ...new Set([...Object.values(fields[law] ?? {}).flat(), ...also, lateReasons]),
];

/** Wanted of a submission only once its limit has passed. */
export const lateReasons = "reasons-for-delay";
