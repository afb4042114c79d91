/** Named queries of the panel that records, and the services that this person reports most lately. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { z } from "zod";
import { listTemplates, proposeIncident } from "#contract/recording.ts";
import { call } from "../client.ts";
import { readRecentServices, writeRecentServices } from "../ui/preferences.ts";

type Written = z.input<typeof proposeIncident.body>;

const freshMs = 30_000;

export const proposalsQuery = (written: Written) =>
  queryOptions({
    queryKey: ["proposals", written],
    queryFn: ({ signal }) => call(proposeIncident, { body: written, signal }),
    placeholderData: keepPreviousData,
    staleTime: freshMs,
    gcTime: freshMs,
    /* The next letter asks again. */
    retry: false,
  });

const seldomMs = 5 * 60_000;

export const templatesQuery = () =>
  queryOptions({
    queryKey: ["templates"],
    queryFn: ({ signal }) => call(listTemplates, { signal }),
    staleTime: seldomMs,
  });

/** Long enough for a word, short enough to be there when the eye comes down. */
const pauseMs = 250;

/** The value once it has not changed for a while; compared by what it says. */
export function usePaused<T>(value: T): T {
  const [paused, setPaused] = useState(value);
  const said = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(JSON.parse(said) as T), pauseMs);
    return () => clearTimeout(timer);
  }, [said]);
  return paused;
}

const recentMax = 5;

/** Latest first; in this browser only, and for each of those who use it. */
export function rememberService(person: string, service: string): void {
  const others = readRecentServices(person).filter((one) => one !== service);
  writeRecentServices(person, [service, ...others].slice(0, recentMax));
}
