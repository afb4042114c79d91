/** The committer: inputs that arrive together share a transaction. A flush starts as soon as its lane is free and takes
 *  what has gathered meanwhile (measured: a fixed window only adds latency). Inputs are all decided before anything is
 *  written, so that one's refusal touches no other; when a flush fails, its inputs are run again one by one, so that one
 *  poisonous input cannot lose its neighbours.
 *
 *  Two lanes: signals of machines, and everything people and timers do, so that a flood of alerts never delays an
 *  acknowledgement. Both take locks in the same order. */
import type pg from "pg";
import { type Directory, emptyDirectory } from "../../core/desk/directory.ts";
import type { Draft } from "../../core/desk/draft.ts";
import { type DeskInput, type DeskOutcome, handle, needs, openDraft } from "../../core/desk/step.ts";
import { createMint } from "../../core/kernel/id.ts";
import { isRefusal, type Refusal, refuse } from "../../core/kernel/refusal.ts";
import type { Clock } from "../platform/clock.ts";
import { type Late, transact, Unavailable } from "../platform/database.ts";
import { someBytes } from "../platform/secrets.ts";
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
  readonly drain: () => Promise<void>;
};

type Waiting = {
  readonly input: DeskInput;
  readonly alongside: Alongside | undefined;
  readonly done: (outcome: Submitted) => void;
  readonly failed: (error: unknown) => void;
};

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  /** The directory as of this transaction. */
  readonly directory: (client: pg.PoolClient) => Promise<Directory>;
};

/** Signals of one flush, counted one by one: several hundred make a good insert, more only make others wait. */
const signalsPerFlushMax = 1_500;
const inputsPerFlushMax = 400;
const loadRoundsMax = 8;
/** More than this waiting is refused at once: a 503 in time beats an answer that nobody waits for. */
const waitingMax = 5_000;
const budgetMs = 8_000;

export function createCommitter(known: Known): Committer {
  const lanes = [createLane(known), createLane(known)] as const;
  return {
    submit: (input, alongside) => lanes[input.kind === "signals" ? 0 : 1].submit(input, alongside),
    depth: () => lanes[0].depth() + lanes[1].depth(),
    drain: async () => {
      await Promise.all(lanes.map((lane) => lane.drain()));
    },
  };
}

function createLane(known: Known): Committer {
  let waiting: Waiting[] = [];
  let flushing = 0;
  let idle: (() => void)[] = [];
  const next = (): void => {
    if (flushing > 0 || waiting.length === 0) return;
    const batch = takeBatch(waiting);
    waiting = waiting.slice(batch.length);
    flushing = batch.length;
    void flush(known, batch).finally(() => {
      flushing = 0;
      if (waiting.length > 0) next();
      else {
        for (const done of idle) done();
        idle = [];
      }
    });
  };
  return {
    submit: (input, alongside) =>
      new Promise((done, failed) => {
        if (waiting.length >= waitingMax) return failed(new Unavailable("too much is waiting to be committed"));
        waiting.push({ input, alongside, done, failed });
        /* One turn of the loop lets requests that arrived together share the flush. */
        if (flushing === 0) setImmediate(next);
      }),
    depth: () => waiting.length + flushing,
    drain: () => (waiting.length + flushing === 0 ? Promise.resolve() : new Promise((done) => idle.push(done))),
  };
}

function takeBatch(waiting: readonly Waiting[]): Waiting[] {
  const batch: Waiting[] = [];
  let signals = 0;
  for (const one of waiting) {
    const weight = one.input.kind === "signals" ? one.input.signals.length : 0;
    if (batch.length > 0 && (batch.length >= inputsPerFlushMax || signals + weight > signalsPerFlushMax)) break;
    batch.push(one);
    signals += weight;
  }
  return batch;
}

async function flush(known: Known, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await transact(known.pool, budgetMs, (client, late) => decideAll(known, client, late, batch));
    for (const [index, one] of batch.entries()) one.done(outcomes[index] ?? { kind: "nothing", because: "not-run" });
  } catch (error) {
    /* The database is away for all of them: trying each alone would only make the next ones wait. */
    if (batch.length === 1 || error instanceof Unavailable) {
      for (const one of batch) one.failed(error);
      return;
    }
    for (const one of batch) await flush(known, [one]);
  }
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
  /* Asked for together: what is loaded does not depend on the directory, only what is decided does. What an input brings
     along comes after, so that rows of timers are locked after incidents, as everywhere. */
  const loading = openDraft({ at: known.clock.now(), mint, directory: emptyDirectory });
  const [directory] = await Promise.all([known.directory(client), loadAll(client, loading, heads, batch)]);
  const before = await Promise.all(batch.map((one) => one.alongside?.before?.(client)));
  const draft: Draft = { ...loading, directory };
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

/** Loads round by round until nothing more is asked for; a key that stays absent is the input's own refusal. */
async function loadAll(client: pg.PoolClient, draft: Draft, heads: Heads, batch: readonly Waiting[]): Promise<void> {
  let asked = "";
  for (let round = 0; round < loadRoundsMax; round++) {
    const keys = batch.flatMap((one) => needs(draft, one.input));
    if (keys.length === 0) return;
    const print = `${keys.length}/${JSON.stringify(keys[0])}/${JSON.stringify(keys.at(-1))}`;
    if (print === asked) return;
    asked = print;
    await loadStates(client, draft, heads, keys);
  }
}
