/** What to paste where, for each sender of each kind. Tests send every one of them, as it is written here. */

export type On = {
  readonly origin: string;
  readonly key: string;
  /** Of the example, in the reader's language. */
  readonly title: string;
  readonly integration: string;
  readonly signature: { readonly header: string; readonly timestampHeader: string | null } | null;
};

export const senderNames = [
  "events-v2",
  "pdjs",
  "pd-alertmanager",
  "events-v1",
  "change",
  "alert-api",
  "opsgenie-sdk",
  "og-alertmanager",
  "og-webhook",
  "alertmanager",
  "prometheus",
  "grafana",
  "amtool",
  "curl",
  "mapping",
] as const;
export type SenderName = (typeof senderNames)[number];

export type Sender = {
  readonly name: SenderName;
  readonly address: (on: On) => string;
  readonly snippet: (on: On) => string;
};

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** One option a line, as people read and edit it. */
const curl = (address: string, body: unknown, ...options: readonly string[]): string =>
  [`curl ${address}`, ...options, '-H "Content-Type: application/json"', `-d '${json(body)}'`].join(" \\\n  ");

const hostOf = (origin: string): string => new URL(origin).host;
/** In YAML, whatever it holds. */
const quoted = (text: string): string => JSON.stringify(text);

const pagerduty: readonly Sender[] = [
  {
    name: "events-v2",
    address: ({ origin }) => `${origin}/v2/enqueue`,
    snippet: ({ origin, key, title }) =>
      curl(`${origin}/v2/enqueue`, {
        routing_key: key,
        event_action: "trigger",
        dedup_key: "db1-disk",
        payload: { summary: title, source: "db1", severity: "warning" },
      }),
  },
  {
    name: "pdjs",
    address: ({ origin }) => hostOf(origin),
    snippet: ({ origin, key, title }) => `import { event } from "@pagerduty/pdjs";

await event({
  server: ${quoted(hostOf(origin))},
  data: {
    routing_key: ${quoted(key)},
    event_action: "trigger",
    dedup_key: "db1-disk",
    payload: { summary: ${quoted(title)}, source: "db1", severity: "warning" },
  },
});`,
  },
  {
    name: "pd-alertmanager",
    address: ({ origin }) => `${origin}/v2/enqueue`,
    snippet: ({ origin, key }) => `receivers:
  - name: tocsin
    pagerduty_configs:
      - routing_key: ${key}
        url: ${origin}/v2/enqueue`,
  },
  {
    name: "events-v1",
    address: ({ origin }) => `${origin}/generic/2010-04-15/create_event.json`,
    snippet: ({ origin, key, title }) =>
      curl(`${origin}/generic/2010-04-15/create_event.json`, {
        service_key: key,
        event_type: "trigger",
        incident_key: "db1-disk",
        description: title,
        client: "db1",
      }),
  },
  {
    name: "change",
    address: ({ origin }) => `${origin}/v2/change/enqueue`,
    snippet: ({ origin, key }) =>
      curl(`${origin}/v2/change/enqueue`, {
        routing_key: key,
        payload: { summary: "db1 14.2 → 14.3", source: "ci" },
        links: [{ href: "https://ci.example/builds/573", text: "573" }],
      }),
  },
];

const opsgenie: readonly Sender[] = [
  {
    name: "alert-api",
    address: ({ origin }) => origin,
    snippet: ({ origin, key, title }) =>
      curl(
        `${origin}/v2/alerts`,
        { message: title, alias: "db1-disk", priority: "P3", source: "db1" },
        `-H "Authorization: GenieKey ${key}"`,
      ),
  },
  {
    name: "opsgenie-sdk",
    address: ({ origin }) => origin,
    snippet: ({ origin, key, title }) => `import opsgenie from "opsgenie-sdk";

opsgenie.configure({ host: ${quoted(origin)}, api_key: ${quoted(key)} });
opsgenie.alertV2.create({ message: ${quoted(title)}, alias: "db1-disk", priority: "P3" }, (error, answer) => {
  if (error) throw error;
  console.log(answer.result);
});`,
  },
  {
    name: "og-alertmanager",
    address: ({ origin }) => `${origin}/`,
    snippet: ({ origin, key }) => `receivers:
  - name: tocsin
    opsgenie_configs:
      - api_url: ${origin}/
        api_key: ${key}`,
  },
  {
    name: "og-webhook",
    address: ({ origin, key }) => `${origin}/v1/json/uptimerobot?apiKey=${key}`,
    snippet: ({ origin, key, title }) =>
      curl(`"${origin}/v1/json/uptimerobot?apiKey=${key}"`, { title, alias: "db1-disk", status: "down" }),
  },
];

const alertmanager: readonly Sender[] = [
  {
    name: "alertmanager",
    address: ({ origin, key }) => `${origin}/alertmanager/${key}/webhook`,
    snippet: ({ origin, key }) => `route:
  receiver: tocsin
receivers:
  - name: tocsin
    webhook_configs:
      - url: ${origin}/alertmanager/${key}/webhook
        send_resolved: true`,
  },
  {
    name: "prometheus",
    address: ({ origin, key }) => `${origin}/alertmanager/${key}`,
    snippet: ({ origin, key }) => `alerting:
  alertmanagers:
    - scheme: ${new URL(origin).protocol.replace(":", "")}
      path_prefix: /alertmanager/${key}
      static_configs:
        - targets: [${quoted(hostOf(origin))}]`,
  },
  {
    name: "grafana",
    address: ({ origin, key }) => `${origin}/alertmanager/${key}/webhook`,
    snippet: ({ origin, key, signature }) => `apiVersion: 1
contactPoints:
  - orgId: 1
    name: Tocsin
    receivers:
      - uid: tocsin
        type: webhook
        settings:
          url: ${origin}/alertmanager/${key}/webhook
          httpMethod: POST${signature === null ? "" : signed(signature)}`,
  },
  {
    name: "amtool",
    address: ({ origin, key }) => `${origin}/alertmanager/${key}`,
    snippet: ({ origin, key, title }) => `amtool --alertmanager.url=${origin}/alertmanager/${key} \\
  alert add DiskAlmostFull instance=db1 severity=warning \\
  --annotation='summary=${title}'`,
  },
];

const signed = ({ header, timestampHeader }: NonNullable<On["signature"]>): string =>
  [
    "",
    "hmacConfig:",
    "  secret: $TOCSIN_SECRET",
    `  header: ${header}`,
    ...(timestampHeader === null ? [] : [`  timestampHeader: ${timestampHeader}`]),
  ].join("\n          ");

/** For a body whose names are its own. */
export const exampleMapping = {
  title: 'body.check.name + ": " + body.check.output',
  key: "body.check.id",
  action: 'body.check.ok ? "resolved" : "firing"',
  severity: "body.check.level",
  source: "body.host",
} as const;
export const exampleMapped = (title: string) => ({
  host: "db1",
  check: { id: "db1-disk", name: "disk", output: title, ok: false, level: "warning" },
});

/** What anybody may try first. */
export const genericCurl = ({ origin, key, title }: Pick<On, "origin" | "key" | "title">): string =>
  curl(`${origin}/events/${key}`, { title, key: "db1-disk", status: "firing", severity: "warning", source: "db1" });

const generic: readonly Sender[] = [
  { name: "curl", address: ({ origin, key }) => `${origin}/events/${key}`, snippet: genericCurl },
  {
    name: "mapping",
    address: ({ origin, key }) => `${origin}/events/${key}`,
    snippet: ({ origin, key, title, integration }) =>
      [
        curl(
          `${origin}/api/v1/integrations/${integration}`,
          { mapping: exampleMapping },
          "-X PATCH",
          '-H "Authorization: Bearer $TOCSIN_TOKEN"',
        ),
        curl(`${origin}/events/${key}`, exampleMapped(title)),
      ].join("\n\n"),
  },
];

const byKind: Readonly<Record<string, readonly Sender[]>> = { pagerduty, opsgenie, alertmanager, generic };

export const sendersOf = (kind: string): readonly Sender[] => byKind[kind] ?? [];
