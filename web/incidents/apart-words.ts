/** What entries of subjects that have words of their own say: security, obligations, teams, suppliers, impact. */
import type { Teller } from "./entry-words.ts";
import { impactTellers } from "./impact-words.ts";
import { obligationTellers } from "./obligation-words.ts";
import { securityTellers } from "./security-words.ts";
import { streamTellers } from "./stream-tellers.ts";
import { supplierTellers } from "./supplier-words.ts";
import { teamTellers } from "./team-words.ts";

const knownError: Teller = (data, { words }) => ({ name: String(words.language === "fr" ? data.nameFr : data.nameEn) });

/** A choice of the catalogue has no hyphen. */
const setAside: Teller = ({ because, clock }, { words }) => ({
  because: String(because).replaceAll("-", "_"),
  clock: words.find(`clock.name.${String(clock)}`) ?? "",
});

export const apartTellers: Readonly<Record<string, Teller>> = {
  ...securityTellers,
  ...obligationTellers,
  ...teamTellers,
  ...supplierTellers,
  ...impactTellers,
  ...streamTellers,
  "escalation.set-aside": setAside,
  "known-error.linked": knownError,
  "known-error.unlinked": knownError,
};
