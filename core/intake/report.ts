/** What a person says is wrong, through the API or the public form: the least possible is required, because whoever
 *  writes it is busy with the trouble itself. */
import type { Language } from "../kernel/vocabulary.ts";
import { field, isFields } from "./fields.ts";
import { cleanText, cleanTitle } from "./text.ts";

export const reportLimits = { title: 200, description: 10_000, service: 200, contact: 200, name: 200 } as const;

export type Report = {
  readonly title: string;
  readonly description: string;
  readonly language: Language;
  /** A service's id or name, as given. */
  readonly service: string | null;
  /** E-mail or phone, as given. */
  readonly contact: string | null;
  readonly name: string | null;
};

export type ReportProblem = {
  readonly field: keyof Report | "body";
  readonly code: "required" | "not-text" | "too-long" | "unknown";
};

/** `language` is that of the page or the request, used when the report does not say. */
export function parseReport(
  body: unknown,
  defaults: { readonly language: Language },
):
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly problems: readonly ReportProblem[] } {
  if (!isFields(body)) return { ok: false, problems: [{ field: "body", code: "required" }] };
  const problems: ReportProblem[] = [];
  const read = (name: keyof typeof reportLimits): string => {
    const value = field(body, name);
    if (value === undefined || value === null) return "";
    if (typeof value !== "string") {
      problems.push({ field: name, code: "not-text" });
      return "";
    }
    const { text, cut } = name === "description" ? cleanDescription(value) : cleanTitle(value, reportLimits[name]);
    if (cut) problems.push({ field: name, code: "too-long" });
    return text;
  };
  const title = read("title");
  if (title === "" && problems.length === 0) problems.push({ field: "title", code: "required" });
  const language = field(body, "language") ?? defaults.language;
  if (language !== "fr" && language !== "en") problems.push({ field: "language", code: "unknown" });
  const report: Report = {
    title,
    description: read("description"),
    language: language === "fr" ? "fr" : "en",
    service: read("service") || null,
    contact: read("contact") || null,
    name: read("name") || null,
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, report };
}

function cleanDescription(raw: string): { readonly text: string; readonly cut: boolean } {
  return cleanText(raw.trim(), reportLimits.description);
}
