/** A trial alert takes the very door of the source it stands for: the address, the key and whatever stands in between are
 *  tried with it. Not a call of the API, so not through client.ts. */

type Door = { readonly path: string; readonly headers?: Readonly<Record<string, string>>; readonly body: object };

function doorOf(kind: string, key: string, title: string): Door {
  /* A new alert each time: the same one again would call nobody. */
  const alertKey = `tocsin-trial-${crypto.randomUUID()}`;
  switch (kind) {
    case "pagerduty": {
      const payload = { summary: title, source: "tocsin", severity: "critical" };
      return { path: "/v2/enqueue", body: { routing_key: key, event_action: "trigger", dedup_key: alertKey, payload } };
    }
    case "opsgenie":
      return {
        path: "/v2/alerts",
        headers: { authorization: `GenieKey ${key}` },
        body: { message: title, alias: alertKey },
      };
    case "alertmanager": {
      const labels = { alertname: title, trial: alertKey };
      const one = { status: "firing", labels, annotations: { summary: title }, startsAt: new Date().toISOString() };
      const group = { groupKey: alertKey, groupLabels: labels, commonLabels: labels, receiver: "tocsin" };
      return {
        path: `/alertmanager/${key}/webhook`,
        body: { version: "4", status: "firing", ...group, alerts: [one] },
      };
    }
    default:
      return { path: `/events/${key}`, body: { title, key: alertKey, status: "firing" } };
  }
}

export async function sendTrialAlert({ kind, key, title }: { kind: string; key: string; title: string }) {
  const { path, headers, body } = doorOf(kind, key, title);
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    credentials: "omit",
  });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`);
}
