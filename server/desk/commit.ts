/** The committer: inputs that arrive together share a transaction. A flush starts as soon as its lane is free and takes
 *  what has gathered meanwhile (measured: a fixed window only adds latency). Inputs are all decided before anything is
 *  written, so that one's refusal touches no other; when a flush fails, its inputs are run again one by one, so that one
 *  poisonous input cannot lose its neighbours.
 *
 *  Two lanes: signals of machines, and everything people and timers do, so that a flood of alerts never delays an
 *  acknowledgement. Both take locks in the same order. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { Draft } from "../../core/desk/draft.ts";
import type { DeskInput, DeskOutcome } from "../../core/desk/inputs.ts";
import { handle, needs, openDraft } from "../../core/desk/step.ts";
import { createMint } from "../../core/kernel/id.ts";
import { isRefusal, type Refusal, refuse } from "../../core/kernel/refusal.ts";
import { type Clock, stopwatch } from "../platform/clock.ts";
import { type Late, transact, Unavailable } from "../platform/database.ts";
import { someBytes } from "../platform/secrets.ts";
import { createFairQueue } from "./fair-queue.ts";
import { type Heads, loadStates } from "./load.ts";
import { writeDraft } from "./write.ts";

/** Rows that belong to the same fact as the input (a report, a timer's end, a sent page), in its transaction. `false`
 *  from `before` means that the input is no longer wanted: somebody else did it. */
export type Alongside = {
  readonly before?: (client: pg.PoolClient) => Promise<boolean>;
  readonly after?: (client: pg.PoolClient, outcome: DeskOutcome, draft: Draft) => Promise<void>;
};

export type Submitted = DeskOutcome | Refusal;
export type Submit = (input: DeskInput, alongside?: Alongside) => Promise<Submitted>;

export type Committer = {
  readonly submit: Submit;
  /** Inputs waiting or being written. */
  readonly depth: () => number;
  /** How long the oldest of them has waited, in milliseconds. */
  readonly waitingMs: () => number;
  readonly drain: () => Promise<void>;
};

type Waiting = {
  readonly input: DeskInput;
  readonly waitedMs: () => number;
  readonly alongside: Alongside | undefined;
  readonly done: (outcome: Submitted) => void;
  readonly failed: (error: unknown) => void;
};

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly directory: {
    /** As of this transaction. */
    readonly inside: (client: pg.PoolClient) => Promise<Directory>;
    /** As last known: what is to be loaded depends on rules about noise, where there are some. */
    readonly latest: () => Directory;
  };
};

/** Signals of one flush, counted one by one: several hundred make a good insert, more only make others wait. */
const signalsPerFlushMax = 1_500;
const inputsPerFlushMax = 400;
const loadRoundsMax = 8;
/** While one flush is being made durable the next is decided: the locks it asks for are given when the first is in. */
const flushesMax = 2;
/** More than this waiting is refused at once: a 503 in time beats an answer that nobody waits for. One sender never has
 *  all the seats. */
const waitingMax = 5_000;
const waitingEachMax = 4_000;
const budgetMs = 8_000;

export function createCommitter(known: Known): Committer {
  const lanes = [createLane(known), createLane(known)] as const;
  return {
    submit: (input, alongside) => lanes[input.kind === "signals" ? 0 : 1].submit(input, alongside),
    depth: () => lanes[0].depth() + lanes[1].depth(),
    waitingMs: () => Math.max(lanes[0].waitingMs(), lanes[1].waitingMs()),
    drain: async () => {
      await Promise.all(lanes.map((lane) => lane.drain()));
    },
  };
}

const weightOf = ({ input }: Waiting): number => (input.kind === "signals" ? input.signals.length : 0);

/** Whose turn an input takes. */
function senderOf(input: DeskInput): string {
  switch (input.kind) {
    case "signals":
      return input.integrationId;
    case "open":
    case "attach":
    case "security":
    case "impact":
    case "command":
    case "contribution":
    case "engagement":
      return input.envelope.actor.id ?? input.envelope.actor.kind;
    case "raise":
      return input.actor.id ?? input.actor.kind;
    default:
      return "desk";
  }
}

function createLane(known: Known): Committer {
  const waiting = createFairQueue<Waiting>({ all: waitingMax, each: waitingEachMax, weightOf });
  const flushing = new Set<readonly Waiting[]>();
  let deciding = false;
  let idle: (() => void)[] = [];
  const next = (): void => {
    if (deciding || flushing.size === flushesMax || waiting.size() === 0) return;
    const batch = waiting.take({ count: inputsPerFlushMax, weight: signalsPerFlushMax });
    flushing.add(batch);
    deciding = true;
    const decided = (): void => {
      deciding = false;
      next();
    };
    void flush(known, batch, once(decided)).finally(() => {
      flushing.delete(batch);
      next();
      if (depth() > 0) return;
      for (const done of idle) done();
      idle = [];
    });
  };
  const inFlight = (): readonly Waiting[] => [...flushing].flat();
  const depth = (): number => waiting.size() + inFlight().length;
  return {
    submit: (input, alongside) =>
      new Promise((done, failed) => {
        if (!waiting.push(senderOf(input), { input, alongside, done, failed, waitedMs: stopwatch() }))
          return failed(new Unavailable("too much is waiting to be committed"));
        /* One turn of the loop lets requests that arrived together share the flush. */
        if (!deciding) setImmediate(next);
      }),
    depth,
    /* Flushes are short, and what waits is in the next one or soon after: the oldest of a flush says enough. */
    waitingMs: () => inFlight().reduce((oldest, one) => Math.max(oldest, one.waitedMs()), 0),
    drain: () => (depth() === 0 ? Promise.resolve() : new Promise((done) => idle.push(done))),
  };
}

/** `decided` is called once, when the next flush may begin. */
async function flush(known: Known, batch: readonly Waiting[], decided: () => void): Promise<void> {
  try {
    const outcomes = await transact(known.pool, budgetMs, async (client, late) => {
      const decisions = await decideAll(known, client, late, batch);
      decided();
      return decisions;
    });
    for (const [index, one] of batch.entries()) one.done(outcomes[index] ?? { kind: "nothing", because: "not-run" });
  } catch (error) {
    /* The database is away for all of them: trying each alone would only make the next ones wait. */
    if (batch.length === 1 || error instanceof Unavailable) {
      for (const one of batch) one.failed(error);
      return;
    }
    for (const one of batch) await flush(known, [one], decided);
  } finally {
    decided();
  }
}

function once(call: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    call();
  };
}

async function decideAll(
  known: Known,
  client: pg.PoolClient,
  late: Late,
  batch: readonly Waiting[],
): Promise<Submitted[]> {
  const seed = someBytes(16);
  const word = (offset: number): number => seed.readUInt32LE(offset);
  const mint = createMint([word(0), word(4), word(8), word(12)]);
  const heads: Heads = new Map();
  /* Asked for together: of the directory only rules about noise change what is loaded, and these change seldom. What an input
     brings along comes after, so that rows of timers are locked after incidents, as everywhere. */
  const loading = openDraft({ at: known.clock.now(), mint, directory: known.directory.latest() });
  const [directory] = await Promise.all([known.directory.inside(client), loadAll(client, loading, heads, batch)]);
  const draft: Draft =
    directory.noise === loading.directory.noise
      ? { ...loading, directory }
      : openDraft({ at: loading.at, mint, directory });
  /* Rules about noise, or whether a policy calls in turn, may say that more is needed. */
  if (directory !== loading.directory) await loadAll(client, draft, heads, batch);
  const before = await Promise.all(batch.map((one) => one.alongside?.before?.(client)));
  const wanted = before.map((one) => one ?? true);
  const outcomes = batch.map((one, index): Submitted => (wanted[index] ? decideOne(draft, one.input) : superseded));
  await writeDraft({ client, late }, draft, heads);
  for (const [index, one] of batch.entries()) {
    const outcome = outcomes[index];
    if (outcome && !isRefusal(outcome) && wanted[index]) await one.alongside?.after?.(client, outcome, draft);
  }
  return outcomes;
}

const superseded: DeskOutcome = { kind: "nothing", because: "superseded" };

function decideOne(draft: Draft, input: DeskInput): Submitted {
  if (needs(draft, input).length > 0) return refuse("incident-unknown");
  return handle(draft, input);
}

/** Loads round by round until nothing more is asked for; a key that stays absent is the input's own refusal. Whose turn it
 *  is comes last, when all of the batch have their incidents. */
async function loadAll(client: pg.PoolClient, draft: Draft, heads: Heads, batch: readonly Waiting[]): Promise<void> {
  let asked = "";
  for (let round = 0; round < loadRoundsMax; round++) {
    const keys = batch.flatMap((one) => needs(draft, one.input));
    const states = keys.filter(({ kind }) => kind !== "in-turn");
    const print = `${states.length}/${JSON.stringify(states[0])}/${JSON.stringify(states.at(-1))}`;
    const wanted = states.length > 0 && print !== asked ? states : keys.filter(({ kind }) => kind === "in-turn");
    if (wanted.length === 0) return;
    asked = print;
    await loadStates(client, draft, heads, wanted);
  }
}
