import assistanceEn from "./en/assistance-problems.json" with { type: "json" };
import contributorEn from "./en/contributor-problems.json" with { type: "json" };
import impactEn from "./en/impact-problems.json" with { type: "json" };
import obligationsEn from "./en/obligation-problems.json" with { type: "json" };
import en from "./en/problems.json" with { type: "json" };
import securityEn from "./en/security-problems.json" with { type: "json" };
import seldomEn from "./en/seldom-problems.json" with { type: "json" };
import supplierEn from "./en/supplier-problems.json" with { type: "json" };
import teamsEn from "./en/team-problems.json" with { type: "json" };
import workstreamsEn from "./en/workstream-problems.json" with { type: "json" };
import assistanceFr from "./fr/assistance-problems.json" with { type: "json" };
import contributorFr from "./fr/contributor-problems.json" with { type: "json" };
import impactFr from "./fr/impact-problems.json" with { type: "json" };
import obligationsFr from "./fr/obligation-problems.json" with { type: "json" };
import fr from "./fr/problems.json" with { type: "json" };
import securityFr from "./fr/security-problems.json" with { type: "json" };
import seldomFr from "./fr/seldom-problems.json" with { type: "json" };
import supplierFr from "./fr/supplier-problems.json" with { type: "json" };
import teamsFr from "./fr/team-problems.json" with { type: "json" };
import workstreamsFr from "./fr/workstream-problems.json" with { type: "json" };
import frFr from "./fr-FR/problems.json" with { type: "json" };

/** A browser carries the first of them only: what few meet it is told by the server, in the language it asks for. */
export const problems = {
  en: {
    ...en,
    ...assistanceEn,
    ...contributorEn,
    ...impactEn,
    ...obligationsEn,
    ...securityEn,
    ...seldomEn,
    ...teamsEn,
    ...supplierEn,
    ...workstreamsEn,
  },
  fr: {
    ...fr,
    ...assistanceFr,
    ...contributorFr,
    ...impactFr,
    ...obligationsFr,
    ...securityFr,
    ...seldomFr,
    ...teamsFr,
    ...supplierFr,
    ...workstreamsFr,
  },
  "fr-FR": frFr,
};
