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

export type WhatIfState = {
  readonly status: "idle" | "running" | "stopped" | "done" | "failed";
  readonly seen: number;
  readonly all: number;
  readonly replay: Replay;
  readonly error: unknown;
  /** What it was run with, to say when that is no longer what the form holds. */
  readonly asked: string;
};

const idle: WhatIfState = { status: "idle", seen: 0, all: 0, replay: emptyPart, error: null, asked: "" };

export function useWhatIf() {
  const [state, setState] = useState(idle);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (change: Change): Promise<WhatIfState | null> => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    let now: WhatIfState = { ...idle, status: "running", asked: JSON.stringify(change) };
    const put = (part: Partial<WhatIfState>): WhatIfState => {
      now = { ...now, ...part };
      if (running.current === mine) setState(now);
      return now;
    };
    put({});
    try {
      for (let cursor: string | null = ""; cursor !== null; ) {
        const body = { change, ...(cursor && { cursor }) };
        const part: Part = await call(replayPages, { body, signal: mine.signal });
        put({ seen: now.seen + part.seen, all: part.incidents, replay: addParts<Difference>(part, now.replay) });
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
