/** How a node of a drill carries out what it claimed from the outbox: the same questions in the same order as
 *  `server/notification/effects.ts`, with a channel that does as it was told to. */
import type { DeskInput, PageOutcome } from "../desk/inputs.ts";
import { pageStillDue } from "../escalation/paging-state.ts";
import { attemptsMax, waitAfterAttempt } from "../kernel/attempts.ts";
import { isHeld, pointOf, togetherWithinMs } from "./held-together.ts";
import { type Behaviour, type Entry, type Nodes, takeUp, writes } from "./nodes.ts";
import {
  type Claimed,
  type Ended,
  endOutbox,
  holdsOutbox,
  type PageEffect,
  putBackOutbox,
  retryOutbox,
  takeOverOutbox,
} from "./rows.ts";

type Result = "accepted" | "never" | { readonly nobody: boolean; readonly unknown: boolean };

/** Never as long as a lease: the server gives up before (`channels/email.ts`, `platform/outgoing.ts`). */
const channelDoes: Readonly<Record<Behaviour, { takesMs: number; delivers: boolean; result: Result }>> = {
  ok: { takesMs: 300, delivers: true, result: "accepted" },
  refuses: { takesMs: 300, delivers: false, result: "never" },
  away: { takesMs: 3_000, delivers: false, result: { nobody: true, unknown: false } },
  busy: { takesMs: 300, delivers: false, result: { nobody: false, unknown: false } },
  lost: { takesMs: 10_000, delivers: true, result: { nobody: false, unknown: true } },
  slow: { takesMs: 9_000, delivers: true, result: "accepted" },
  hangs: { takesMs: 12_000, delivers: false, result: { nobody: false, unknown: true } },
};

type Sending = { readonly nodes: Nodes; readonly node: number; readonly claimed: Claimed };

export function carryOut(nodes: Nodes, node: number, claimed: Claimed): void {
  const together = isHeld(nodes.memory, claimed.effect) ? takeTogether(nodes, claimed) : [];
  if (together === null) return putBackOutbox(nodes.rows, claimed, nodes.now + putBackMs);
  const leaving = [claimed, ...together].filter((one) => isWanted({ nodes, node, claimed: one }));
  const [first] = leaving;
  if (first) send(leaving.map((one) => ({ nodes, node, claimed: one })));
}

/** What is not is ended at once. */
function isWanted(sending: Sending): boolean {
  const { nodes, claimed } = sending;
  const { effect } = claimed;
  const late = nodes.now > effect.notAfter;
  const expire = () => ends(sending, "expired", { kind: "expired", notAfter: effect.notAfter });
  const fail = (error: string) => ends(sending, "dead", { kind: "failed", error });
  if (effect.kind === "post") {
    if (late) expire();
    return !late;
  }
  const kept = nodes.memory.cases.get(effect.incidentId);
  if (effect.kind === "page" && kept) {
    const still = pageStillDue(kept.paging, effect.pageId);
    if (!still.due) {
      ends(sending, "withdrawn", { kind: "withdrawn", because: still.because });
      return false;
    }
  }
  const person = nodes.directory.people.get(effect.personId);
  const point = person?.contactPoints.find((one) => one.id === effect.pointId);
  if (late) expire();
  else if (person?.active === false) fail("inactive");
  else if (!point?.enabled) fail("no-contact-point");
  else return true;
  return false;
}

/** As `server/notification/held-store.ts`: of all that was held back for one contact point and is due there, the row that was
 *  asked for first leads and takes the others with it. Null: another leads. */
function takeTogether(nodes: Nodes, claimed: Claimed): Claimed[] | null {
  const { rows, now } = nodes;
  const waiting = [...rows.pending].flatMap((key) => {
    const row = rows.outbox.get(key);
    if (!row || !isHeld(nodes.memory, row.effect)) return [];
    return pointOf(row.effect) === pointOf(claimed.effect) && row.dueAt <= now + togetherWithinMs ? [row] : [];
  });
  const [lead, ...others] = waiting;
  if (!lead || lead.key !== claimed.key) return null;
  return others.map((row) => takeOverOutbox(rows, row, { now, attempts: claimed.attempts }));
}

const putBackMs = 1_000;

/** One message, whatever it tells; what came of it is written for each. */
function send(together: readonly Sending[]): void {
  const [first] = together;
  if (!first) return;
  const { nodes, node } = first;
  const { effect } = first.claimed;
  const channel = effect.kind === "post" ? "webhook" : effect.channel;
  const { takesMs, delivers, result } = channelDoes[nodes.channels.get(channel) ?? "ok"];
  const claimedAt = nodes.now;
  const seqs = together.map(({ claimed }) => seqOf(nodes, claimed));
  const at = nodes.now + takesMs;
  takeUp(nodes, {
    node,
    at,
    arrives: () => {
      if (delivers)
        for (const [place, one] of together.entries()) deliver(one, { claimedAt, claimedSeq: seqs[place] ?? 0, first });
      return writes(nodes, node);
    },
    entry: entryFor(first, result),
    more: together.slice(1).map((one) => entryFor(one, result)),
  });
}

const seqOf = ({ memory }: Nodes, { effect }: Claimed): number =>
  effect.kind === "post" ? 0 : (memory.cases.get(effect.incidentId)?.entries.length ?? 0);

type Delivered = { readonly claimedAt: number; readonly claimedSeq: number; readonly first: Sending };

function deliver({ nodes, claimed }: Sending, { first, ...when }: Delivered): void {
  const { effect, key, attempts: attempt, possibleDuplicate } = claimed;
  /* What reached a person: a webhook is none. */
  if (effect.kind === "post") return;
  const { incidentId, personId, notAfter } = effect;
  const pageId = effect.kind === "page" ? effect.pageId : null;
  const of = { key, incidentId, pageId, personId, message: first.claimed.key };
  nodes.sendings.push({ ...of, attempt, possibleDuplicate, ...when, at: nodes.now, notAfter });
}

/** What is written when the channel has answered. */
function entryFor(sending: Sending, result: Result): Entry {
  const { nodes, claimed } = sending;
  const { possibleDuplicate, attempts, effect } = claimed;
  if (result === "accepted") return outcome(sending, "sent", { kind: "sent", possibleDuplicate });
  if (result === "never") return outcome(sending, "dead", { kind: "failed", error: "refused" });
  if (!result.nobody && attempts >= attemptsMax) return outcome(sending, "dead", { kind: "failed", error: "given up" });
  const { unknown } = result;
  return {
    input: effect.kind === "page" && attempts === 1 ? inputOf(effect, { kind: "delayed", error: "later" }) : null,
    row: claimed.key,
    holds: () => holdsOutbox(nodes.rows, claimed),
    write: () => retryOutbox(nodes.rows, claimed, { at: nodes.now + waitAfterAttempt(attempts), unknown }),
  };
}

/** The row and what the desk makes of it, in one transaction; of a notice, only the row. */
function outcome({ nodes, claimed }: Sending, ended: Ended, became: PageOutcome): Entry {
  const { effect } = claimed;
  return {
    input: toldOf(effect, became),
    row: claimed.key,
    holds: () => holdsOutbox(nodes.rows, claimed),
    write: () => endOutbox(nodes.rows, claimed, ended, nodes.now),
  };
}

function toldOf(effect: Claimed["effect"], became: PageOutcome): DeskInput | null {
  if (effect.kind === "page") return inputOf(effect, became);
  if (effect.kind === "notice" || (became.kind !== "sent" && became.kind !== "failed" && became.kind !== "expired"))
    return null;
  const { incidentId, escalation, post } = effect;
  const { postId, webhookId, name } = post;
  const of = escalation === undefined ? {} : { escalation };
  const why = became.kind === "failed" ? { error: became.error } : {};
  return { kind: "post-outcome", incidentId, ended: { postId, webhookId, name, ...of, became: became.kind, ...why } };
}

const inputOf = ({ incidentId, pageId }: PageEffect, became: PageOutcome): DeskInput => ({
  kind: "page-outcome",
  incidentId,
  pageId,
  outcome: became,
});

/** Nothing is sent: what became of it is written at once. */
function ends(sending: Sending, ended: Ended, became: PageOutcome): void {
  const { nodes, node } = sending;
  takeUp(nodes, { node, at: nodes.now, arrives: () => true, entry: outcome(sending, ended, became) });
}
