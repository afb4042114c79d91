/** What is refused about the security of an incident, met one after the other. */
import type { Answer, Json, Someone, TestWorld } from "./world.ts";

type Ask = (headers: Record<string, string>) => Promise<Answer>;
type Known = { readonly world: TestWorld; readonly meet: (code: string, ask: Ask) => Promise<void> };
type Act = (command: string, body: object, who?: Someone) => Ask;

const reason = "x";

export async function secured({ world, meet }: Known): Promise<void> {
  const cleo = await world.person("Cleo Secures", 4);
  const dan = await world.person("Dan Secures", 5);
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Intrusion" }, { token: cleo.token })).body;
  const base = `/api/v1/incidents/${id}/security`;
  const act: Act =
    (command, body, who = cleo) =>
    (headers) =>
      world.api("POST", `${base}/${command}`, body, { token: who.token, headers });
  await meet("threat-not", act("withdraw-contained", { reason }));
  await act("declare-contained", { text: "x" })({});
  await meet("threat-already", act("declare-contained", { text: "x" }));
  await observables(meet, act);
  await evidence({ meet, act, dan });
  const manifest = (number: number) => (headers: Record<string, string>) =>
    world.api("GET", `${base}/manifest?disclosure=${number}`, undefined, { token: cleo.token, headers });
  await disclosures({ meet, act, dan, manifest });
  await world.api("POST", `/api/v1/incidents/${id}/mark`, { tlp: "amber" }, { token: cleo.token });
  await meet("tlp-looser", act("add-note", { text: "x", tlp: "clear" }));
  await full({ world, meet, act, id });
}

async function observables(meet: Known["meet"], act: Act): Promise<void> {
  const one = { values: ["bad.example"] };
  await meet("observable-invalid", act("add-observables", { ...one, kind: "ip" }));
  await act("add-observables", one)({});
  await meet("observable-known", act("add-observables", one));
  await meet("observable-unknown", act("change-observable", { observable: 9, status: "benign" }));
  const seen = { firstSeen: "2026-02-01T00:00:00Z", lastSeen: "2026-01-01T00:00:00Z" };
  await meet("seen-out-of-order", act("change-observable", { observable: 1, ...seen }));
}

type Dan = { readonly meet: Known["meet"]; readonly act: Act; readonly dan: Someone };

async function evidence({ meet, act, dan }: Dan): Promise<void> {
  const thing = { description: "Key", place: "Safe" };
  await meet("evidence-place", act("register-evidence", { description: "Key" }));
  await act("register-evidence", thing)({});
  await meet("evidence-unknown", act("verify-evidence", { evidence: 9 }));
  await meet("evidence-no-file", act("verify-evidence", { evidence: 1 }));
  const one = { evidence: 1, reason };
  await meet("hold-none", act("release-evidence", one, dan));
  await act("hold-evidence", one, dan)({});
  await meet("hold-already", act("hold-evidence", one, dan));
  await meet("hand-over-none", act("receive-evidence", { evidence: 1 }));
  await meet("hand-over-to", act("hand-over-evidence", one));
  await meet("hand-over-receipt", act("hand-over-evidence", { ...one, name: "Police" }));
  await act("hand-over-evidence", { ...one, person: dan.id })({});
  await meet("hand-over-open", act("hand-over-evidence", { ...one, name: "Police", receipt: "x" }));
  await meet("hand-over-not-yours", act("receive-evidence", { evidence: 1 }));
}

type Manifest = Dan & { readonly manifest: (number: number) => Ask };

async function disclosures({ meet, act, dan, manifest }: Manifest): Promise<void> {
  const wanted = { to: "Police", purpose: "x", limit: "amber", evidence: [1] };
  await meet("disclosure-empty", act("prepare-disclosure", { ...wanted, evidence: [] }));
  await meet("disclosure-content-unknown", act("prepare-disclosure", { ...wanted, evidence: [9] }));
  await act("mark-evidence", { evidence: 1, tlp: "red" })({});
  await meet("tlp-too-strict", act("prepare-disclosure", wanted));
  await act("mark-evidence", { evidence: 1, tlp: null })({});
  await act("prepare-disclosure", wanted)({});
  await meet("disclosure-unknown", manifest(9));
  await meet("disclosure-not-approved", manifest(1));
  await meet("disclosure-own", act("approve-disclosure", { disclosure: 1 }));
  await act("approve-disclosure", { disclosure: 1 }, dan)({});
  await meet("disclosure-settled", act("approve-disclosure", { disclosure: 1 }, dan));
}

type Full = Known & { readonly act: Act; readonly id: string };

async function full({ world, meet, act, id }: Full): Promise<void> {
  const hosts = (from: number): string[] => Array.from({ length: 50 }, (_, i) => `h${from + i}.example`);
  for (let from = 0; from < 250; from += 50) await act("add-observables", { values: hosts(from) })({});
  await meet("observables-full", act("add-observables", { values: hosts(300) }));
  const path = `/api/v1/incidents/${id}/attachments?name=a.txt`;
  const headers = { "content-type": "application/octet-stream" };
  const file: Json = (await world.api("POST", path, Buffer.from("a"), { token: world.admin.token, headers })).body;
  await act("register-evidence", { attachment: file.id, description: "File" })({});
  await meet("evidence-listed", act("register-evidence", { attachment: file.id, description: "File" }));
  for (let number = 3; number <= 100; number += 1)
    await act("register-evidence", { description: `Key ${number}`, place: "Safe" })({});
  await meet("evidence-list-full", act("register-evidence", { description: "Key", place: "Safe" }));
  const wanted = { to: "Police", purpose: "x", limit: "amber", evidence: [2] };
  for (let number = 2; number <= 50; number += 1) await act("prepare-disclosure", wanted)({});
  await meet("disclosures-full", act("prepare-disclosure", wanted));
}
