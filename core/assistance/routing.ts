/** To whom a request goes, and why: the first rule that matches, then the fall-back, then nobody, which is said too. Whoever
 *  has had it already, or has nobody to answer, is passed over. */
import type { Roster } from "../escalation/policy.ts";
import { type AssistanceSettings, isSame, type MatchedBy, matchOf, type Party, type Wanted } from "./settings.ts";

export type RouteReason =
  /** `rule`: from 1, as people read them; `version`: of the rules. */
  | { readonly code: "rule"; readonly version: number; readonly rule: number; readonly by: readonly MatchedBy[] }
  /** No rule matches, or none that is left. */
  | { readonly code: "fallback"; readonly version: number }
  /** Nobody is left to be asked. */
  | { readonly code: "nobody"; readonly version: number }
  /** Somebody chose whom to ask. */
  | { readonly code: "chosen" };

export type PassedOver = {
  readonly party: Party;
  /** Of the rule, from 1; null: the fall-back. */
  readonly rule: number | null;
  readonly because: "had-it" | "nobody-there";
};

export type Routed = {
  readonly to: Party | null;
  readonly because: RouteReason;
  readonly passed: readonly PassedOver[];
};

export type Routing = {
  readonly settings: AssistanceSettings;
  readonly roster: Pick<Roster, "people" | "teams" | "functions">;
  /** Whoever has had it. */
  readonly tried: readonly Party[];
};

export function routeAssistance(wanted: Wanted, { settings, roster, tried }: Routing): Routed {
  const { version, rules, fallback } = settings;
  const passed: PassedOver[] = [];
  const takes = (party: Party, rule: number | null): boolean => {
    const because = tried.some((one) => isSame(one, party))
      ? "had-it"
      : membersOf(roster, party).length === 0
        ? "nobody-there"
        : null;
    if (because !== null) passed.push({ party, rule, because });
    return because === null;
  };
  for (const [index, rule] of rules.entries()) {
    const by = matchOf(rule, wanted);
    if (by !== null && takes(rule.to, index + 1))
      return { to: rule.to, because: { code: "rule", version, rule: index + 1, by }, passed };
  }
  if (fallback !== null && takes(fallback, null))
    return { to: fallback, because: { code: "fallback", version }, passed };
  return { to: null, because: { code: "nobody", version }, passed };
}

/** Who may answer for them. */
export function membersOf({ people, teams, functions }: Routing["roster"], { kind, id }: Party): string[] {
  const members = (kind === "team" ? teams.get(id) : functions.get(id))?.members ?? [];
  return members.filter((one) => people.get(one)?.active === true);
}

export const isKnown = ({ teams, functions }: Routing["roster"], { kind, id }: Party): boolean =>
  kind === "team" ? teams.has(id) : functions.has(id);

/** Both names of a function; a team has one. */
export function namesOf({ teams, functions }: Routing["roster"], { kind, id }: Party): { fr: string; en: string } {
  if (kind === "team") {
    const name = teams.get(id)?.name ?? id;
    return { fr: name, en: name };
  }
  const duty = functions.get(id);
  return { fr: duty?.nameFr ?? id, en: duty?.nameEn ?? id };
}
