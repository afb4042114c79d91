/** Runs a replay part by part: what is known so far is shown, and it stops when nobody looks any more. */
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { replayPages, type replayPart } from "#contract/reach.ts";
import { addParts, emptyPart, type Sums } from "#core/drills/replay-parts.ts";
import { call } from "../client.ts";

type Part = z.output<typeof replayPart>;
export type Difference = Part["differences"][number];
export type Replay = Sums<Difference>;
export type Change = z.input<typeof replayPages.body>["change"];

export type Told = { readonly seen: number; readonly incidents: number; readonly next: string | null };

/** How a part is asked for, and how parts add up. */
export type How<Change, Found, Answer extends Told> = {
  readonly ask: (change: Change, cursor: string | undefined, signal: AbortSignal) => Promise<Answer>;
  readonly add: (part: Answer, found: Found) => Found;
  readonly empty: Found;
};

export type WhatIfState<Found> = {
  readonly status: "idle" | "running" | "stopped" | "done" | "failed";
  readonly seen: number;
  readonly all: number;
  readonly replay: Found;
  readonly error: unknown;
  /** What it was run with, to say when that is no longer what the form holds. */
  readonly asked: string;
};

export const pages: How<Change, Replay, Part> = {
  ask: (change, cursor, signal) => call(replayPages, { body: { change, ...(cursor && { cursor }) }, signal }),
  add: (part, found) => addParts<Difference>(part, found),
  empty: emptyPart,
};

export function useWhatIf<Change, Found, Answer extends Told>({ ask, add, empty }: How<Change, Found, Answer>) {
  const idle: WhatIfState<Found> = { status: "idle", seen: 0, all: 0, replay: empty, error: null, asked: "" };
  const [state, setState] = useState(idle);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (change: Change): Promise<WhatIfState<Found> | null> => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    let now: WhatIfState<Found> = { ...idle, status: "running", asked: JSON.stringify(change) };
    const put = (part: Partial<WhatIfState<Found>>): WhatIfState<Found> => {
      now = { ...now, ...part };
      if (running.current === mine) setState(now);
      return now;
    };
    put({});
    try {
      for (let cursor: string | null = ""; cursor !== null; ) {
        const part: Answer = await ask(change, cursor || undefined, mine.signal);
        put({ seen: now.seen + part.seen, all: part.incidents, replay: add(part, now.replay) });
        cursor = part.next;
      }
      return put({ status: "done" });
    } catch (error) {
      if (!mine.signal.aborted) put({ status: "failed", error });
      return null;
    }
  };
  const stop = () => {
    running.current?.abort();
    setState((old) => ({ ...old, status: "stopped" }));
  };
  return { state, run, stop };
}
