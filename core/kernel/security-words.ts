/** Words of the response to a security incident that the contract, the core and the pages share. */

/** How a threat may stand: held where it is, then gone. */
export const threatSteps = ["contained", "eradicated"] as const;
export type ThreatStep = (typeof threatSteps)[number];

/** What may be seen of an attack. Source: STIX 2.1 §6 (cyber-observable objects), those that people paste. */
export const observableKinds = ["ip", "domain", "url", "email", "hash", "host", "account", "other"] as const;
export type ObservableKind = (typeof observableKinds)[number];

export const observableStatuses = ["suspected", "confirmed", "benign"] as const;
export type ObservableStatus = (typeof observableStatuses)[number];

/** Red goes to those who are named, by people: nothing that is handed over is marked so. */
export const disclosureLimits = ["clear", "green", "amber", "amber+strict"] as const;
export type DisclosureLimit = (typeof disclosureLimits)[number];

export const securityCommands = [
  "declare-contained",
  "withdraw-contained",
  "declare-eradicated",
  "withdraw-eradicated",
  "add-observables",
  "change-observable",
  "register-evidence",
  "verify-evidence",
  "hand-over-evidence",
  "receive-evidence",
  "keep-evidence",
  "hold-evidence",
  "release-evidence",
  "mark-evidence",
  "add-note",
  "prepare-disclosure",
  "approve-disclosure",
  "withdraw-disclosure",
] as const;
export type SecurityCommandName = (typeof securityCommands)[number];

export const valuesMax = 50;

/** Those that may await somebody. */
export const awaitedOfSecurity = [
  "receive-evidence",
  "approve-disclosure",
] as const satisfies readonly SecurityCommandName[];
export type AwaitedOfSecurity = (typeof awaitedOfSecurity)[number];
