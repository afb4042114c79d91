/** Who was called, person by person: one line for each step, however many contact points took part. */
import type { Instant } from "../kernel/vocabulary.ts";
import type { PageRequested } from "./events.ts";

export type PageStatus = "requested" | "sent" | "failed" | "expired" | "withdrawn";
export type Page = PageRequested & { readonly status: PageStatus; readonly requestedAt: Instant };

/** What matters most first: one that left outweighs one that failed. */
const weight: readonly PageStatus[] = ["sent", "requested", "withdrawn", "failed", "expired"];

export function calledPeople(pages: readonly Page[]): Page[] {
  const called = new Map<string, Page>();
  for (const page of pages) {
    const key = `${page.run}.${page.cycle}.${page.step}/${page.personId}`;
    const known = called.get(key);
    if (!known) called.set(key, page);
    else if (weight.indexOf(page.status) < weight.indexOf(known.status))
      called.set(key, { ...known, status: page.status });
  }
  return [...called.values()];
}
