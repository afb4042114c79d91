/** The words by which incidents are found, written with the facts that hold them. What is found was folded here; who asks
 *  folds the question the same way. */
import type { Case } from "../../core/desk/draft.ts";
import type { Title } from "../../core/incidents/events.ts";
import { changesSearch, writtenIn } from "../../core/incidents/search-text.ts";
import { fingerprintOf, foldedMax, wordsOf } from "../../core/kernel/words.ts";
import { labels } from "../../languages/labels.ts";
import { createMessages } from "../../languages/messages.ts";
import type { Late } from "../platform/database.ts";

const said = [createMessages("fr", labels), createMessages("en", labels)];

/** Different words of one incident, in both languages: beyond, its record is for reading, not for searching. */
const lexemesMax = 4_000;
const titleMax = 300;

const upsertSearch = `insert into incident_search (incident_id, service_id, title, fingerprint, is_open, reported_at, ended_at, document)
select u.id, u.service_id, u.title, u.fingerprint, u.is_open, u.reported_at, case when u.is_open then null else u.at end, search_document(u.words)
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[], $7::timestamptz[], $8::text[])
  as u(id, service_id, title, fingerprint, is_open, reported_at, at, words)
on conflict (incident_id) do update set service_id = excluded.service_id, title = excluded.title, fingerprint = excluded.fingerprint,
  is_open = excluded.is_open, ended_at = case when excluded.is_open then null else coalesce(incident_search.ended_at, excluded.ended_at) end,
  document = case when length(incident_search.document) < ${lexemesMax} then incident_search.document || excluded.document else incident_search.document end`;

/** Most updates of an incident say nothing new: they write nothing here. */
export function writeSearch(write: Late, touched: readonly Case[]): void {
  const changed = touched.filter((on) => on.appended.some(changesSearch));
  if (changed.length === 0) return;
  const iso = (at: number): string => new Date(at).toISOString();
  write({
    name: "upsert-incident-search",
    text: upsertSearch,
    values: [
      changed.map((on) => on.id),
      changed.map(({ incident }) => incident.service),
      changed.map(({ incident }) => wordsOf(titlesOf(incident.title)).join(" ").slice(0, titleMax)),
      changed.map(({ incident }) => fingerprintOf(titlesOf(incident.title))),
      changed.map(({ incident }) => incident.ended === null),
      changed.map(({ incident }) => iso(incident.milestones.reported ?? incident.updatedAt)),
      changed.map(({ incident }) => iso(incident.updatedAt)),
      changed.map(searchedWords),
    ],
  });
}

/** A coded title is found by the words of either language. */
const titlesOf = (title: Title): string =>
  "text" in title ? title.text : said.map(({ t }) => t("title.storm", title.values)).join(" ");

function searchedWords({ appended, incident }: Case): string {
  const retitled = appended.some(({ type }) => type === "incident.reported" || type === "incident.retitled");
  const texts = [...(retitled ? [titlesOf(incident.title)] : []), ...appended.flatMap(writtenIn)];
  return wordsOf(texts.join("\n")).join(" ").slice(0, foldedMax);
}
