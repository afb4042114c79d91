/** A restricted incident with all that can belong to one, for the test that tries every way to it: each thing in it bears a word that
 *  stands nowhere else. */
import assert from "node:assert/strict";
import type { Answer, Json, Someone, TestWorld } from "./world.ts";

/** Found in anything that is served to somebody outside, it has leaked. */
export const secretWords = {
  alert: "xylobrume",
  note: "quokkatron",
  reason: "zanzibarine",
  task: "tamanoirade",
  file: "wombatique",
  help: "narvalier",
  observable: "ornithorynque",
  evidence: "salamandrine",
  ask: "fennecourt",
  link: "axolotlique",
  stream: "pangolinier",
  impact: "capybarette",
  supplier: "okapivore",
  law: "tarsierois",
  cause: "galagonien",
} as const;

export type Scene = {
  readonly world: TestWorld;
  /** Coordinates it. */
  readonly ana: Someone;
  /** Of level 5 and administrator, and never had anything to do with it. */
  readonly stranger: Someone;
  /** Was called for it, and was taken off. */
  readonly removed: Someone;
  /** Without a level. */
  readonly guest: Someone;
  /** Admitted by their team. */
  readonly helper: Someone;
  readonly team: string;
  readonly genie: string;
  readonly alertmanager: string;
  readonly id: string;
  readonly number: string;
  readonly alertIds: readonly string[];
  readonly attachment: string;
  readonly help: { readonly id: string; readonly number: string };
  /** The link that was sent to whoever was taken off. */
  readonly ack: string;
  readonly points: Readonly<Record<string, string>>;
  readonly supplier: string;
  /** An incident that everybody sees, and that was linked with it when everybody saw both. */
  readonly open: string;
  readonly secret: readonly string[];
};

const done = (answer: Answer): Json => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};

export const sent = (world: TestWorld, genie: string, path: string, body?: object): Promise<Answer> =>
  world.api(body === undefined ? "GET" : "POST", path, body, {
    token: null,
    headers: { authorization: `GenieKey ${genie}` },
  });

export async function makeScene(world: TestWorld): Promise<Scene> {
  const person = (name: string, level: number | null, more = {}) => world.person(name, level, more);
  const [ana, removed, helper] = [await person("Ana Cy", 4), await person("Rob Out", 4), await person("Hal Per", 2)];
  const [stranger, guest] = [await person("Max Admin", 5, { admin: true }), await person("Guy Guest", null)];
  const made = async (list: string, body: object): Promise<string> =>
    done(await world.api("POST", `/api/v1/${list}`, body)).id;
  const team = await made("teams", { name: "Response", members: [helper.id] });
  const steps = [{ targets: [ana, removed].map(({ id }) => ({ kind: "person", id })), timeoutMinutes: 60 }];
  const policy = await made("escalation-policies", { name: "Both", steps });
  const service = await made("services", { nameFr: "Fichiers", nameEn: "Files", policy });
  const genie = (await world.integration("opsgenie", { service })).key;
  const alertmanager = (await world.integration("alertmanager", { service, name: "am" })).key;
  assert.equal(
    (
      await sent(world, genie, "/v2/alerts", {
        message: `${secretWords.alert} detected`,
        alias: `${secretWords.alert}-1`,
      })
    ).status,
    202,
  );
  await world.mailbox(ana).expectPage();
  const { ack } = await world.mailbox(removed).expectPage();
  const [{ id, number }] = (await world.api("GET", "/api/v1/incidents")).body.data;
  const as = { token: ana.token };
  const act = async (command: string, body: object): Promise<Json> =>
    done(await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, as));
  await act("accept", {});
  await act("add-observation", { text: `${secretWords.note} on the file server` });
  await act("add-task", { text: `${secretWords.task} the disks`, person: ana.id });
  const attachment = done(
    await world.api(
      "POST",
      `/api/v1/incidents/${id}/attachments?name=${secretWords.file}.txt`,
      Buffer.from(secretWords.file),
      {
        ...as,
        headers: { "content-type": "application/octet-stream" },
      },
    ),
  ).id;
  const secure = (command: string, body: object): Promise<Json> => act(`security/${command}`, body);
  await secure("declare-contained", { text: `${secretWords.note} cut off` });
  await secure("add-observables", { values: [`${secretWords.observable}.example`] });
  await secure("register-evidence", { attachment, description: `${secretWords.evidence} disk` });
  await secure("register-evidence", { description: `${secretWords.evidence} key`, place: "Safe" });
  await secure("prepare-disclosure", {
    ...{ to: `${secretWords.evidence} police`, purpose: secretWords.reason, limit: "amber", evidence: [1, 2] },
  });
  const others = await alsoKnown(world, { act, ana, number, service });
  /* What they were told while everybody could see it. */
  await drain(world, stranger, guest, removed);
  await act("restrict", { reason: `${secretWords.reason} suspected` });
  await act("unlink", { incident: others.open, reason: `${secretWords.link} no more` });
  await act("grant-access", { team, reason: "Is asked for help" });
  await act("revoke-access", { person: removed.id, reason: "Not needed" });
  await act("ask-contributor", {
    text: `${secretWords.ask}?`,
    context: secretWords.ask,
    name: "Nora",
    email: "nora@partner.example",
    reminders: 0,
  });
  const letter = await world.mailbox({ email: "nora@partner.example" }).expectNotice();
  for (const secret of Object.values(secretWords))
    assert.ok(!letter.text.includes(secret), `the letter tells ${secret}`);
  const wanted = {
    kind: "technical",
    title: `${secretWords.help} wanted`,
    details: secretWords.help,
    incident: number,
  };
  const [kind] = done(await world.api("GET", "/api/v1/assistance-rules")).kinds;
  const help = done(
    await world.api("POST", "/api/v1/assistance", { ...wanted, kind: kind.id, to: { kind: "team", id: team } }, as),
  );
  await world.settle();
  await drain(world, helper);
  const alerts = done(await world.api("GET", `/api/v1/incidents/${id}/alerts`, undefined, as)).data;
  const points: Record<string, string> = {};
  for (const one of [removed, stranger, guest])
    points[one.id] =
      done(await world.api("GET", "/api/v1/contact-points", undefined, { token: one.token })).data[0]?.id ?? id;
  const alertIds = alerts.map((one: Json) => one.id);
  const { supplier, open } = others;
  const secret = [...Object.values(secretWords), id, number, ...alertIds, attachment, help.id, help.number];
  return {
    world,
    ana,
    stranger,
    removed,
    guest,
    helper,
    team,
    genie,
    alertmanager,
    id,
    number,
    alertIds,
    attachment,
    help: { id: help.id, number: help.number },
    ack,
    points,
    supplier,
    open,
    secret,
  };
}

type Beside = {
  readonly act: (command: string, body: object) => Promise<Json>;
  readonly ana: Someone;
  readonly number: string;
  readonly service: string;
};

/** What it is known by beside its own page: another incident, a supplier, a service, a law, work and what was found. */
async function alsoKnown(world: TestWorld, { act, ana, number, service }: Beside) {
  const { link, stream, impact, supplier: asked, law, cause } = secretWords;
  const contact = { name: "Aude", role: "Desk", email: null, phone: "+15145550100", language: "en", afterMinutes: 0 };
  const terms = { kind: "supplier", language: "en", contract: null, calendar: null, targets: [] };
  const nord = { name: "Nord", ...terms, contacts: [contact] };
  const keeper = await world.person("Kay Five", 5);
  const as = { token: keeper.token };
  const supplier = done(await world.api("POST", "/api/v1/suppliers", nord, as)).id;
  const known = { nameFr: "Lampes", nameEn: "Lamps", workaroundEn: "Wait" };
  const knownError = done(await world.api("POST", "/api/v1/known-errors", known, as)).id;
  done(await world.api("POST", "/api/v1/obligations/laws", { law: "dora" }, as));
  const open = done(await world.api("POST", "/api/v1/incidents", { title: "Slow disks" }, { token: ana.token })).id;
  const on = (command: string, body: object) =>
    world.api("POST", `/api/v1/incidents/${open}/${command}`, body, { token: ana.token });
  done(await on("link", { incident: number, kind: "caused-by", reason: `${link} seen in both` }));
  await act("open-workstream", { title: `${stream} hunt`, purpose: stream });
  await act("impact/state-affected", { service, status: "degraded", note: `${impact} copied` });
  await act("call-on-supplier", { supplier, text: `${asked} is out`, how: "phone" });
  await act("link-known-error", { knownError, reason: cause });
  await act("open-hypothesis", { text: `${cause} left open` });
  await act("record-cause", { text: cause });
  await act("propose-flag", { flag: "serious", reason: cause });
  await act("assess-obligation", { law: "dora", outcome: "owed", text: `${law} copied` });
  await act("plan-period", {
    until: new Date(world.desk.clock.now() + 8 * 3_600_000).toISOString(),
    situation: stream,
    objectives: [stream],
  });
  return { supplier, open };
}

/** Letters of members, which are theirs. */
export async function drain({ post, settle }: TestWorld, ...people: readonly Someone[]): Promise<void> {
  await settle();
  for (const { email } of people)
    for (
      let index = post.letters.findIndex((one) => one.to === email);
      index >= 0;
      index = post.letters.findIndex((one) => one.to === email)
    )
      post.letters.splice(index, 1);
}
