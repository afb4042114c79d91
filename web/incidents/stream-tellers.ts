/** What entries about workstreams, links and splits say beyond their own words. */
import type { Teller } from "./entry-words.ts";

const when: Teller = (data, { words }) => ({
  due: typeof data.due === "string" ? words.moment(data.due) : null,
});
const from = (data: Readonly<Record<string, unknown>>) => (data.from as { name?: string } | null)?.name ?? "";

/** Before the hyphen: `caused-by` is said by `caused`. */
const linked: Teller = (data) => ({ kind: String(data.kind).split("-")[0] ?? null, number: String(data.number) });

export const streamTellers: Readonly<Record<string, Teller>> = {
  "workstream.opened": (data, tools) => ({
    ...when(data, tools),
    team: typeof data.team === "string" ? (tools.names(data.team) ?? null) : null,
  }),
  "workstream.offered": (data, { words }) => ({ until: words.phrase("until", String(data.until)), from: from(data) }),
  "workstream.handed-over": (data) => ({ from: from(data) }),
  "workstream.updated": (data, tools) => ({
    ...when(data, tools),
    on: typeof data.on === "number" ? data.on : null,
  }),
  "incident.linked": linked,
  "incident.unlinked": linked,
  "incident.split": (data) => ({
    number: String(data.intoNumber),
    workstream: typeof data.workstream === "number" ? data.workstream : null,
  }),
  "incident.split-off": (data) => ({
    number: String(data.fromNumber),
    workstream: typeof data.workstream === "string" ? data.workstream : null,
  }),
  "workstream.stale": (data, { names }) => ({
    told: typeof data.told === "string" ? (names(data.told) ?? null) : null,
  }),
};
