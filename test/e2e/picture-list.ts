/** What is on the pictures of docs/pictures: every page, once by day and once by night, in either language, on a desk and
 *  in a hand. */
import type { Page } from "playwright-core";
import type { TestDesk } from "./desk.ts";
import { assessedByLaw, boundByLaw } from "./scene.ts";
import { keepFile } from "./security-scene.ts";
import { begins, type Language, type Words } from "./words.ts";

/** Who looks: a coordinator, whoever administers, or somebody without a session. */
export type Reader = "coordinator" | "administrator" | "guest";
/** The demonstration, months old; or a town on its first busy day, where mail leaves. */
export type DeskName = "demonstration" | "town";

export type Subject = {
  readonly name: string;
  readonly desk: DeskName;
  readonly reader: Reader;
  readonly path: string | ((language: Language) => string);
  /** What is done before the picture is taken. */
  readonly act?: (page: Page, words: Words, language: Language) => Promise<void>;
};

export type Way = { readonly theme: "light" | "dark"; readonly language: Language; readonly onPhone: boolean };

/** On a desk by day and in a hand by night, then the other way round, each in the other language. */
const dayOnDesk: readonly Way[] = [
  { theme: "light", language: "fr", onPhone: false },
  { theme: "dark", language: "en", onPhone: true },
];
const nightOnDesk: readonly Way[] = [
  { theme: "dark", language: "fr", onPhone: false },
  { theme: "light", language: "en", onPhone: true },
];
const inAHand: readonly Way[] = [
  { theme: "dark", language: "fr", onPhone: true },
  { theme: "light", language: "en", onPhone: true },
];
const other = ({ language, ...way }: Way): Way => ({ ...way, language: language === "fr" ? "en" : "fr" });

/** To be judged: either language on a desk and in a hand, and either light in each. */
export const allWays: readonly Way[] = [...dayOnDesk, ...nightOnDesk.map(other)];

/** The pages that most is asked of are seen in every way that matters. */
const mainPages = new Set(["board", "incident-major", "record"]);
const inEveryWay: readonly Way[] = [
  ...dayOnDesk,
  { theme: "light", language: "en", onPhone: false },
  { theme: "dark", language: "en", onPhone: false },
  { theme: "light", language: "fr", onPhone: true },
];
const handPages = new Set(["acknowledge", "acknowledge-note", "report", "receipt", "contributor", "offline"]);
const deskPages = new Set(["keys", "api"]);
const onDesks: readonly Way[] = [
  { theme: "light", language: "fr", onPhone: false },
  { theme: "dark", language: "en", onPhone: false },
];

/** By its name, so that one more page changes no other. */
export function waysOf({ name }: Subject): readonly Way[] {
  if (mainPages.has(name)) return inEveryWay;
  if (handPages.has(name)) return inAHand;
  if (deskPages.has(name)) return onDesks;
  const ways = name.length % 2 === 0 ? dayOnDesk : nightOnDesk;
  return name.length % 4 < 2 ? ways : ways.map(other);
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API, looked into here.
type Answer = any;

type Reading = Readonly<Record<Language, TestDesk["api"]>>;

/** `readers`: what is restricted is found by those alone whom it admits. */
export async function demonstrationSubjects(desk: TestDesk, readers: Reading): Promise<readonly Subject[]> {
  const list = async (path: string): Promise<Answer[]> => (await desk.api("GET", path)).data;
  const named = async (path: string, name: string): Promise<string> => {
    const all = await list(path);
    return (all.find((one) => [one.name, one.nameFr].includes(name)) ?? all[0]).id;
  };
  const recent = await list("/api/v1/incidents?limit=200");
  const number = (holds: (one: Answer) => boolean): string => (recent.find(holds) ?? recent[0]).number;
  const isOpen = (one: Answer) => !["closed", "dismissed", "merged"].includes(one.stage);
  const isMajor = (one: Answer) => one.categories.includes("major");
  const major = number((one) => isOpen(one) && isMajor(one));
  const proposed = number((one) => isOpen(one) && one.major?.status === "proposed");
  const offered = number((one) => isOpen(one) && one.offer !== null);
  const unpaused = number(
    (one) =>
      isOpen(one) && one.categories.includes("low-impact") && !one.milestones.restored && one.acceptedBy && !one.paused,
  );
  const lowImpact = recent
    .filter((one) => isOpen(one) && one.categories.includes("low-impact"))
    .map((one) => one.number as string);
  const alerted = number((one) => isOpen(one) && !isMajor(one) && one.origin === "integration");
  const engaged = number((one) => isOpen(one) && one.title.startsWith("Remote access drops"));
  const closed = number((one) => one.stage === "closed" && one.origin !== "integration");
  const alert = (await list("/api/v1/alerts"))[0].id as string;
  const waiting = await silenced(desk);
  const inside = (name: string, path: string, act?: Subject["act"]): Subject => ({
    name,
    desk: "demonstration",
    reader: "coordinator",
    path,
    ...(act && { act }),
  });
  const kept = (name: string, path: string, act?: Subject["act"]): Subject => ({
    ...inside(name, path, act),
    reader: "administrator",
  });
  return [
    inside("board", "/"),
    inside("board-by-stage", "/?look=board"),
    inside("board-timeline", "/?look=timeline"),
    inside("board-mine", "/?view=mine"),
    inside("board-ended", "/?view=ended"),
    inside("board-nothing-found", "/?q=imprimante-inconnue"),
    inside("board-chosen", "/", chooseTwo),
    inside("board-close", "/", closeTogether(lowImpact)),
    inside("incident-major", `/incidents/${major}`),
    inside("incident-all", `/incidents/${major}?layer=all`),
    inside("cockpit", `/incidents/${major}/cockpit`),
    inside("incident-impact", `/incidents/${major}/impact`),
    inside("vital-functions", "/vital-functions"),
    inside("known-errors", "/known-errors"),
    inside("action-plan", `/incidents/${major}/plan`),
    inside("wall", "/wall"),
    inside("wall-incident", `/incidents/${major}/wall`),
    inside("incident-proposed", `/incidents/${proposed}`),
    inside("incident-offered", `/incidents/${offered}`),
    inside("incident-declare", `/incidents/${proposed}`, press("command.declare-major.do")),
    inside("incident-hand-over", `/incidents/${major}`, press("roles.offer")),
    inside("incident-task", `/incidents/${major}`, press("tasks.add")),
    inside("incident-pause", `/incidents/${unpaused}`, press("clocks.pause")),
    { ...inside("incident-restricted", "/"), path: await restrictedOf(readers) },
    { ...inside("incident-security", "/"), path: await securedOf(readers) },
    { ...inside("incident-security-add", "/", addObservables), path: await securedOf(readers) },
    { ...inside("incident-obligations", "/"), path: await obligedOf(desk, readers) },
    inside("registers", "/registers"),
    kept("laws", "/laws"),
    inside("incident-security-none", `/incidents/${alerted}/security`),
    inside("my-work", "/my-work"),
    inside("watch", "/watch"),
    inside("break-glass", "/break-glass"),
    inside("incident-of-alert", `/incidents/${alerted}`),
    inside("incident-closed", `/incidents/${closed}`),
    inside("incident-acts", `/incidents/${major}`, openActs),
    inside("record", "/?record=true", writeTitle),
    inside("palette", "/", openPalette),
    inside("keys", "/", openKeys),
    inside("alerts", "/alerts"),
    inside("alert", `/alerts/${alert}`),
    inside("alerts-waiting", "/alerts?status=waiting"),
    inside("alert-waiting", `/alerts/${waiting}`),
    inside("silences", "/silences"),
    inside("maintenance", "/maintenance"),
    kept("noise-rules", "/noise-rules"),
    kept("noise-rules-grouping", "/noise-rules", chooseGrouping),
    kept("noise-rule-form", "/noise-rules", changeRule),
    kept("noise-rule-what-if", "/noise-rules", runRule),
    inside("alert-raise", `/alerts/${waiting}`, raiseAlert),
    inside("silence-like", `/silences?like=${alert}`),
    inside("assistance", "/assistance"),
    inside("assistance-all", "/assistance?scope=all&ended=true"),
    ...(await requests(list)).map(([name, path]) => inside(name, path)),
    inside("assistance-help", "/help", writeNeed),
    kept("assistance-rules", "/assistance-rules"),
    kept("assistance-rules-form", "/assistance-rules", changeRules),
    inside("search", "/search?q=permis"),
    inside("search-empty", "/search"),
    inside("people", "/people"),
    inside("person", `/people/${await named("/api/v1/people", "Léa Gagnon")}`),
    inside("teams", "/teams"),
    inside("team", `/teams/${await named("/api/v1/teams", "Applications")}`),
    inside("functions", "/functions"),
    inside("function", `/functions/${await named("/api/v1/functions", "Affaires juridiques")}`),
    inside("categories", "/categories"),
    inside("category-major", "/categories/major"),
    kept("category-major-form", "/categories/major", writeProcess),
    inside("category", "/categories/security"),
    kept("category-form", "/categories/security", writeProcess),
    inside("services", "/services"),
    inside("service", `/services/${await named("/api/v1/services", "Paie")}`),
    kept("service-form", `/services/${await named("/api/v1/services", "Paie")}`, openForm),
    inside("suppliers", "/suppliers"),
    inside("supplier", `/suppliers/${await named("/api/v1/suppliers", "Northline Telecom")}`),
    kept("supplier-form", `/suppliers/${await named("/api/v1/suppliers", "Northline Telecom")}`, openForm),
    inside("incident-suppliers", `/incidents/${engaged}`, toSuppliers),
    inside("incident-supplier-call", `/incidents/${alerted}`, callSupplier),
    inside("schedules", "/schedules"),
    inside("schedule", `/schedules/${await named("/api/v1/schedules", "")}`),
    kept("schedule-form", `/schedules/${await named("/api/v1/schedules", "")}`, openForm),
    inside("reach", "/reach"),
    inside("policies", "/escalation-policies"),
    inside("policy", `/escalation-policies/${await named("/api/v1/escalation-policies", "")}`),
    kept("policy-form", `/escalation-policies/${await named("/api/v1/escalation-policies", "")}`, addCondition),
    kept("policy-what-if", `/escalation-policies/${await named("/api/v1/escalation-policies", "")}`, runAgain),
    kept("policy-webhook-form", "/escalation-policies", addWebhook),
    kept("channels", "/channels"),
    kept("integrations", "/integrations"),
    kept("integration", `/integrations/${(await list("/api/v1/integrations"))[0].id}`),
    kept("heartbeats", "/heartbeats"),
    kept("checklist", "/checklist"),
    inside("notifications", "/notifications"),
    inside("tokens", "/tokens"),
    inside("missing", "/nowhere"),
    kept("api", "/api/docs"),
    kept("person-form", `/people/${await named("/api/v1/people", "Léa Gagnon")}`, openForm),
  ];
}

/** One that admits the reader of each language. */
async function restrictedOf(readers: Reading): Promise<(language: Language) => string> {
  const found = async (api: TestDesk["api"]): Promise<string> => {
    const { data } = await api("GET", "/api/v1/incidents?limit=200");
    return data.find((one: Answer) => one.restriction !== null).number;
  };
  const [fr, en] = [await found(readers.fr), await found(readers.en)];
  return (language) => `/incidents/${{ fr, en }[language]}`;
}

/** Two laws assessed, one of them late; a third asks to be. */
async function obligedOf(desk: TestDesk, readers: Reading): Promise<(language: Language) => string> {
  const of = await restrictedOf(readers);
  await boundByLaw(desk.api);
  for (const language of ["fr", "en"] as const)
    await assessedByLaw(readers[language], of(language).split("/").at(-1) ?? "");
  return (language) => `${of(language)}/obligations`;
}

let secured: Promise<(language: Language) => string> | undefined;

function securedOf(readers: Reading): Promise<(language: Language) => string> {
  secured ??= restrictedOf(readers).then(async (of) => {
    for (const language of ["fr", "en"] as const)
      await keepFile(readers[language], of(language).split("/").at(-1) ?? "", language);
    return (language) => `${of(language)}/security`;
  });
  return secured;
}

async function addObservables(page: Page): Promise<void> {
  await page.locator("#observables + small + .btn, #observables + .btn").click();
  const values = ["hxxps://rivemont-paie[.]example/a", "203[.]0[.]113[.]77", "paie[@]rivemont-paie[.]example"];
  await page.getByRole("dialog").locator("textarea").first().fill(values.join("\n"));
}

/** One that somebody must decide about, and one that has ended. */
async function requests(list: (path: string) => Promise<Answer[]>): Promise<readonly (readonly [string, string])[]> {
  const all = await list("/api/v1/assistance?scope=all");
  const raised = all.find((one) => one.raised !== null && one.status === "waiting") ?? all[0];
  const ended = all.find((one) => one.status === "confirmed") ?? all[0];
  return [
    ["assistance-request", `/assistance/${raised.number}`],
    ["assistance-ended", `/assistance/${ended.number}`],
  ];
}

async function writeNeed(page: Page, _words: Words, language: Language): Promise<void> {
  const need = { fr: "Relire un contrat avant vendredi", en: "Read a contract again before Friday" };
  await page.locator("main input").first().fill(need[language]);
  await page.locator(".preview").waitFor();
}

async function changeRules(page: Page): Promise<void> {
  await page.locator(".bar .btn.primary").click();
  await page.getByRole("dialog").waitFor();
}

/** Two alerts that a silence holds back: the id of the newer. */
async function silenced({ api, integration, knock }: TestDesk): Promise<string> {
  const inHours = (many: number): string => new Date(Date.now() + many * 3_600_000).toISOString();
  const site = { label: "site", operator: "=", value: "nord" };
  const reason = "Remplacement des commutateurs de l’aile nord";
  await api("POST", "/api/v1/silences", { reason, matchers: [site], until: inHours(4) });
  await api("POST", "/api/v1/silences", { reason: "Backup tests", text: "backup", until: inHours(30) });
  await planned(api);
  await ruled(api);
  const key = await integration("generic", { name: "Supervision du réseau" });
  for (const title of ["Lien coupé sur le commutateur 12", "Lien coupé sur le commutateur 14"])
    await knock(`/events/${key}`, { key: title, title, severity: "error", labels: { site: "nord" } });
  return (await api("GET", "/api/v1/alerts?status=waiting")).data[0].id;
}

async function planned(api: TestDesk["api"]): Promise<void> {
  const services = (await api("GET", "/api/v1/services")).data.map((one: Answer) => one.id);
  const clocks = { zone: "America/Montreal", startDate: "2026-01-03", from: "22:00", until: "04:00" };
  const plans = [
    ["Correctifs du samedi", { again: { ...clocks, every: "week", days: [6] } }],
    ["Clôture de fin de mois", { again: { ...clocks, every: "month", day: 31 } }],
  ] as const;
  for (const [name, plan] of plans) {
    const body = { name, reason: "Mises à jour du fournisseur", services: services.slice(0, 2), plan };
    await api("POST", "/api/v1/maintenance-windows", body);
  }
}

async function ruled(api: TestDesk["api"]): Promise<void> {
  const check = (value: string) => [{ label: "check", operator: "=", value }];
  const rules = [
    ["Coupures brèves", { kind: "wait", minutes: 3 }],
    ["Échecs d’ouverture de session", { kind: "threshold", count: 5, minutes: 10 }],
    ["Par site", { kind: "grouping", labels: ["site"], withinMinutes: 30 }],
    ["Panne de courant", { kind: "inhibition", source: check("power"), target: check("ping"), equal: ["site"] }],
  ] as const;
  const text = { "Coupures brèves": "coupure", "Échecs d’ouverture de session": "session" } as Record<string, string>;
  for (const [name, definition] of rules)
    await api("POST", "/api/v1/noise-rules", { name, definition, text: text[name] ?? null });
}

async function changeRule(page: Page): Promise<void> {
  await page.locator("#content button[aria-haspopup='dialog'], #content li button, #content tr button").first().click();
  await page.getByRole("dialog").waitFor();
}

/** What a grouping would have made of the last days, with the first of its lists open. */
async function runRule(page: Page): Promise<void> {
  await chooseGrouping(page);
  await page.locator("form input").nth(1).fill("severity");
  await page.locator(".what-if .running button").click();
  await page.locator(".what-if summary").first().click();
}

async function toSuppliers(page: Page): Promise<void> {
  await page.locator("#suppliers").scrollIntoViewIfNeeded();
}

async function callSupplier(page: Page): Promise<void> {
  await page.locator(".suppliers .acts .btn").last().click();
  await page.getByRole("dialog").waitFor();
}

async function raiseAlert(page: Page, { t }: Words): Promise<void> {
  await page
    .getByRole("button", { name: t("alert.raise") })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
}

async function chooseGrouping(page: Page): Promise<void> {
  await page.locator("form select").first().selectOption("grouping");
}

type TownPlaces = {
  readonly ack: string;
  readonly receipt: string;
  readonly contributors: Readonly<Record<Language, string>>;
};

export function townSubjects(places: TownPlaces): readonly Subject[] {
  const outside = (name: string, path: Subject["path"], act?: Subject["act"]): Subject => ({
    name,
    desk: "town",
    reader: "guest",
    path,
    ...(act && { act }),
  });
  return [
    outside("sign-in", "/sign-in"),
    outside("acknowledge", (language) => `${places.ack}?lang=${language}`),
    outside("acknowledge-note", (language) => `${places.ack}?lang=${language}&note=1`),
    outside("report", (language) => `/report?lang=${language}`),
    outside("receipt", (language) => `${places.receipt}?lang=${language}`),
    outside("contributor", (language) => places.contributors[language], openRequest),
    outside("offline", (language) => `/offline?lang=${language}`),
    { ...outside("set-up", "/setup?step=mail"), reader: "administrator" },
    { ...outside("set-up-alert", "/setup?step=alert"), reader: "administrator" },
  ];
}

async function openRequest(page: Page): Promise<void> {
  await page.locator("button.primary").click();
  await page.getByRole("radio").first().waitFor();
}

async function chooseTwo(page: Page, { t }: Words): Promise<void> {
  for (const box of [0, 1]) await page.locator("[data-choose]").nth(box).check();
  await page.getByRole("region", { name: t("bulk.title") }).waitFor();
}

/** What is of low impact is brought to its end together. */
const closeTogether =
  (numbers: readonly string[]) =>
  async (page: Page, { t }: Words): Promise<void> => {
    for (const one of numbers)
      await page
        .locator("li")
        .filter({ has: page.locator(`a[data-row][href$="${one}"]`) })
        .locator("[data-choose]")
        .check();
    const bar = page.getByRole("region", { name: t("bulk.title") });
    await bar.getByRole("button", { name: begins(t("bulk.close.do")) }).click();
    await page.getByRole("dialog", { name: t("bulk.close.title", { count: numbers.length }) }).waitFor();
  };

async function openActs(page: Page, { t }: Words): Promise<void> {
  await page
    .getByRole("button", { name: begins(t("acts.open")) })
    .filter({ visible: true })
    .click();
  await page.getByRole("dialog", { name: t("acts.title") }).waitFor();
}

const press =
  (button: Parameters<Words["t"]>[0]) =>
  async (page: Page, { t }: Words): Promise<void> => {
    await page
      .getByRole("button", { name: begins(t(button)) })
      .filter({ visible: true })
      .first()
      .click();
    await page.getByRole("dialog").waitFor();
  };

async function writeTitle(page: Page, { t }: Words, language: Language): Promise<void> {
  const field = page.getByRole("dialog").getByRole("textbox", { name: begins(t("record.what")) });
  await field.fill(language === "fr" ? "Permis en ligne: erreur 502" : "Remote access drops again");
  await page.getByRole("heading", { name: t("record.known") }).waitFor();
}

async function openPalette(page: Page, { t }: Words): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("pa");
  await page.getByRole("dialog", { name: t("palette.title") }).waitFor();
}

async function openKeys(page: Page, { t }: Words): Promise<void> {
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: t("keys.title") }).waitFor();
}

/** A step that counts only for the most pressing, and at some hours. */
async function addCondition(page: Page, words: Words): Promise<void> {
  await openForm(page, words);
  const form = page.getByRole("dialog");
  for (const kind of ["priority", "hours"] as const)
    await form
      .getByRole("button", { name: words.t(`policy.when.kind.${kind}`) })
      .first()
      .click();
}

/** What the last weeks would have been with somebody else first, and the list behind a number. */
async function runAgain(page: Page, words: Words): Promise<void> {
  const { t } = words;
  await openForm(page, words);
  const form = page.getByRole("dialog");
  const target = form.getByRole("combobox", { name: t("policy.target", { number: 1 }) }).first();
  await target.selectOption({ label: "Léa Gagnon" });
  const section = form.getByRole("region", { name: t("what-if.title") });
  await section.getByRole("button", { name: t("what-if.run") }).click();
  await section.getByRole("button", { name: t("what-if.again") }).waitFor();
  await section.locator("summary").first().click();
  await section.scrollIntoViewIfNeeded();
  await section.evaluate((one) => (one as unknown as { scrollIntoView: () => void }).scrollIntoView());
}

async function addWebhook(page: Page, { t }: Words): Promise<void> {
  await page.getByRole("button", { name: t("policy-webhooks.add") }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: begins(t("policy-webhooks.name")) }).fill("Robot de nuit");
}

async function writeProcess(page: Page, { t }: Words): Promise<void> {
  await page.getByRole("button", { name: t("process.write") }).click();
  await page.getByRole("dialog").waitFor();
}

async function openForm(page: Page, { t }: Words): Promise<void> {
  await page.getByRole("button", { name: t("frame.change") }).click();
  await page.getByRole("dialog").waitFor();
}
