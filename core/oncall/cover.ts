/** Somebody asks that their turn be taken: what may still become of a request, and who hears of what became of it. */
import type { Refusal } from "../kernel/refusal.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Span } from "../kernel/spans.ts";
import type { Instant } from "../kernel/vocabulary.ts";

export type CoverEnd = "accepted" | "declined" | "withdrawn";
export type CoverState = "open" | "over" | CoverEnd;
export type CoverAct = "accept" | "decline" | "withdraw";

export type CoverRequest = Span & {
  readonly personId: string;
  /** Null: whoever accepts. */
  readonly asked: string | null;
  readonly ended: CoverEnd | null;
};

export function coverStateAt({ ended, until }: CoverRequest, at: Instant): CoverState {
  if (ended !== null) return ended;
  return until <= at ? "over" : "open";
}

export type CoverActor = { readonly id: string; readonly admin: boolean };

/** Null: it may be done. */
export function coverRefusal(request: CoverRequest, act: CoverAct, by: CoverActor, at: Instant): Refusal | null {
  const mine = request.personId === by.id;
  if (act === "withdraw" && !mine && !by.admin) return refuse("not-administrator");
  if (act !== "withdraw") {
    if (mine) return refuse("own-request");
    if (request.asked !== null && request.asked !== by.id) return refuse("not-asked-for");
  }
  const state = coverStateAt(request, at);
  if (state === "over" && act !== "withdraw") return refuse("already-over");
  if (state !== "open") return refuse("cover-settled");
  return act === "decline" && request.asked === null ? refuse("asked-of-everybody") : null;
}

/** What somebody is told: they are asked, who takes or does not take their turn, that theirs was withdrawn by another, and
 *  that what they were asked for is wanted no longer, since it was withdrawn or since another has it. */
export type CoverNews = "asked" | "accepted" | "declined" | "withdrawn-for-you" | "withdrawn" | "taken";
export type CoverTold = { readonly personId: string; readonly news: CoverNews };

type CoverHappened = "asked" | CoverEnd;

/** Whoever was asked hears of the end of it too. Nobody is told what they did themselves. `members`: those who have turns in
 *  the schedule. */
export function toldOfCover(
  request: Pick<CoverRequest, "personId" | "asked">,
  happened: CoverHappened,
  { by, members }: { readonly by: string; readonly members: readonly string[] },
): CoverTold[] {
  const asked = request.asked === null ? [...new Set(members)] : [request.asked];
  const others = asked.filter((id) => id !== by && id !== request.personId);
  const tell = (news: CoverNews): CoverTold[] => others.map((personId) => ({ personId, news }));
  const owner = (news: CoverNews): CoverTold[] =>
    request.personId === by ? [] : [{ personId: request.personId, news }];
  switch (happened) {
    case "asked":
      return tell("asked");
    case "accepted":
      return [...owner("accepted"), ...tell("taken")];
    case "declined":
      return owner("declined");
    case "withdrawn":
      return [...owner("withdrawn-for-you"), ...tell("withdrawn")];
  }
}
