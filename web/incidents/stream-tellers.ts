/** What entries about workstreams, links and splits say beyond their own words. */
import type { Teller } from "./entry-words.ts";

const when: Teller = (data, { words }) => ({
  due: typeof data.due === "string" ? words.moment(data.due) : null,
});
const from = (data: Readonly<Record<string, unknown>>) => (data.from as { name?: string } | null)?.name ?? "";

export const streamTellers: Readonly<Record<string, Teller>> = {
  "workstream.opened": (data, tools) => ({
    ...when(data, tools),
    team: typeof data.team === "string" ? (tools.names(data.team) ?? null) : null,
  }),
  "workstream.offered": (data, { words }) => ({ until: words.moment(String(data.until)), from: from(data) }),
  "workstream.handed-over": (data) => ({ from: from(data) }),
  "workstream.updated": (data, tools) => ({
    ...when(data, tools),
    on: typeof data.on === "number" ? data.on : null,
  }),
  "workstream.stale": (data, { names }) => ({
    told: typeof data.told === "string" ? (names(data.told) ?? null) : null,
  }),
};
