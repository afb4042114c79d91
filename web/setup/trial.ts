/** A trial alert takes the very door of the source it stands for: the address, the key and whatever stands in between are
 *  tried with it. Not a call of the API, so not through client.ts. */
import { isTrialKind, type TrialKind, trialBody } from "#core/intake/trial.ts";
import { now } from "../ui/now.ts";

type Door = {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credential?: object;
};

function doorOf(kind: TrialKind, key: string): Door {
  switch (kind) {
    case "pagerduty":
      return { path: "/v2/enqueue", credential: { routing_key: key } };
    case "opsgenie":
      return { path: "/v2/alerts", headers: { authorization: `GenieKey ${key}` } };
    case "alertmanager":
      return { path: `/alertmanager/${key}/webhook` };
    case "generic":
      return { path: `/events/${key}` };
  }
}

export async function sendTrialAlert({ kind, key, title }: { kind: string; key: string; title: string }) {
  const known = isTrialKind(kind) ? kind : "generic";
  const { path, headers, credential } = doorOf(known, key);
  /* A new alert each time: the same one again would call nobody. */
  const trial = { key: `tocsin-trial-${crypto.randomUUID()}`, title, at: new Date(now()).toISOString(), ends: false };
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ ...credential, ...trialBody(known, trial) }),
    credentials: "omit",
  });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`);
}
