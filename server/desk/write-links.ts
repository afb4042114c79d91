/** What each record says of others, as their pages find it. Nothing is written where nothing was linked. */
import type { Case } from "../../core/desk/draft.ts";
import { isOfLinkage } from "../../core/incidents/links.ts";
import type { Late } from "../platform/database.ts";

export function writeLinks(write: Late, touched: readonly Case[]): void {
  for (const { id, incident, appended } of touched) {
    if (incident.links === undefined || !appended.some(isOfLinkage)) continue;
    const links = incident.links;
    write({
      name: "forget-links",
      text: "delete from incident_links where incident_id = $1 and not (other_id = any($2::uuid[]))",
      values: [id, links.map((one) => one.incident)],
    });
    if (links.length === 0) continue;
    write({
      name: "write-links",
      text: `insert into incident_links (incident_id, other_id, kind, workstream, at, by_name, reason)
select $1, * from unnest($2::uuid[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[])
on conflict (incident_id, other_id) do update set kind = excluded.kind, workstream = excluded.workstream, at = excluded.at, by_name = excluded.by_name, reason = excluded.reason`,
      values: [
        id,
        links.map((one) => one.incident),
        links.map((one) => one.kind),
        links.map((one) => one.workstream ?? null),
        links.map((one) => one.at),
        links.map((one) => one.by),
        links.map((one) => one.reason),
      ],
    });
  }
}
