/** A trial event in the words of each kind of source: what a sender of that kind would post, clearly a trial, and never
 *  critical. The browser posts it to the door itself while it has the key; the server, which has none, hands it to the very
 *  translation that is behind the door. */
export const trialKinds = ["pagerduty", "opsgenie", "alertmanager", "generic"] as const;
export type TrialKind = (typeof trialKinds)[number];

export type Trial = {
  /** Told again to end it: an alert is known by its key. */
  readonly key: string;
  readonly title: string;
  /** RFC 3339. */
  readonly at: string;
  readonly ends: boolean;
};

export const isTrialKind = (kind: string): kind is TrialKind => trialKinds.some((one) => one === kind);

/** Null where a kind ends an alert without a body: the address says it all. */
export function trialBody(kind: TrialKind, { key, title, at, ends }: Trial): object | null {
  switch (kind) {
    case "pagerduty":
      return {
        event_action: ends ? "resolve" : "trigger",
        dedup_key: key,
        payload: { summary: title, source: "tocsin", severity: "warning" },
      };
    case "opsgenie":
      return ends ? null : { message: title, alias: key, priority: "P4", source: "tocsin" };
    case "alertmanager": {
      /* The title stays out of the labels: by them the end of an alert is matched to it. */
      const labels = { alertname: "TocsinTrial", trial: key, severity: "warning" };
      const status = ends ? "resolved" : "firing";
      const alert = { status, labels, annotations: { summary: title }, startsAt: at, ...(ends && { endsAt: at }) };
      const group = { groupKey: key, groupLabels: labels, commonLabels: labels, receiver: "tocsin" };
      return { version: "4", status, ...group, alerts: [alert] };
    }
    case "generic":
      return { title, key, status: ends ? "resolved" : "firing", severity: "warning", source: "tocsin" };
  }
}
