/** A desk of two nodes under virtual time, any of which may die between any two writes. Where `world.ts` carries out what is
 *  due and no more is asked, here everything goes as on the server: a timer or a page is claimed under a lease, what a channel
 *  does takes time, what came of it is written in the transaction that tells the desk, and whoever dies in between leaves the
 *  rest to the other. `core/desk` decides, the same as everywhere; nothing is decided here.
 *
 *  A write is whatever leaves a trace elsewhere: a claim, a transaction, a message that a channel takes, an answer to whoever
 *  asked. `crashIn` counts them down; the one that would come next is not made, and its node loses all that it had under way. */
import type { Directory } from "../desk/directory.ts";
import type { DeskInput, DeskOutcome } from "../desk/inputs.ts";
import { handle, needs, openDraft } from "../desk/step.ts";
import type { ChannelKind } from "../directory/types.ts";
import { createMint, seedFromName } from "../kernel/id.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { commit, emptyMemory, load } from "./memory.ts";
import { emptyRows, writeEffects } from "./rows.ts";

/** `lost`: it arrives, and we do not hear so. `hangs`: it does not, and we cannot know. */
export const behaviours = ["ok", "refuses", "away", "busy", "lost", "slow", "hangs"] as const;
export type Behaviour = (typeof behaviours)[number];

/** What reached a person. */
export type Sending = {
  readonly key: string;
  readonly incidentId: string;
  readonly pageId: string | null;
  readonly personId: string;
  readonly attempt: number;
  readonly claimedAt: Instant;
  /** Entries of the incident's record when it was claimed. */
  readonly claimedSeq: number;
  readonly at: Instant;
  readonly notAfter: Instant;
  readonly possibleDuplicate: boolean;
  /** Key of the row that led the message it came in: its own, unless it was held back with others. */
  readonly message: string;
};

/** What somebody was answered: the record as it then stood may never be less. */
export type Answered = { readonly incidentId: string; readonly seq: number; readonly head: string };

/** An input and what goes with it into its transaction; without one, only rows are written. False from `holds`: somebody
 *  else did it. */
export type Entry = {
  readonly input: DeskInput | null;
  /** Key of the row that it ends or puts off. */
  readonly row?: string;
  readonly holds?: () => boolean;
  readonly write?: () => void;
};

export type Flight = {
  readonly node: number;
  readonly at: Instant;
  readonly order: number;
  /** False: its node died before it could write. */
  readonly arrives: () => boolean;
  readonly entry: Entry;
  /** Of what left in the same message. */
  readonly more?: readonly Entry[];
};

export type Nodes = ReturnType<typeof createNodes>;
export type Submitted = DeskOutcome | Refusal;

export const nodeCount = 2;
const loadRoundsMax = 8;

export function createNodes(seed: string, start: Instant, directory: Directory) {
  return {
    mint: createMint(seedFromName(seed)),
    salts: createMint(seedFromName(`${seed}/salts`)),
    memory: emptyMemory(),
    rows: emptyRows(),
    channels: new Map<ChannelKind, Behaviour>(),
    directory,
    now: start,
    flights: new Set<Flight>(),
    sendings: [] as Sending[],
    answered: [] as Answered[],
    order: 0,
    inputs: 0,
    /** Writes that are still made before a node dies; null when none is to die. */
    crashIn: null as number | null,
    /** After so many claims, one whose node stands still before it does anything with it: a suspended machine, a full disk. */
    stall: null as { readonly afterClaims: number; readonly seconds: number } | null,
    /** All nodes are down until then. */
    downUntil: 0,
    /** What a drill tells of itself. */
    crashes: 0,
  };
}

export const nextNode = (nodes: Nodes): number => nodes.order++ % nodeCount;

/** False: the node died instead. */
export function writes(nodes: Nodes, node: number): boolean {
  if (nodes.crashIn === null || nodes.crashIn-- > 0) return true;
  nodes.crashIn = null;
  kill(nodes, node);
  return false;
}

export function kill(nodes: Nodes, node: number): void {
  nodes.crashes++;
  for (const flight of nodes.flights) if (flight.node === node) nodes.flights.delete(flight);
}

/** All of them, for a while: what falls due meanwhile waits. */
export function outage(nodes: Nodes, seconds: number): void {
  for (let node = 0; node < nodeCount; node++) kill(nodes, node);
  nodes.downUntil = nodes.now + seconds * 1_000;
}

/** One transaction of what arrived together; null when the node died before it was whole, and so nothing is written. */
export function transact(nodes: Nodes, node: number, entries: readonly Entry[]): Submitted[] | null {
  const { memory, mint, directory, rows } = nodes;
  const draft = openDraft({ at: nodes.now, mint, directory });
  for (let round = 0; round < loadRoundsMax; round++)
    for (const { input } of entries) for (const key of input ? needs(draft, input) : []) load(memory, draft, key);
  const wanted = whoHolds(entries);
  const outcomes = entries.map(({ input }, index): Submitted => {
    if (!wanted[index]) return { kind: "nothing", because: "superseded" };
    if (input === null) return { kind: "nothing", because: "rows-only" };
    return needs(draft, input).length > 0 ? refuse("incident-unknown") : handle(draft, input);
  });
  if (!writes(nodes, node)) return null;
  for (const [index, { write }] of entries.entries()) if (wanted[index]) write?.();
  commit(memory, draft, nodes.salts);
  writeEffects(rows, draft, memory);
  return outcomes;
}

/** One after the other, as their statements would: what one has ended is no longer there for the next. */
function whoHolds(entries: readonly Entry[]): boolean[] {
  const taken = new Set<string>();
  return entries.map(({ row, holds }) => {
    const held = (holds?.() ?? true) && (row === undefined || !taken.has(row));
    if (held && row !== undefined) taken.add(row);
    return held;
  });
}

export function fly(nodes: Nodes, flight: Omit<Flight, "order">): void {
  nodes.flights.add({ ...flight, order: nodes.order++ });
}

/** What was claimed and is now under way. */
export function takeUp(nodes: Nodes, flight: Omit<Flight, "order">): void {
  const { stall } = nodes;
  const stands = stall?.afterClaims === 0;
  if (stall) nodes.stall = stands ? null : { ...stall, afterClaims: stall.afterClaims - 1 };
  fly(nodes, stands ? { ...flight, at: flight.at + stall.seconds * 1_000 } : flight);
}
