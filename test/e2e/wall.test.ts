/** What is shown on a wall: live, dark, nothing to press; and it says plainly when it is no longer live. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { onStage, type Stage, signedIn, type Visitor } from "./browser.ts";
import type { Someone } from "./desk.ts";
import { begins, cockpitWords, type Language, languages } from "./words.ts";

const told = {
  fr: {
    title: "La paie ne part pas",
    small: "Imprimante en panne",
    decision: "Envoyer par fichier.",
    point: "Lot gelé.",
  },
  en: { title: "Pay does not go out", small: "A printer is down", decision: "Send it as a file.", point: "On hold." },
} as const;
const screen = { viewport: { width: 1920, height: 1080 } };

onStage("the wall", async (stage) => {
  for (const language of languages) {
    const name = { fr: "Élise Tremblay", en: "Sam Carter" }[language];
    const person = await stage.desk.person(name, language, { level: 4 });
    await stage.t.test(language, () => watched(stage, person));
  }
});

async function watched(stage: Stage, person: Someone): Promise<void> {
  const { desk } = stage;
  const { language } = person;
  const say = told[language];
  const api = await desk.apiOf(person);
  const record = async (title: string, impact: number): Promise<string> =>
    (await api("POST", "/api/v1/incidents", { title, language, impact, urgency: impact, description: "555-0199" }))
      .number;
  const major = await record(say.title, 1);
  await record(say.small, 4);
  const act = (name: string, body: object = {}) => api("POST", `/api/v1/incidents/${major}/${name}`, body);
  await act("accept");
  const visitor = await signedIn(stage, person, screen);
  const { page } = visitor;
  const t = cockpitWords[language];

  await page.goto(`${desk.url}/wall`);
  await page.getByRole("heading", { level: 1, name: t("wall.title") }).waitFor();
  await page.getByText(say.small).waitFor();
  await act("declare-major", { reason: "P1" });
  const first = page.getByRole("article").filter({ hasText: say.title });
  await first.getByText(t("wall.major")).waitFor();
  await first.getByText(person.name).waitFor();
  await quiet(visitor);

  await page.goto(`${desk.url}/incidents/${major}/wall`);
  await page.getByRole("heading", { level: 1, name: say.title }).waitFor();
  await act("decide", { text: say.decision });
  await act("advise-persons", { text: say.point });
  await page
    .getByRole("region", { name: begins(t("wall.decisions")) })
    .getByText(say.decision)
    .waitFor();
  await page
    .getByRole("region", { name: begins(t("wall.situation")) })
    .getByText(say.point)
    .waitFor();
  await page
    .getByRole("region", { name: begins(t("wall.roles")) })
    .getByText(person.name)
    .waitFor();
  assert.equal(await page.getByText("555-0199").count(), 0, "what was said at the report stays off the wall");
  await quiet(visitor);
  await cut(stage, visitor, language);
  await visitor.leave();
}

/** Dark, whole, and nothing that asks to be pressed. */
async function quiet({ page }: Visitor): Promise<void> {
  assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "dark");
  assert.equal(await page.getByRole("button").count(), 0);
  assert.equal(await page.getByRole("link").count(), 0);
  const over = await page.evaluate<number[]>(
    "[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]",
  );
  assert.deepEqual(over, [0, 0], "all of it is on the screen");
  const short = await page.evaluate<string[]>(
    `[...document.querySelectorAll(".w-marks b, .w-marks span, .w-roles dt, .w-roles dd")]
      .filter((one) => getComputedStyle(one).textOverflow === "ellipsis" || one.scrollWidth > one.clientWidth)
      .map((one) => one.textContent)`,
  );
  assert.deepEqual(short, [], "every milestone, role and name is said whole");
  assert.deepEqual(await violations(page), []);
}

async function cut({ desk }: Stage, { page }: Visitor, language: Language): Promise<void> {
  const state = page.getByRole("status");
  const t = cockpitWords[language];
  await state.getByText(t("wall.live"), { exact: true }).waitFor();
  await desk.stopServer();
  await state.getByText(begins(t("wall.cut", { hour: "#", received: "#" }).split("#")[0]?.trim() ?? "")).waitFor();
  await desk.startServer();
  await state.getByText(t("wall.live"), { exact: true }).waitFor();
}
