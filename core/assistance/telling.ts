/** Who hears of what became of a request, and in which words. Nobody is told what they did themselves. */
import type { Roster } from "../escalation/policy.ts";
import type { AssistanceEvent } from "./events.ts";
import { membersOf } from "./routing.ts";
import { type AssistanceState, askedNow } from "./state.ts";

export const assistanceNews = [
  "asked",
  "accepted",
  "raised",
  "warned",
  "ended",
  "withdrawn",
  "reopened",
  "confirmed",
  "promoted",
  "attached",
] as const;
export type AssistanceNews = (typeof assistanceNews)[number];

export type Told = { readonly personId: string; readonly news: AssistanceNews };

type Telling = {
  /** As it is once all of it was stated. */
  readonly state: AssistanceState;
  readonly roster: Pick<Roster, "people" | "teams" | "functions">;
  readonly by: string | null;
};

export function toldOf(events: readonly AssistanceEvent[], { state, roster, by }: Telling): Told[] {
  const told = new Map<string, Told>();
  const tell = (news: AssistanceNews, people: readonly string[]): void => {
    for (const personId of people)
      if (personId !== by && personId !== "" && !told.has(`${personId}/${news}`))
        told.set(`${personId}/${news}`, { personId, news });
  };
  const now = askedNow(state);
  const members = now === null ? [] : membersOf(roster, now);
  const concerned = state.holder === null ? members : [state.holder.id];
  for (const event of events) {
    switch (event.type) {
      case "assistance.routed":
        if (event.data.to !== null) tell("asked", members);
        break;
      case "assistance.accepted":
        tell("accepted", [state.asker.id]);
        break;
      case "assistance.raised":
        tell(
          "raised",
          event.data.people.map(({ id }) => id),
        );
        break;
      case "assistance.warned":
        tell("warned", members);
        break;
      case "assistance.fulfilled":
        tell("ended", [state.asker.id]);
        break;
      case "assistance.confirmed":
        tell("confirmed", state.holder === null ? [] : [state.holder.id]);
        break;
      case "assistance.reopened":
        tell("reopened", concerned);
        break;
      case "assistance.withdrawn":
        tell("withdrawn", state.holder === null ? withdrawnFrom(state, roster) : [state.holder.id]);
        break;
      case "assistance.promoted":
        tell("promoted", [state.asker.id, state.holder?.id ?? ""]);
        break;
      case "assistance.attached":
        tell("attached", [state.asker.id]);
        break;
      default:
        break;
    }
  }
  return [...told.values()];
}

/** It is over, and nobody is asked any more: whoever was. */
function withdrawnFrom(state: AssistanceState, roster: Telling["roster"]): string[] {
  const last = state.path.findLast(({ left }) => left === null)?.to;
  return last ? membersOf(roster, last) : [];
}
