/** Many stories at once in one virtual time: each tells when it goes on, and the earliest goes first. */
import type { World } from "../core/drills/world.ts";
import { minuteMs } from "../core/kernel/time.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";

/** Gives the instant at which it wants to go on. */
export type Thread = Generator<Instant, void, void>;

type Waiting = { readonly at: Instant; readonly order: number; readonly thread: Thread };

/** Until that instant; what would go on later is left where it is. */
export function runThreads(world: World, threads: readonly Thread[], until: Instant): void {
  const waiting: Waiting[] = [];
  let order = 0;
  const goOn = (thread: Thread): void => {
    const { done, value } = thread.next();
    if (!done && value <= until) insert(waiting, { at: value, order: order++, thread });
  };
  for (const thread of threads) goOn(thread);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    advanceTo(world, next.at);
    goOn(next.thread);
  }
  advanceTo(world, until);
}

function advanceTo(world: World, at: Instant): void {
  if (at > world.now()) world.advance((at - world.now()) / minuteMs);
}

/** Kept with the earliest last. */
function insert(waiting: Waiting[], one: Waiting): void {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = waiting[middle];
    if (other && (other.at > one.at || (other.at === one.at && other.order > one.order))) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, one);
}
