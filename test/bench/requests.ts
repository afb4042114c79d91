/** The requests that are sent, as bytes, with their places for numbers. Sizes are those of real senders: an event of
 *  about 650 bytes, an Alertmanager body of 100 alerts. */
import type { Template } from "./load.ts";

const width = 9;
const mark = "#########";

type Asked = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly items?: number;
};

export function template({ method, path, token, body, items }: Asked): Template {
  const payload = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
  const head = [
    `${method} ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ["Content-Type: application/json", `Content-Length: ${payload.length}`]),
  ];
  const bytes = Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), payload]);
  const holes: number[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + width)) holes.push(at);
  return { bytes, holes, width, items: items ?? 1 };
}

/** One hole: the key. The text beside it stays the same, as it does in a flood. */
export const singleEvent = (key: string, named: string): Template =>
  template({
    method: "POST",
    path: "/v2/enqueue",
    body: {
      routing_key: key,
      event_action: "trigger",
      dedup_key: `${named}-${mark}`,
      payload: {
        summary: "Disk usage above 90 % on /var/lib/postgresql, growing 2 % an hour",
        source: "db-17.internal.example.org",
        severity: "critical",
        timestamp: "2026-10-15T07:41:00.000Z",
        component: "postgresql",
        group: "storage",
        class: "disk",
        custom_details: {
          mount: "/var/lib/postgresql",
          used_percent: 91.4,
          free_bytes: 18_253_611_008,
          runbook: "https://runbooks.example.org/disk-usage",
          region: "ca-central-1",
          host_group: "databases",
        },
      },
      client: "monitoring",
      client_url: "https://monitoring.example.org/alerts/17",
      links: [{ href: "https://monitoring.example.org/graph/17", text: "Graph of the last day" }],
    },
  });

/** A body is one group: `group` says whether it is the same one again or one of its own. */
export const alertGroup = (key: string, group: "same" | "own", alerts: number): Template =>
  template({
    method: "POST",
    path: `/alertmanager/${key}/webhook`,
    items: alerts,
    body: {
      version: "4",
      groupKey: `{}:{alertname="InstanceDown"${group === "own" ? `,number="${mark}"` : ""}}`,
      truncatedAlerts: 0,
      status: "firing",
      receiver: "tocsin",
      groupLabels: { alertname: "InstanceDown" },
      commonLabels: { alertname: "InstanceDown", severity: "critical" },
      commonAnnotations: {},
      externalURL: "https://alertmanager.example.org",
      alerts: Array.from({ length: alerts }, () => ({
        status: "firing",
        labels: {
          alertname: "InstanceDown",
          instance: "10.4.17.31:9100",
          job: "node",
          severity: "critical",
          region: "ca-central-1",
        },
        annotations: {
          summary: "Instance 10.4.17.31:9100 has been down for more than 5 minutes",
          runbook_url: "https://runbooks.example.org/instance-down",
        },
        startsAt: "2026-10-15T07:41:00.000Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "https://prometheus.example.org/graph?g0.expr=up+%3D%3D+0",
        fingerprint: `${group}-${mark}`,
      })),
    },
  });

/** One of Prometheus's batches, always the same: `batch` tells it from the others. Sent again, it changes nothing. */
export const pushedBatch = (key: string, batch: number, alerts: number, until: Date): Template =>
  template({
    method: "POST",
    path: "/api/v2/alerts",
    token: key,
    items: alerts,
    body: Array.from({ length: alerts }, (_, n) => ({
      annotations: {
        summary: `Instance n${batch}-${n} has been down for more than 5 minutes`,
        runbook_url: "https://rb/1",
      },
      endsAt: until.toISOString(),
      startsAt: "2026-10-15T07:41:00.000Z",
      generatorURL: "https://prometheus.example.org/graph?g0.expr=up+%3D%3D+0&g0.tab=1",
      labels: {
        alertname: "InstanceDown",
        cluster: `c${batch}`,
        instance: `10.${batch}.17.${n}:9100`,
        job: "node",
        severity: "critical",
      },
    })),
  });

/** Its number comes back in the mail; a key is given to it. */
export const mailedEvent = (key: string): Template =>
  template({
    method: "POST",
    path: "/v2/enqueue",
    body: {
      routing_key: key,
      event_action: "trigger",
      payload: { summary: `Probe n${mark}n failed`, source: "probe-4.example.org", severity: "critical" },
    },
  });

export const newIncident = (token: string): Template =>
  template({
    method: "POST",
    path: "/api/v1/incidents",
    token,
    body: {
      title: `The booking page answers slowly, call ${mark}`,
      description: "Three callers since eight o'clock. Payments are accepted, confirmation takes about a minute.",
      impact: 2,
      urgency: 2,
    },
  });

export const board = (token: string): Template => template({ method: "GET", path: "/api/v1/board", token });

export const myWork = (token: string): Template => template({ method: "GET", path: "/api/v1/my-work", token });

export const proposal = (token: string, title: string): Template =>
  template({ method: "POST", path: "/api/v1/incidents/proposals", token, body: { title } });
