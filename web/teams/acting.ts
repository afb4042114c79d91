/** Whether somebody may act on a team of an incident: asked of the core, as the server will. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { whyNot } from "#core/incidents/decide.ts";
import type { IncidentState } from "#core/incidents/state.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import { meQuery } from "../account/queries.ts";
import { actorFromMe, stateFromView } from "../incidents/state-from-view.ts";
import type { ActivationView } from "./queries.ts";

const noCharter = { mandate: { fr: "", en: "" }, roles: [], minutes: 1, rota: null, deputy: null, contact: null };

/** What its mandate says no button asks. */
export const withTeams = (view: IncidentView, teams: readonly ActivationView[]): IncidentState => ({
  ...stateFromView(view),
  activations: teams.map(({ left, at, until, metAt, missedAt, members, by, ...one }) => ({
    ...one,
    charter: { ...noCharter, people: one.quorum.needed },
    by: { id: null, name: by },
    at: Date.parse(at),
    until: Date.parse(until),
    members: members.map((each) => ({ ...each, level: null, at: Date.parse(each.at) })),
    metAt: metAt === null ? null : Date.parse(metAt),
    missedAt: missedAt === null ? null : Date.parse(missedAt),
    ...(left && { left: { ...left, at: Date.parse(left.at) } }),
  })),
});

/** Null: they may. A level that is too low may be gone beyond in an emergency. */
export function useWhyNot(view: IncidentView, teams: readonly ActivationView[]) {
  const { data: me } = useSuspenseQuery(meQuery());
  const state = withTeams(view, teams);
  return (name: IncidentCommandName, number?: number): Refusal | null => whyNot(state, name, actorFromMe(me), number);
}

export const ofLevel = (refusal: Refusal | null): Refusal | null =>
  refusal?.refused === "level-too-low" || refusal?.refused === "level-missing" ? refusal : null;
