/** Named queries and acts about incidents. */
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { listAttachments } from "#contract/attachments.ts";
import { readIncidentChanges } from "#contract/changes.ts";
import { readIncidentClocks } from "#contract/clocks.ts";
import { commandBodies } from "#contract/command-bodies.ts";
import { readIncidentBrief, readWatch } from "#contract/coordination.ts";
import {
  listIncidents,
  readIncident,
  readIncidentAlerts,
  readIncidentProcess,
  readTimeline,
} from "#contract/incidents.ts";
import { readKnownErrors } from "#contract/known-errors.ts";
import { readSimilar } from "#contract/recording.ts";
import { type IncidentView, incident } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { call } from "../client.ts";
import { boardKey, readBoardAgain } from "./open-incidents.ts";
import { settle } from "./settling.ts";

/** The stream says what changed; this is for when the stream itself is silent. */
const withoutStreamMs = 60_000;

export const boardQuery = () =>
  queryOptions({
    queryKey: boardKey,
    queryFn: ({ signal, client }) => readBoardAgain(client, signal),
    /* A long board costs more to read again, and is read less often. */
    refetchInterval: ({ state }) => withoutStreamMs * Math.max(1, Math.ceil((state.data?.data.length ?? 0) / 400)),
  });

export const endedQuery = (text: string) =>
  queryOptions({
    queryKey: ["ended", text],
    queryFn: ({ signal }) =>
      call(listIncidents, { query: { open: "false", limit: 50, ...(text ? { q: text } : {}) }, signal }),
  });

const fewMax = 8;

/** A few that answer to these words, open or not, newest first. */
export const foundQuery = (text: string) =>
  queryOptions({
    queryKey: ["found", text],
    queryFn: ({ signal }) => call(listIncidents, { query: { q: text, limit: fewMax }, signal }),
    placeholderData: keepPreviousData,
  });

export const incidentQuery = (number: string) =>
  queryOptions({
    queryKey: ["incident", number],
    queryFn: ({ signal }) => call(readIncident, { params: { id: number }, signal }),
    refetchInterval: withoutStreamMs,
  });

const entriesAtOnce = 1_000;
/** Beyond this the record is for the export, not for a screen. */
const entriesMax = 10_000;

export const timelineQuery = (number: string) =>
  queryOptions({ queryKey: ["timeline", number], queryFn: ({ signal }) => readEntries(number, signal) });

async function readEntries(number: string, signal: AbortSignal): Promise<{ data: TimelineEntry[] }> {
  const data: TimelineEntry[] = [];
  while (data.length < entriesMax) {
    const query = { limit: entriesAtOnce, after: data.at(-1)?.seq ?? 0 };
    const part = await call(readTimeline, { params: { id: number }, query, signal });
    data.push(...part.data);
    if (part.data.length < entriesAtOnce) break;
  }
  return { data };
}

/** What its categories ask of it, and how far that is. */
export const processQuery = (number: string) =>
  queryOptions({
    queryKey: ["process", number],
    queryFn: ({ signal }) => call(readIncidentProcess, { params: { id: number }, signal }),
  });

/** Of a role, what it asks of whoever holds it. */
export function useDuties(view: IncidentView): (role: string) => string | undefined {
  const { data } = useQuery({ ...processQuery(view.number), enabled: view.asks.roles.length > 0 });
  return (role) => data?.roles.find(({ id }) => id === role)?.duty;
}

/** `seq`: asked anew once anything more is known. */
export const briefQuery = (number: string, seq: number) =>
  queryOptions({
    queryKey: ["brief", number, seq],
    queryFn: ({ signal }) => call(readIncidentBrief, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
  });

/** Silence grows while nothing happens: asked again, also when nothing is told. */
const watchMs = 20_000;

export const watchQuery = () =>
  queryOptions({
    queryKey: ["watch"],
    queryFn: ({ signal }) => call(readWatch, { query: {}, signal }),
    refetchInterval: watchMs,
  });

/** Targets as clocks: read again with whatever moves them, since the key says how far the record is. */
export const clocksQuery = ({ number, seq }: Pick<IncidentView, "number" | "seq">) =>
  queryOptions({
    queryKey: ["clocks", number, seq],
    queryFn: ({ signal }) => call(readIncidentClocks, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: withoutStreamMs,
  });

/** Asked again when its title or its service is another. */
export const similarQuery = ({ number, title, service }: Pick<IncidentView, "number" | "title" | "service">) =>
  queryOptions({
    queryKey: ["similar", number, title, service?.id ?? null],
    queryFn: ({ signal }) => call(readSimilar, { params: { id: number }, signal }),
    staleTime: 5 * 60_000,
  });

/** Asked again with each change of it. */
export const knownErrorsOfQuery = ({ number, updatedAt }: Pick<IncidentView, "number" | "updatedAt">) =>
  queryOptions({
    queryKey: ["known-errors-of", number, updatedAt],
    queryFn: ({ signal }) => call(readKnownErrors, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
  });

export const alertsQuery = (number: string) =>
  queryOptions({
    queryKey: ["alerts", number],
    queryFn: ({ signal }) => call(readIncidentAlerts, { params: { id: number }, query: { limit: 20 }, signal }),
  });

export const changesShown = 10;

export const changesQuery = (number: string) =>
  queryOptions({
    queryKey: ["changes", number],
    queryFn: ({ signal }) =>
      call(readIncidentChanges, { params: { id: number }, query: { limit: changesShown }, signal }),
    /* They come from outside the record, so the stream says nothing of them. */
    refetchInterval: withoutStreamMs,
  });

export const attachmentsQuery = (number: string) =>
  queryOptions({
    queryKey: ["attachments", number],
    queryFn: ({ signal }) => call(listAttachments, { params: { id: number }, signal }),
  });

export type CommandBody<Name extends IncidentCommandName = IncidentCommandName> = z.input<(typeof commandBodies)[Name]>;

export const commandAddress = (number: string, name: IncidentCommandName): string =>
  `/api/v1/incidents/${number}/${name}`;

export function command(
  view: Pick<IncidentView, "id">,
  name: IncidentCommandName,
  body: unknown,
): Promise<IncidentView> {
  const endpoint = {
    id: name,
    method: "POST",
    path: `/api/v1/incidents/:id/${name}`,
    tag: "commands",
    access: "member",
    params: readIncident.params,
    body: commandBodies[name],
    success: 200,
    output: incident,
    refusals: [],
  } as const;
  return call(endpoint, { params: { id: view.id }, body: body as never });
}

/** `onDone`: once, with what was known before. */
export function useCommand(
  view: IncidentView,
  onDone?: (name: IncidentCommandName, before: IncidentView, after: IncidentView) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, body }: { name: IncidentCommandName; body: unknown }) => command(view, name, body),
    onMutate: () => ({ before: view }),
    onSuccess: (after, { name }, { before }) => {
      settle(client, after);
      onDone?.(name, before, after);
    },
  });
}
