/** A desk where things are going on, and the address of every page that shows them. */
import type { Someone, TestDesk } from "./desk.ts";
import { pagerDutyEvent, whereItIsNoon } from "./desk.ts";
import { hurtIncident } from "./impact-scene.ts";
import { secureIncident } from "./security-scene.ts";
import { until } from "./until.ts";
import {
  assistanceWords,
  cockpitWords,
  contributorPageWords,
  impactWords,
  type Language,
  myWorkWords,
  noiseWords,
  obligationWords,
  setupWords,
  supplierWords,
  words,
} from "./words.ts";

export type Place = {
  readonly name: string;
  readonly path: string;
  readonly signedIn: boolean;
  /** The words of its one h1. */
  readonly heading: string;
  /** What its title says besides. */
  readonly inTitle?: string;
  /** Without the frame: nothing to press, so no help and no way past a menu. */
  readonly bare?: true;
};

export type Scene = {
  readonly people: Readonly<Record<Language, Someone>>;
  /** Calls both. */
  readonly service: string;
  readonly places: (language: Language) => readonly Place[];
};

const names = { fr: "Élise Tremblay", en: "Sam Carter" } as const;

/** An alert that calls, an incident in hand, a major one, one that is restored, and one that is over. */
export async function setScene(desk: TestDesk): Promise<Scene> {
  const { api } = desk;
  const people = {
    fr: await desk.person(names.fr, "fr", { admin: true, zone: whereItIsNoon() }),
    en: await desk.person(names.en, "en", { admin: true, zone: whereItIsNoon() }),
  };
  const service = await desk.serviceOf([people.fr, people.en], "Paie", "Payroll");
  const key = await desk.integration("pagerduty", { name: "Supervision", service });
  const directory = await makeDirectory(desk, people, service);
  const record = async (title: string, language: Language): Promise<string> =>
    (await api("POST", "/api/v1/incidents", { title, language, service, description: title })).number;
  const command = (number: string, name: string, body: object = {}) =>
    api("POST", `/api/v1/incidents/${number}/${name}`, body);

  const major = await record("Aucun bulletin de paie ne sort", "fr");
  await command(major, "accept");
  await command(major, "categorise", { categories: ["major", "complex"] });
  await command(major, "confirm-priority", { impact: 1, urgency: 1 });
  await command(major, "add-observation", { text: "Depuis la mise à jour de 13 h 40." });
  await command(major, "decide", { text: "Revenir à la version d’hier.", options: ["Attendre le fournisseur"] });
  await command(major, "advise-persons", { persons: [people.en.id], text: "La paie est arrêtée." });

  const evening = new Date(Date.now() + 6 * 3_600_000).toISOString();
  const objectives = ["Bulletins avant 18 h", "Prévenir les syndicats"];
  await command(major, "plan-period", { situation: "Revenus à la version d’hier.", objectives, until: evening });
  await command(major, "add-task", { text: "Appeler le fournisseur", person: people.fr.id, due: evening });

  await secureIncident(api, major, "fr");
  await hurtIncident(api, major, service);
  const restored = await record("VPN drops every hour", "en");
  await command(restored, "accept");
  await command(restored, "confirm-priority", { impact: 3, urgency: 3 });
  await command(restored, "declare-restored", { text: "The gateway was restarted." });

  const over = await record("A double of the VPN incident", "en");
  await command(over, "dismiss", { reason: "It is the same one." });
  await record("Imprimante de l’étage 3 en panne", "fr");

  const title = "Checkout answers 502";
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, "checkout", title));
  const { url } = await desk.ackLink(people.fr.email, title);
  const alerted = await until("the alert is an incident", async () => {
    const { data } = await api("GET", "/api/v1/incidents");
    return (data as { title: string; number: string }[]).find((one) => one.title === title) ?? false;
  });
  const ack = new URL(url).pathname;
  const alert = (await api("GET", "/api/v1/alerts")).data[0].id as string;
  const integration = (await api("GET", "/api/v1/integrations")).data[0].id as string;

  const waiting = await silenced(desk, service);
  const helped = await askedForHelp(desk, { incident: major, duty: directory.duty, by: people.en });

  await toldByLaw(desk, major);

  const received = await testLink(desk, people.fr);
  const guests = { fr: await guestLink(desk, major, "fr"), en: await guestLink(desk, major, "en") };

  const places = (language: Language): readonly Place[] => {
    const { t } = words[language];
    return [
      { name: "sign-in", path: "/sign-in", signedIn: false, heading: t("signin.title") },
      { name: "board", path: "/", signedIn: true, heading: t("shell.incidents") },
      { name: "board, by stage", path: "/?look=board", signedIn: true, heading: t("shell.incidents") },
      { name: "board, on a time scale", path: "/?look=timeline", signedIn: true, heading: t("shell.incidents") },
      { name: "my work", path: "/?view=mine", signedIn: true, heading: t("shell.incidents") },
      { name: "board, nothing found", path: "/?q=nothing-like-it", signedIn: true, heading: t("shell.incidents") },
      { name: "board, ended", path: "/?view=ended", signedIn: true, heading: t("shell.incidents") },
      {
        name: "incident",
        path: `/incidents/${major}?layer=all`,
        signedIn: true,
        heading: "Aucun bulletin de paie ne sort",
        inTitle: major,
      },
      {
        name: "cockpit",
        path: `/incidents/${major}/cockpit`,
        signedIn: true,
        heading: "Aucun bulletin de paie ne sort",
        inTitle: major,
      },
      {
        name: "security of an incident",
        path: `/incidents/${major}/security`,
        signedIn: true,
        heading: "Aucun bulletin de paie ne sort",
        inTitle: major,
      },
      {
        name: "impact of an incident",
        path: `/incidents/${major}/impact`,
        signedIn: true,
        heading: "Aucun bulletin de paie ne sort",
        inTitle: major,
      },
      {
        name: "known errors",
        path: "/known-errors",
        signedIn: true,
        heading: words[language].t("known-errors.title"),
      },
      {
        name: "vital functions",
        path: "/vital-functions",
        signedIn: true,
        heading: impactWords[language]("vital.title"),
      },
      {
        name: "action plan",
        path: `/incidents/${major}/plan`,
        signedIn: true,
        heading: cockpitWords[language]("plan.title"),
        inTitle: major,
      },
      {
        name: "incident of an alert",
        path: `/incidents/${alerted.number}`,
        signedIn: true,
        heading: title,
        inTitle: alerted.number,
      },
      { name: "record panel", path: "/?record=true", signedIn: true, heading: t("shell.incidents") },
      { name: "alerts", path: "/alerts", signedIn: true, heading: t("alerts.title") },
      { name: "alerts, none", path: "/alerts?status=quiet", signedIn: true, heading: t("alerts.title") },
      { name: "alert", path: `/alerts/${alert}`, signedIn: true, heading: title, inTitle: title },
      { name: "alerts, waiting", path: "/alerts?status=waiting", signedIn: true, heading: t("alerts.title") },
      { name: "alert that waits", path: `/alerts/${waiting.id}`, signedIn: true, heading: waiting.title },
      { name: "silences", path: "/silences", signedIn: true, heading: noiseWords[language]("silences.title") },
      { name: "maintenance", path: "/maintenance", signedIn: true, heading: noiseWords[language]("windows.title") },
      { name: "rules about noise", path: "/noise-rules", signedIn: true, heading: noiseWords[language]("rules.title") },
      {
        name: "silence like an alert",
        path: `/silences?like=${alert}`,
        signedIn: true,
        heading: noiseWords[language]("silences.title"),
      },
      ...assistancePlaces(helped, language),
      ...obligationPlaces(major, language),
      { name: "wall", path: "/wall", signedIn: true, bare: true, heading: cockpitWords[language]("wall.title") },
      {
        name: "wall of an incident",
        path: `/incidents/${major}/wall`,
        signedIn: true,
        bare: true,
        heading: "Aucun bulletin de paie ne sort",
        inTitle: major,
      },
      { name: "search", path: "/search", signedIn: true, heading: t("search.title") },
      ...directoryPlaces(directory, people, language),
      { name: "integrations", path: "/integrations", signedIn: true, heading: t("shell.integrations") },
      {
        name: "integration",
        path: `/integrations/${integration}`,
        signedIn: true,
        heading: "Supervision",
        inTitle: "Supervision",
      },
      { name: "checklist", path: "/checklist", signedIn: true, heading: t("shell.checklist") },
      { name: "set-up", path: "/setup?step=mail", signedIn: true, heading: setupWords[language]("setup.title") },
      { name: "notifications", path: "/notifications", signedIn: true, heading: t("shell.notifications") },
      { name: "channels", path: "/channels", signedIn: true, heading: t("shell.channels") },
      { name: "test", path: `${received}?lang=${language}`, signedIn: false, heading: t("test.title") },
      { name: "tokens", path: "/tokens", signedIn: true, heading: t("shell.tokens") },
      {
        name: "acknowledge",
        path: `${ack}?lang=${language}`,
        signedIn: false,
        heading: title,
        inTitle: short(alerted.number),
      },
      {
        name: "acknowledge, at its note",
        path: `${ack}?note=1&lang=${language}`,
        signedIn: false,
        heading: title,
        inTitle: short(alerted.number),
      },
      {
        name: "contributor",
        path: guests[language].path,
        signedIn: false,
        heading: contributorPageWords[language]("ask.head", { by: guests[language].by, kind: "question" }),
        inTitle: guests[language].by,
      },
      { name: "report", path: `/report?lang=${language}`, signedIn: false, heading: t("report.title") },
      { name: "no network", path: `/offline?lang=${language}`, signedIn: false, heading: t("offline.title") },
      { name: "API", path: "/api/docs", signedIn: true, heading: t("api-page.title") },
    ];
  };
  return { people, service, places };
}

/** Somebody outside is asked, who may give it on: the address in their letter. */
async function guestLink(desk: TestDesk, incident: string, language: Language): Promise<{ path: string; by: string }> {
  const email = `guest.${language}@partner.example`;
  const body = { text: "Jusqu’à quelle heure?", name: "Karim", email, language, forwardable: true };
  const { data } = await desk.api("POST", `/api/v1/incidents/${incident}/ask-contributor`, body);
  const letter = await until("the letter arrives", async () => {
    return desk.post.letters.find((one) => one.to === email) ?? false;
  });
  return { path: /\/c\/\w+/.exec(letter.text)?.[0] ?? "", by: data[0].by.name };
}

/** A way of being reached that waits for its proof, and a test that was sent: the address in its mail. */
async function testLink(desk: TestDesk, person: Someone): Promise<string> {
  const api = await desk.apiOf(person);
  const server = "https://ntfy.example.org";
  await api("POST", "/api/v1/contact-points", { kind: "ntfy", server, topic: "astreinte", name: "Téléphone de garde" });
  await api("POST", "/api/v1/test-page", {});
  const letter = await until("the test arrives", async () => {
    return desk.post.letters.find((one) => one.to === person.email && one.text.includes("/test/")) ?? false;
  });
  return /\/test\/[\w-]+/.exec(letter.text)?.[0] ?? "";
}

type Directory = Readonly<Record<"team" | "duty" | "schedule" | "policy" | "service" | "supplier", string>>;

/** A schedule with a turn left empty, a policy that calls it, and the service that both serve. */
async function makeDirectory({ api }: TestDesk, people: Scene["people"], service: string): Promise<Directory> {
  const members = [people.fr.id, people.en.id];
  const { id: team } = await api("POST", "/api/v1/teams", { name: "Réseau", members });
  const { id: duty } = await api("POST", "/api/v1/functions", { nameFr: "Juridique", nameEn: "Legal", members });
  const { id: schedule } = await api("POST", "/api/v1/schedules", {
    name: "Paie, 1re ligne",
    layers: [
      {
        rotation: {
          kind: "weekly",
          zone: "America/Montreal",
          startDate: "2026-01-05",
          handoverTime: "09:00",
          participants: [...members, null],
        },
      },
    ],
  });
  const robot = await api("POST", "/api/v1/policy-webhooks", { name: "Robot", url: "https://robot.example.org/paie" });
  const { id: policy } = await api("POST", "/api/v1/escalation-policies", {
    name: "Paie, de nuit",
    steps: [
      { targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 5 },
      { targets: [{ kind: "webhook", id: robot.id }], timeoutMinutes: 5 },
      { targets: [{ kind: "team", id: team }], timeoutMinutes: 10, inTurn: true },
      { targets: [{ kind: "team", id: team }, { kind: "administrators" }], timeoutMinutes: 60 },
    ],
  });
  const vital = await api("POST", "/api/v1/vital-functions", { nameFr: "Verser la paie", nameEn: "Paying wages" });
  await api("PATCH", `/api/v1/services/${service}`, { owner: people.fr.id, team, vital: [vital.id] });
  const { id: supplier } = await api("POST", "/api/v1/suppliers", {
    ...{ name: "Nordlys", language: "fr", contract: "NL-7", services: [service], calendar: "office" },
    targets: [{ clock: "respond", minutes: 60, inHours: true }],
    contacts: [
      {
        name: "Aude Lind",
        role: "Centre",
        email: "aude@nordlys.example",
        phone: null,
        language: "fr",
        afterMinutes: 0,
      },
      { name: "Bo Berg", role: "Quart", email: null, phone: "819 555-0142", language: "fr", afterMinutes: 30 },
    ],
  });
  return { team, duty, schedule, policy, service, supplier };
}

function directoryPlaces(directory: Directory, people: Scene["people"], language: Language): readonly Place[] {
  const { t } = words[language];
  const inside = (name: string, path: string, heading: string): Place => ({ name, path, signedIn: true, heading });
  return [
    inside("people", "/people", t("shell.people")),
    inside("person", `/people/${people.fr.id}`, names.fr),
    inside("teams", "/teams", t("teams.title")),
    inside("team", `/teams/${directory.team}`, "Réseau"),
    inside("functions", "/functions", t("functions.title")),
    inside("function", `/functions/${directory.duty}`, language === "fr" ? "Juridique" : "Legal"),
    inside("categories", "/categories", t("categories.title")),
    inside("category", "/categories/major", language === "fr" ? "Incident majeur" : "Major incident"),
    inside("services", "/services", t("services.title")),
    inside("service", `/services/${directory.service}`, language === "fr" ? "Paie" : "Payroll"),
    inside("suppliers", "/suppliers", supplierWords[language]("title")),
    inside("supplier", `/suppliers/${directory.supplier}`, "Nordlys"),
    inside("schedules", "/schedules", t("schedules.title")),
    inside("schedule", `/schedules/${directory.schedule}`, "Paie, 1re ligne"),
    inside("reach", "/reach", t("reach.title")),
    inside("my-work", "/my-work", myWorkWords[language]("mywork.title")),
    inside("watch", "/watch", cockpitWords[language]("watch.title")),
    inside("break-glass", "/break-glass", language === "fr" ? "Briser la glace" : "Break the glass"),
    inside("policies", "/escalation-policies", t("policies.title")),
    inside("policy", `/escalation-policies/${directory.policy}`, "Paie, de nuit"),
  ];
}

type Asking = { readonly incident: string; readonly duty: string; readonly by: Someone };

/** A rule, a request by it that nobody has taken, and one for an incident that was handed on. */
async function askedForHelp(desk: TestDesk, { incident, duty, by }: Asking): Promise<string> {
  const { kinds } = await desk.api("GET", "/api/v1/assistance-rules");
  const to = { kind: "function", id: duty };
  const rules = [{ kinds: ["legal"], words: ["contrat", "contract"], to }];
  const terms = [{ party: to, answerMinutes: 240, urgentMinutes: 20 }];
  await desk.api("POST", "/api/v1/assistance-rules", { after: 0, kinds, rules, terms, fallback: to });
  const api = await desk.apiOf(by);
  await api("POST", "/api/v1/assistance", {
    title: "Faut-il aviser les syndicats?",
    kind: "people",
    urgent: true,
    incident,
  });
  const details = "Le fournisseur refuse de venir aujourd’hui.";
  return (await api("POST", "/api/v1/assistance", { title: "Relire un contrat", details, kind: "legal" })).number;
}

function assistancePlaces(number: string, language: Language): readonly Place[] {
  const t = assistanceWords[language];
  const inside = (name: string, path: string, heading: string): Place => ({ name, path, signedIn: true, heading });
  return [
    inside("requests for assistance", "/assistance", t("title")),
    inside("requests for assistance, all", "/assistance?scope=all", t("title")),
    { ...inside("request for assistance", `/assistance/${number}`, "Relire un contrat"), inTitle: "Relire un contrat" },
    inside("ask for help", "/help", t("help.title")),
    inside("rules of requests", "/assistance-rules", t("rules.title")),
  ];
}

/** Laws that bind, one assessed and late, one submitted, one to be assessed. */
async function toldByLaw({ api }: TestDesk, number: string): Promise<void> {
  await boundByLaw(api);
  await assessedByLaw(api, number);
}

export async function boundByLaw(api: TestDesk["api"]): Promise<void> {
  const bound = [{ law: "gdpr33" }, { law: "qc-l25", targets: { commission: 72, persons: 96 } }, { law: "nis2" }];
  for (const body of bound) await api("POST", "/api/v1/obligations/laws", body);
}

/** By whoever may open it. */
export async function assessedByLaw(api: TestDesk["api"], number: string): Promise<void> {
  const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const act = (command: string, body: object) => api("POST", `/api/v1/incidents/${number}/${command}`, body);
  const reasons = "Des bulletins sont partis à d’autres personnes.";
  await act("assess-obligation", { law: "gdpr33", outcome: "unknown", answers: {}, text: reasons });
  await act("date-obligation", { law: "gdpr33", fact: "aware", at: ago(73), toldBy: "Équipe de nuit" });
  await act("assess-obligation", { law: "qc-l25", outcome: "owed", answers: {}, text: reasons });
  await act("date-obligation", { law: "qc-l25", fact: "reasons-to-believe", at: ago(30) });
  const sent = { law: "qc-l25", leg: "commission", at: ago(2), reference: "CAI-2026-0412", way: "Formulaire" };
  await act("record-submission", sent);
}

function obligationPlaces(number: string, language: Language): readonly Place[] {
  const t = obligationWords[language];
  const inside = (name: string, path: string, heading: string): Place => ({ name, path, signedIn: true, heading });
  return [
    { ...inside("legal obligations", `/incidents/${number}/obligations`, t("title")), inTitle: number },
    inside("registers", "/registers", t("registers.title")),
    inside("laws", "/laws", t("laws.title")),
  ];
}

/** `INC-2026-000012` is INC-12 this year. */
const short = (number: string): string => number.replace(/-\d{4}-0*/, "-");

/** An alert that a silence holds back. */
async function silenced(
  { api, integration, knock }: TestDesk,
  service: string,
): Promise<{ id: string; title: string }> {
  const title = "Link down on switch 12";
  const until = new Date(Date.now() + 4 * 3_600_000).toISOString();
  await api("POST", "/api/v1/silences", { reason: "Remplacement des commutateurs", service, text: "switch", until });
  const plan = {
    again: { every: "week", days: [6], zone: "UTC", startDate: "2026-01-03", from: "22:00", until: "02:00" },
  };
  await api("POST", "/api/v1/maintenance-windows", {
    name: "Correctifs",
    reason: "Mises à jour",
    services: [service],
    plan,
  });
  const equal = { kind: "grouping", labels: ["site"], withinMinutes: 30 };
  await api("POST", "/api/v1/noise-rules", { name: "Par site", definition: equal });
  const key = await integration("generic", { name: "Réseau", service });
  await knock(`/events/${key}`, { key: "switch-12", title, labels: { site: "nord" } });
  const [{ id }] = (await api("GET", "/api/v1/alerts?status=waiting")).data;
  return { id, title };
}
