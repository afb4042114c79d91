/** What comes to the nodes of a drill and what falls due on them, in the order of time: inputs from outside, claims of timers
 *  and of what is to be sent, and what comes in when that is done. */
import { type DeskInput, timerInput } from "../desk/inputs.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type Entry, type Flight, type Nodes, nextNode, type Submitted, takeUp, transact, writes } from "./nodes.ts";
import { claimableAt, claimOutbox, claimTimer, holdsTimer, type OutboxRow, type TimerRow } from "./rows.ts";
import { carryOut } from "./sending.ts";

/** From outside. A sender that hears nothing sends again: `again` when that is harmless. Null while all nodes are down. */
export function submit(nodes: Nodes, inputs: readonly DeskInput[], again: boolean): Submitted[] | null {
  if (nodes.downUntil > nodes.now) return null;
  const entries = inputs.map((input) => ({ input }));
  const node = nextNode(nodes);
  let outcomes = transact(nodes, node, entries);
  const unheard = outcomes !== null && !writes(nodes, node);
  if (outcomes === null || (unheard && again)) outcomes = transact(nodes, nextNode(nodes), entries);
  for (const outcome of outcomes ?? []) noteAnswer(nodes, outcome);
  advance(nodes, nodes.now);
  return outcomes;
}

export function noteAnswer(nodes: Nodes, outcome: Submitted): void {
  if (isRefusal(outcome) || outcome.kind === "nothing") return;
  const ids = outcome.kind === "incident" ? [outcome.incidentId] : outcome.signals.map((one) => one.incidentId);
  for (const id of new Set(ids)) {
    if (id === null) continue;
    const entries = nodes.memory.cases.get(id)?.entries ?? [];
    nodes.answered.push({ incidentId: id, seq: entries.length, head: entries.at(-1)?.hash ?? "" });
  }
}

/** Whatever falls due until then, each at its time; returns when nothing is left to do before it. */
export function advance(nodes: Nodes, until: Instant): void {
  for (;;) {
    const claim = nextClaim(nodes);
    const flight = nextFlight(nodes);
    const at = Math.min(claim?.at ?? Number.POSITIVE_INFINITY, flight?.at ?? Number.POSITIVE_INFINITY);
    if (at > until) break;
    nodes.now = Math.max(nodes.now, at);
    if (claim !== null && claim.at === at) {
      if ("timer" in claim.row) takeTimer(nodes, claim.row);
      else takeOutbox(nodes, claim.row);
    } else if (flight !== null) land(nodes, flight);
  }
  nodes.now = until;
}

type Claimable = { readonly at: Instant; readonly row: TimerRow | OutboxRow };

function nextClaim(nodes: Nodes): Claimable | null {
  const { rows } = nodes;
  let first: TimerRow | OutboxRow | undefined;
  for (const row of rows.timers.values()) if (!first || claimableAt(row) < claimableAt(first)) first = row;
  for (const key of rows.pending) {
    const row = rows.outbox.get(key);
    if (row && (!first || claimableAt(row) < claimableAt(first))) first = row;
  }
  return first ? { at: Math.max(claimableAt(first), nodes.downUntil), row: first } : null;
}

function nextFlight(nodes: Nodes): Flight | null {
  let first: Flight | null = null;
  for (const flight of nodes.flights)
    if (first === null || flight.at < first.at || (flight.at === first.at && flight.order < first.order))
      first = flight;
  return first;
}

function takeTimer(nodes: Nodes, row: TimerRow): void {
  const node = nextNode(nodes);
  if (!writes(nodes, node)) return;
  const claimed = claimTimer(nodes.rows, row, nodes.now);
  takeUp(nodes, {
    node,
    at: nodes.now,
    arrives: () => true,
    entry: {
      input: timerInput(claimed.timer),
      row: claimed.key,
      holds: () => holdsTimer(nodes.rows, claimed),
      write: () => nodes.rows.timers.delete(claimed.key),
    },
  });
}

function takeOutbox(nodes: Nodes, row: OutboxRow): void {
  const node = nextNode(nodes);
  if (writes(nodes, node)) carryOut(nodes, node, claimOutbox(nodes.rows, row, nodes.now));
}

/** What comes in at one instant on one node shares a transaction, as in a flush of the server. */
function land(nodes: Nodes, first: Flight): void {
  const together = [...nodes.flights]
    .filter((one) => one.at === first.at && one.node === first.node)
    .toSorted((a, b) => a.order - b.order);
  const entries: Entry[] = [];
  for (const flight of together) {
    /* Its node may have died with one before it. */
    if (!nodes.flights.delete(flight)) return;
    if (!flight.arrives()) return;
    entries.push(flight.entry, ...(flight.more ?? []));
  }
  const outcomes = transact(nodes, first.node, entries);
  for (const outcome of outcomes ?? []) noteAnswer(nodes, outcome);
}
