/** Whether a law wants anything told: what is asked for it, and what the answers come to. A person decides, with reasons; what is
 *  worked out here is said beside, and decides nothing. What is asked in words is in languages/obligations.ts. */

export const answers = ["yes", "no", "unknown"] as const;
export type Answer = (typeof answers)[number];
export type Answers = Readonly<Record<string, Answer>>;

/** `not-owed`: it is what the law speaks of, and nothing has to be told of it; some registers want it all the same.
 *  `unknown`: not decided yet, and the clocks run as if it were owed. */
export const outcomes = ["owed", "not-owed", "out-of-scope", "unknown"] as const;
export type Outcome = (typeof outcomes)[number];

/** Nobody has said that nothing is owed: what is not known is not a reason to let a limit pass. */
export const counts = (outcome: Outcome): boolean => outcome === "owed" || outcome === "unknown";

export type Questions = {
  /** Unless all hold, it is not what the law speaks of. */
  readonly scope: readonly string[];
  /** Unless all hold, nothing is owed. */
  readonly requires: readonly string[];
  /** If one holds, nothing is owed. */
  readonly unless: readonly string[];
  /** Owed once as many of one list hold; without a list, by the rest alone. */
  readonly owedIf: readonly { readonly of: readonly string[]; readonly count: number }[];
};

const asks = (scope: string, more: Partial<Omit<Questions, "scope">> = {}): Questions => ({
  scope: [scope],
  requires: [],
  unless: [],
  owedIf: [],
  ...more,
});
const any = (...of: string[]): Questions["owedIf"] => [{ of, count: 1 }];

/** Of the delegated regulation, article 8: services that are critical, and a malicious access that may lose data or two of six
 *  thresholds. Clients, counterparts and transactions are one of them together. */
const majorIct: Questions["owedIf"] = [
  { of: ["malicious-access"], count: 1 },
  {
    of: ["clients-threshold", "reputation", "duration-threshold", "member-states", "data-losses", "costs-threshold"],
    count: 2,
  },
];

const asked: Readonly<Record<string, Questions>> = {
  nis2: asks("systems-compromised", { owedIf: any("severe-disruption", "considerable-damage") }),
  gdpr33: asks("personal-data-breach", { unless: ["risk-unlikely"] }),
  gdpr34: asks("personal-data-breach", {
    unless: ["data-unintelligible", "high-risk-averted"],
    owedIf: any("high-risk"),
  }),
  dora: asks("ict-incident", { requires: ["critical-services"], owedIf: majorIct }),
  cra: asks("product-concerned", { owedIf: any("exploited-vulnerability", "severe-incident") }),
  "fr-lopmi": asks("system-attack", { requires: ["insurance-claim"] }),
  "uk-csr": asks("systems-compromised", { owedIf: any("severe-disruption", "considerable-damage") }),
  "qc-l25": asks("confidentiality-incident", { owedIf: any("serious-injury") }),
  "qc-health": asks("health-information-incident", { owedIf: any("serious-injury") }),
  "qc-amf": asks("information-security-incident", { requires: ["management-informed"] }),
  "ca-ccspa": asks("critical-cyber-system"),
  "ca-pipeda": asks("safeguards-breach", { owedIf: any("significant-harm") }),
  "ca-osfi": asks("technology-incident", { owedIf: any("supervisor-criterion") }),
  "us-sec": asks("cyber-incident", { owedIf: any("material-to-investors") }),
  "us-hipaa": asks("health-data-breach"),
  "us-circia": asks("critical-infrastructure-incident"),
  pci: asks("card-data-compromised"),
};

const nothing: Questions = { scope: [], requires: [], unless: [], owedIf: [] };
export const questionsOf = (law: string): Questions => asked[law] ?? nothing;

/** In the order in which they are asked. */
export const questionIds = ({ scope, requires, unless, owedIf }: Questions): string[] => [
  ...new Set([...scope, ...requires, ...owedIf.flatMap(({ of }) => of), ...unless]),
];

export function suggested({ scope, requires, unless, owedIf }: Questions, given: Answers): Outcome {
  const said = (id: string): Answer => given[id] ?? "unknown";
  const some = (ids: readonly string[], answer: Answer): boolean => ids.some((id) => said(id) === answer);
  if (some(scope, "no")) return "out-of-scope";
  if (some(requires, "no") || some(unless, "yes")) return "not-owed";
  const counted = (of: readonly string[], answer: Answer): number => of.filter((id) => said(id) === answer).length;
  const reached = owedIf.length === 0 || owedIf.some(({ of, count }) => counted(of, "yes") >= count);
  const reachable = owedIf.some(({ of, count }) => counted(of, "yes") + counted(of, "unknown") >= count);
  if (!reached && !reachable) return "not-owed";
  return reached && !some([...scope, ...requires, ...unless], "unknown") ? "owed" : "unknown";
}

/** What holds of the organisation, whatever happens: said once, where it says which laws are its own. */
export const entityTraits: readonly string[] = [
  "trust-service-provider",
  "credit-institution",
  "central-counterparty",
  "trading-venue-operator",
  "nis2-essential",
  "nis2-important",
];
