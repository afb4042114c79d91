/** Laws of Canada, of Québec and of the United States on telling of incidents, and the rules of payment cards. */
import { businessDays, days, fact, firstOf, hours, type Law, lastChecked, lastOf, leg } from "./law.ts";

const read = { version: 1, checkedOn: lastChecked } as const;
const inForce = (from: string) => ({ ...read, status: "in-force", inForceFrom: from }) as const;
/** While it could hamper an investigation; and afterwards, without delay. */
const mayBeHeld = { hold: { afterwards: null } } as const;

const quebecLaw25: Law = {
  ...inForce("2022-09-22"),
  id: "qc-l25",
  certainty: "text",
  url: "https://www.legisquebec.gouv.qc.ca/fr/document/lc/P-39.1",
  legs: [
    leg("commission", fact("reasons-to-believe"), null),
    leg("persons", fact("reasons-to-believe"), null, mayBeHeld),
  ],
};

const quebecHealth: Law = {
  ...inForce("2024-07-01"),
  id: "qc-health",
  certainty: "text",
  url: "https://www.legisquebec.gouv.qc.ca/fr/document/lc/R-22.1",
  legs: [
    leg("minister", fact("reasons-to-believe"), null),
    leg("commission", fact("reasons-to-believe"), null),
    leg("persons", fact("reasons-to-believe"), null, mayBeHeld),
  ],
};

/** The draft gave thirty days to the final report; what the text gives was not found, so that no figure is given here. */
const quebecFinance: Law = {
  ...inForce("2025-04-23"),
  id: "qc-amf",
  certainty: "secondary",
  url: null,
  legs: [
    leg("report", fact("manager-informed"), hours(24)),
    leg("follow-up", lastOf("report", "follow-up"), days(3), { until: "under-control" }),
    leg("final", fact("under-control"), null),
  ],
};

/** Its period is for a regulation to say, 72 hours at most. */
const canadaCritical: Law = {
  ...read,
  id: "ca-ccspa",
  status: "adopted",
  inForceFrom: null,
  certainty: "secondary",
  url: null,
  legs: [leg("report", fact("aware"), null)],
};

const canadaPrivacy: Law = {
  ...inForce("2018-11-01"),
  id: "ca-pipeda",
  certainty: "text",
  url: "https://laws-lois.justice.gc.ca/eng/acts/P-8.6/",
  legs: ["commissioner", "persons", "organisations"].map((who) => leg(who, fact("breach-determined"), null)),
};

const canadaFinance: Law = {
  ...inForce("2025-04-01"),
  id: "ca-osfi",
  certainty: "regulator",
  url: null,
  legs: [
    leg("initial", fact("criterion-met"), hours(24)),
    leg("updates", firstOf("initial"), null, { until: "resolved" }),
    leg("post-incident", fact("resolved"), null),
  ],
};

const filing = businessDays(4, "17:30");
const usMarkets: Law = {
  ...inForce("2023-12-18"),
  id: "us-sec",
  certainty: "text",
  url: null,
  legs: [
    leg("filing", fact("material"), filing, { hold: { afterwards: filing } }),
    leg("amendment", fact("information-known"), filing),
  ],
};

const discovery = { start: fact("discovered"), limit: days(60), lateStart: "holds" } as const;
const usHealth: Law = {
  ...inForce("2009-09-23"),
  id: "us-hipaa",
  certainty: "text",
  url: "https://www.ecfr.gov/current/title-45/section-164.404",
  legs: [
    leg("persons", fact("discovered"), days(60), mayBeHeld),
    leg("media", fact("discovered"), days(60), { ...mayBeHeld, onlyWith: ["over-500-in-a-state"] }),
    leg("department", firstOf("persons"), hours(0), { ...mayBeHeld, onlyWith: ["500-or-more"], atLatest: discovery }),
    leg("department-yearly", fact("discovered"), { ...days(60), afterYearEnd: true }, { notWith: ["500-or-more"] }),
    leg("covered-entity", fact("associate-discovered"), days(60), mayBeHeld),
  ],
};

const usCritical: Law = {
  ...read,
  id: "us-circia",
  status: "draft",
  inForceFrom: null,
  certainty: "secondary",
  url: null,
  legs: [leg("incident", fact("reasonable-belief"), hours(72)), leg("ransom", fact("ransom-paid"), hours(24))],
};

/** The card brands have periods of their own, which are theirs to give. */
const paymentCards: Law = {
  id: "pci",
  version: 1,
  status: "in-force",
  inForceFrom: null,
  certainty: "unchecked",
  checkedOn: null,
  url: null,
  legs: [leg("acquirer", fact("suspected"), null)],
};

export const americanLaws: readonly Law[] = [
  quebecLaw25,
  quebecHealth,
  quebecFinance,
  canadaCritical,
  canadaPrivacy,
  canadaFinance,
  usMarkets,
  usHealth,
  usCritical,
  paymentCards,
];
