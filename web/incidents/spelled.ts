/** An incident as what the next tool wants: a link, Markdown, an API call, a command. */
import type { IncidentView } from "#contract/shapes.ts";

export const copyForms = ["link", "markdown", "api", "cli"] as const;
export type CopyForm = (typeof copyForms)[number];

export function spelled(view: IncidentView, form: CopyForm, stage: string): string {
  const address = `${location.origin}/incidents/${view.number}`;
  switch (form) {
    case "markdown":
      return `[${view.number} ${view.title.replaceAll("]", "\\]")}](${address}) · ${stage}`;
    case "api":
      return `curl ${location.origin}/api/v1/incidents/${view.number} -H "Authorization: Bearer $TOCSIN_TOKEN"`;
    case "cli":
      return `npm run --silent tocsin -- incident show ${view.number}`;
    default:
      return address;
  }
}
