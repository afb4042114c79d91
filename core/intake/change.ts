/** A change that somebody made, told by whatever made it (PagerDuty's change events): no alert and no page, a line beside the
 *  incidents of its service. */
import type { Instant, Json } from "../kernel/vocabulary.ts";
import { type Fields, field, isFields, momentOf, wordOf } from "./fields.ts";
import { cleanJson, cleanText, cleanTitle } from "./text.ts";

export type Link = { readonly href: string; readonly text: string | null };
export type Change = {
  readonly summary: string;
  readonly source: string | null;
  /** When it was made, according to the sender. */
  readonly at: Instant | null;
  readonly links: readonly Link[];
  readonly details: Json;
};

export type ParsedChange =
  | { readonly ok: true; readonly change: Change; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly errors: readonly string[] };

const maxLinks = 20;
const maxAddress = 2_000;

export function parseChangeEvent(body: unknown): ParsedChange {
  const payload = isFields(body) ? field(body, "payload") : undefined;
  if (!isFields(body) || !isFields(payload)) return { ok: false, errors: ["'payload' is missing or not an object"] };
  const summary = cleanTitle(wordOf(field(payload, "summary")) ?? "");
  if (summary.text === "") return { ok: false, errors: ["'summary' is missing or blank"] };
  const made = momentOf(field(payload, "timestamp"), "timestamp");
  const warnings = made.warning === null ? [] : [made.warning];
  const custom = field(payload, "custom_details");
  const details = cleanJson({
    ...(custom === undefined || custom === null || isFields(custom) ? custom : { custom }),
    ...(summary.cut && { summary: field(payload, "summary") }),
  });
  if (details.truncated) warnings.push("the details are too large: truncated");
  const source = wordOf(field(payload, "source"));
  return {
    ok: true,
    warnings,
    change: {
      summary: summary.text,
      source: source === null ? null : cleanTitle(source).text,
      at: made.at,
      links: linksOf(body),
      details: details.value,
    },
  };
}

/** Only addresses that a browser may follow: what is shown as a link must not be a script. */
function linksOf(body: Fields): Link[] {
  const links = field(body, "links");
  if (!Array.isArray(links)) return [];
  return links.slice(0, maxLinks).flatMap((one) => {
    const href = isFields(one) ? field(one, "href") : undefined;
    if (typeof href !== "string" || href.length > maxAddress || !/^https?:\/\/[^\s]+$/i.test(href)) return [];
    const text = isFields(one) ? wordOf(field(one, "text")) : null;
    return [{ href: cleanText(href).text, text: text === null ? null : cleanTitle(text).text }];
  });
}
