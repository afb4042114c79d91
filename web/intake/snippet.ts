/** What to paste where, for each kind of source. */
export function snippetOf(kind: string, key: string, origin: string, title: string): string {
  const json = (value: unknown) => `'${JSON.stringify(value)}'`;
  switch (kind) {
    case "pagerduty":
      return `curl ${origin}/v2/enqueue -H "Content-Type: application/json" \\
  -d ${json({ routing_key: key, event_action: "trigger", dedup_key: "essai-1", payload: { summary: title, source: "essai", severity: "critical" } })}`;
    case "opsgenie":
      return `curl ${origin}/v2/alerts -H "Authorization: GenieKey ${key}" \\
  -H "Content-Type: application/json" -d ${json({ message: title, alias: "essai-1" })}`;
    case "alertmanager":
      return `receivers:
  - name: tocsin
    webhook_configs:
      - url: ${origin}/alertmanager/${key}/webhook`;
    default:
      return `curl ${origin}/events/${key} -H "Content-Type: application/json" \\
  -d ${json({ title, key: "essai-1", status: "firing" })}`;
  }
}
