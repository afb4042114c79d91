/** A workstream as the API shows it. */
import type { WorkstreamView } from "../../contract/shapes.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { Workstream } from "../../core/incidents/workstreams.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";

const isoOr = (at: Instant | null | undefined): string | null => (at === null || at === undefined ? null : toIso(at));
const saidOf = (said: Workstream["news"]) => (said ? { ...said, at: toIso(said.at) } : null);

export function streamView(one: Workstream, { teams }: Pick<Directory, "teams">): WorkstreamView {
  const { number, title, purpose, lead, offer, team, due, at, status, waits, news, heardAt, staleAt, left } = one;
  const known = teams.get(team ?? "");
  return {
    ...{ number, title, purpose, lead, status },
    offer: offer ? { to: offer.to, by: offer.by.name, at: toIso(offer.at), until: toIso(offer.until) } : null,
    team: known ? { id: known.id, name: known.name } : null,
    due: isoOr(due),
    at: toIso(at),
    waits: waits ?? null,
    news: saidOf(news),
    heardAt: toIso(heardAt),
    staleAt: isoOr(staleAt),
    /* The title it has elsewhere is that one’s to show. */
    left: left && status === "split" ? { ...left, at: toIso(left.at), text: "" } : saidOf(left),
  };
}
