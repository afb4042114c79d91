/** A clock between two answers of the server: what has run goes on where its calendar and its pauses let it. */
import type { ClockView } from "#contract/clocks.ts";
import { clip, lengthOf } from "#core/kernel/spans.ts";

export type LiveClock = {
  readonly status: ClockView["status"];
  readonly leftMs: number;
  readonly percent: number;
};

const instant = (text: string): number => Date.parse(text);

/** `asked`: when the server answered. */
export function clockAt(clock: ClockView, asked: string, at: number): LiveClock {
  const counts = clock.counts.map(({ from, until }) => ({ from: instant(from), until: instant(until) }));
  const since = lengthOf(clip(counts, { from: instant(asked), until: Math.max(instant(asked), at) }));
  const targetMs = clock.elapsedMs + clock.leftMs;
  const leftMs = clock.leftMs - since;
  return {
    leftMs,
    percent: Math.floor(((targetMs - leftMs) / targetMs) * 100),
    status: statusAt(clock, at),
  };
}

function statusAt(clock: ClockView, at: number): ClockView["status"] {
  const { status, dueAt, paused, opensAt } = clock;
  if (status !== "running" && status !== "paused" && status !== "closed") return status;
  if (dueAt !== null && instant(dueAt) <= at) return "missed";
  if (paused !== null && at < instant(paused.until)) return "paused";
  if (status === "closed" && opensAt !== null && at < instant(opensAt)) return "closed";
  return clock.counts.some(({ from, until }) => instant(from) <= at && at < instant(until)) ? "running" : "closed";
}

export const stillRuns = ({ status }: Pick<ClockView, "status">): boolean =>
  status === "running" || status === "paused" || status === "closed" || status === "missed";
