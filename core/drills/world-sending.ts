/** How a world carries out what leaves for somebody: the channel does as its script says, and what became of it comes back as an
 *  input. */
import type { Effect } from "../desk/effects.ts";
import type { DeskInput, PageOutcome } from "../desk/inputs.ts";
import { pageStillDue } from "../escalation/paging-state.ts";
import { isBarred } from "../incidents/contributing.ts";
import { systemActor } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import { isHeld, pointOf, togetherWithinMs } from "./held-together.ts";
import type { Channel, Due, Letter, Running } from "./world.ts";

type PageEffect = Extract<Effect, { kind: "page" }>;
type PostEffect = Extract<Effect, { kind: "post" }>;
type NoticeEffect = Extract<Effect, { kind: "notice" }>;
type ToPerson = Extract<Due, { readonly kind: "page" | "notice" }>;

/** An input of the world's own. */
export type Tell = (input: DeskInput) => void;

export function deliver(
  running: Running,
  letter: Omit<Letter, "at" | "about"> & { personId: string },
  about: Letter["about"],
) {
  const { personId, incidentId, key, message } = letter;
  const letters = running.mailboxes.get(personId) ?? [];
  letters.push({ at: running.now, incidentId, about, key, message });
  running.mailboxes.set(personId, letters);
}

const effectOf = (due: ToPerson): PageEffect | NoticeEffect => (due.kind === "page" ? due.page : due.notice);

/** One message: what was held back for one contact point, and is due there, leaves with it. Of each it is asked again whether it is
 *  still wanted; what became of it comes back as an input. */
export function sendTogether(running: Running, first: ToPerson, tell: Tell): void {
  const leaving = [first, ...takeHeld(running, first)].filter(
    (one) => one.kind === "notice" || isWanted(running, one.page, tell),
  );
  const [lead] = leaving;
  if (!lead) return;
  const { personId, incidentId, channel, key } = effectOf(lead);
  /* News alone is no call: the script of the channel says nothing of it. */
  const isCall = leaving.some((one) => one.kind === "page");
  const outcome = isCall ? running.channel({ personId, incidentId, channel, at: running.now }) : "ok";
  const message = { key, with: leaving.length - 1 };
  for (const one of leaving)
    if (one.kind === "page") sendPage(running, one, { outcome, message, tell });
    else if (outcome === "ok") tellOf(running, one.notice, key);
    else if (outcome === "down") putOff(running, one);
    else running.keeper?.carried(one.notice.key, "failed", running.now);
}

/** In the order in which they were asked for. */
function takeHeld({ due, memory, now }: Running, first: ToPerson): ToPerson[] {
  if (!isHeld(memory, effectOf(first))) return [];
  const point = pointOf(effectOf(first));
  const others = [...due].flatMap(([key, one]) => {
    if ((one.kind !== "page" && one.kind !== "notice") || one.dueAt > now + togetherWithinMs) return [];
    const effect = effectOf(one);
    return pointOf(effect) === point && isHeld(memory, effect) ? [{ key, one }] : [];
  });
  for (const { key } of others) due.delete(key);
  return others.map(({ one }) => one).sort((a, b) => a.order - b.order);
}

/** What is not is ended at once. */
function isWanted(running: Running, page: PageEffect, tell: Tell): boolean {
  const { incidentId, pageId, notAfter } = page;
  const kept = running.memory.cases.get(incidentId);
  if (!kept) throw new Error(`page ${pageId} belongs to no incident`);
  const still = pageStillDue(kept.paging, pageId);
  if (!still.due) tellDesk(running, tell, page, { kind: "withdrawn", because: still.because });
  else if (running.now > notAfter) tellDesk(running, tell, page, { kind: "expired", notAfter });
  return still.due && running.now <= notAfter;
}

type Leaving = {
  readonly outcome: ReturnType<Channel>;
  /** Key of what leads it, and with how many others it leaves. */
  readonly message: { readonly key: string; readonly with: number };
  readonly tell: Tell;
};

function sendPage(running: Running, due: Due & { kind: "page" }, { outcome, message, tell }: Leaving): void {
  const { page, tried } = due;
  if (outcome === "fail") return tellDesk(running, tell, page, { kind: "failed", error: "refused by the channel" });
  if (outcome === "down") {
    putOff(running, { ...due, tried: true });
    if (!tried) tellDesk(running, tell, page, { kind: "delayed", error: "the channel does not answer" });
    return;
  }
  deliver(running, { ...page, message: message.key }, "page");
  const together = message.with > 0 ? { with: message.with } : {};
  tellDesk(running, tell, page, { kind: "sent", possibleDuplicate: false, ...together });
}

function putOff(running: Running, due: ToPerson): void {
  const { key } = effectOf(due);
  running.due.set(key, { ...due, dueAt: running.now + minuteMs, order: running.order++ });
}

export function tellOf(running: Running, notice: NoticeEffect, message = notice.key): void {
  deliver(running, { ...notice, message }, notice.notice);
  running.keeper?.carried(notice.key, "sent", running.now);
}

export function sendPost(running: Running, { key, incidentId, post, escalation }: PostEffect, tell: Tell): void {
  const { postId, webhookId, name } = post;
  const told = running.posts.get(webhookId) ?? [];
  running.posts.set(webhookId, [...told, { at: running.now, incidentId, key }]);
  const of = escalation === undefined ? {} : { escalation };
  tell({ kind: "post-outcome", incidentId, ended: { postId, webhookId, name, ...of, became: "sent" } });
  running.keeper?.carried(key, "sent", running.now);
}

type InviteEffect = Extract<Effect, { kind: "invite" }>;

/** To an address, while it is still asked. */
export function sendInvite(running: Running, { key, incidentId, number, notAfter }: InviteEffect, tell: Tell): void {
  const incident = running.memory.cases.get(incidentId)?.incident;
  const one = incident?.contributions?.find((each) => each.number === number);
  if (incident && one?.status === "asked" && !isBarred(incident, one) && running.now <= notAfter) {
    const { address } = one.to;
    const letters = running.invited.get(address) ?? [];
    running.invited.set(address, [...letters, { at: running.now, incidentId, number }]);
    const envelope = { at: running.now, actor: systemActor("channel"), cause: { kind: "invite", id: key } };
    tell({ kind: "contribution", incidentId, act: { do: "sent", number }, envelope });
  }
  running.keeper?.carried(key, "sent", running.now);
}

function tellDesk(running: Running, tell: Tell, { key, incidentId, pageId }: PageEffect, outcome: PageOutcome): void {
  tell({ kind: "page-outcome", incidentId, pageId, outcome });
  if (outcome.kind !== "delayed" && outcome.kind !== "delivered" && outcome.kind !== "undelivered")
    running.keeper?.carried(key, outcome.kind, running.now);
}
