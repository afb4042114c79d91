/** What waits for the committer, by whoever sent it. Each sender has its turn, one input at a time, so that a flood from
 *  one integration delays its own events and nobody else's; within a sender, first come first served. */

export type FairQueue<T> = {
  /** False: too much waits already, of this sender or of all. */
  readonly push: (sender: string, one: T) => boolean;
  /** Takes at most `count` inputs and `weight` in all, and always at least one. */
  readonly take: (max: { readonly count: number; readonly weight: number }) => T[];
  readonly size: () => number;
};

export type FairLimits<T> = {
  readonly all: number;
  readonly each: number;
  readonly weightOf: (one: T) => number;
};

export function createFairQueue<T>({ all, each, weightOf }: FairLimits<T>): FairQueue<T> {
  /* In the order of their turns: a Map keeps the order in which keys were added. */
  const senders = new Map<string, T[]>();
  let size = 0;
  return {
    push: (sender, one) => {
      const own = senders.get(sender);
      if (size >= all || (own?.length ?? 0) >= each) return false;
      if (own) own.push(one);
      else senders.set(sender, [one]);
      size++;
      return true;
    },
    take: (max) => {
      const taken: T[] = [];
      let weight = 0;
      for (const [sender, own] of senders) {
        const [first] = own;
        if (first === undefined) continue;
        weight += weightOf(first);
        if (taken.length > 0 && (taken.length >= max.count || weight > max.weight)) break;
        taken.push(first);
        own.shift();
        /* Added again, it comes last, and this very loop reaches it when all others had their turn. */
        senders.delete(sender);
        if (own.length > 0) senders.set(sender, own);
      }
      size -= taken.length;
      return taken;
    },
    size: () => size,
  };
}
