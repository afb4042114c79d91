/** How a node of a drill carries out what it claimed from the outbox: the same questions in the same order as
 *  `server/notification/effects.ts`, with a channel that does as it was told to. */
import type { DeskInput, PageOutcome } from "../desk/step.ts";
import type { ChannelKind } from "../directory/types.ts";
import { pageStillDue } from "../escalation/paging-state.ts";
import { attemptsMax, waitAfterAttempt } from "../kernel/attempts.ts";
import { type Behaviour, type Entry, type Nodes, takeUp, writes } from "./nodes.ts";
import { type Claimed, type Ended, endOutbox, holdsOutbox, type PageEffect, retryOutbox } from "./rows.ts";

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
  const sending: Sending = { nodes, node, claimed };
  const { effect } = claimed;
  const kept = nodes.memory.cases.get(effect.incidentId);
  if (effect.kind === "post") {
    if (nodes.now > effect.notAfter) return ends(sending, "expired", { kind: "expired", notAfter: effect.notAfter });
    return send(sending, "webhook", 0);
  }
  if (effect.kind === "page" && kept) {
    const still = pageStillDue(kept.paging, effect.pageId);
    if (!still.due) return ends(sending, "withdrawn", { kind: "withdrawn", because: still.because });
  }
  if (nodes.now > effect.notAfter) return ends(sending, "expired", { kind: "expired", notAfter: effect.notAfter });
  const person = nodes.directory.people.get(effect.personId);
  if (person?.active === false) return ends(sending, "dead", { kind: "failed", error: "inactive" });
  const point = person?.contactPoints.find((one) => one.id === effect.pointId);
  if (!point?.enabled) return ends(sending, "dead", { kind: "failed", error: "no-contact-point" });
  send(sending, effect.channel, kept?.entries.length ?? 0);
}

function send(sending: Sending, channel: ChannelKind, claimedSeq: number): void {
  const { nodes, node } = sending;
  const { takesMs, delivers, result } = channelDoes[nodes.channels.get(channel) ?? "ok"];
  const claimedAt = nodes.now;
  takeUp(nodes, {
    node,
    at: nodes.now + takesMs,
    arrives: () => {
      if (delivers) deliver(sending, claimedAt, claimedSeq);
      return writes(nodes, node);
    },
    entry: entryFor(sending, result),
  });
}

function deliver({ nodes, claimed }: Sending, claimedAt: number, claimedSeq: number): void {
  const { effect, key, attempts: attempt, possibleDuplicate } = claimed;
  /* What reached a person: a webhook is none. */
  if (effect.kind === "post") return;
  const { incidentId, personId, notAfter } = effect;
  const pageId = effect.kind === "page" ? effect.pageId : null;
  const when = { claimedAt, claimedSeq, at: nodes.now, notAfter };
  nodes.sendings.push({ key, incidentId, pageId, personId, attempt, possibleDuplicate, ...when });
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
