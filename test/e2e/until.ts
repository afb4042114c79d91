/** Waiting by condition: nothing in these stories depends on how long anything takes. */
import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 30_000;
const pauseMs = 50;

/** What the condition gave once it was not false. */
export async function until<T>(
  what: string,
  condition: () => Promise<T | false>,
  waitMs: number = patienceMs,
): Promise<T> {
  const end = performance.now() + waitMs;
  for (;;) {
    const found = await condition();
    if (found !== false) return found;
    if (performance.now() > end) throw new Error(`it never came to be that ${what}`);
    await sleep(pauseMs);
  }
}
