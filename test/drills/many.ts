/** Many seeds at once, on as many threads as there are processors: a seed needs no other. */
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { drill } from "../../core/drills/drill.ts";
import { drawSteps } from "../../core/drills/scenario.ts";

export type Counted = {
  readonly failed: readonly number[];
  readonly incidents: number;
  readonly entries: number;
  readonly sent: number;
  readonly crashes: number;
};

type Share = { readonly first: number; readonly end: number; readonly every: number; readonly steps: number };

export async function drillMany(first: number, count: number, steps: number): Promise<Counted> {
  const threads = Math.min(count, availableParallelism());
  const shares = Array.from({ length: threads }, (_, index) =>
    inThread({ first: first + index, end: first + count, every: threads, steps }),
  );
  const all = await Promise.all(shares);
  const sum = (what: "incidents" | "entries" | "sent" | "crashes") => all.reduce((total, one) => total + one[what], 0);
  return {
    failed: all.flatMap(({ failed }) => failed).toSorted((a, b) => a - b),
    incidents: sum("incidents"),
    entries: sum("entries"),
    sent: sum("sent"),
    crashes: sum("crashes"),
  };
}

function inThread(share: Share): Promise<Counted> {
  return new Promise((done, failed) => {
    const worker = new Worker(import.meta.filename, { workerData: share });
    worker.once("message", done);
    worker.once("error", failed);
  });
}

function drillShare({ first, end, every, steps }: Share): Counted {
  const failed: number[] = [];
  let [incidents, entries, sent, crashes] = [0, 0, 0, 0];
  for (let seed = first; seed < end; seed += every) {
    const { nodes, failure } = drill(seed, drawSteps(seed, steps));
    if (failure) failed.push(seed);
    incidents += nodes.memory.cases.size;
    for (const kept of nodes.memory.cases.values()) entries += kept.entries.length;
    sent += nodes.sendings.length;
    crashes += nodes.crashes;
  }
  return { failed, incidents, entries, sent, crashes };
}

if (!isMainThread) parentPort?.postMessage(drillShare(workerData as Share));
