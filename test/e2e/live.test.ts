/** The stream is cut with the server, and said to be; once it is back, the board catches up by itself. A network that goes
 *  away without a word is noticed too. */
import { onStage, type Stage, signedIn } from "./browser.ts";
import { begins, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const before = { fr: "Une panne d’avant", en: "An outage of before" } as const;
const meanwhile = { fr: "Une panne que le flux n’a pas dite", en: "An outage that the stream did not tell" } as const;
const stream = "**/api/v1/stream?*";

onStage("the board catches up after the stream was cut", async (stage) => {
  const { t, desk } = stage;
  for (const language of languages) {
    await t.test(language, async () => {
      const { page, words, leave } = await signedIn(stage, await desk.person(people[language], language));
      const state = page.getByRole("status").filter({ visible: true });
      const incident = (title: string) => page.getByRole("link", { name: title, exact: true });
      await state.getByText(words.t("shell.live"), { exact: true }).waitFor();
      await desk.api("POST", "/api/v1/incidents", { title: before[language], language });
      await incident(before[language]).waitFor();

      /* The way back is held shut, so that what happens meanwhile can only be caught up with. */
      await page.route(stream, (route) => route.abort());
      await desk.stopServer();
      const offline = words.t("shell.stale", { hour: "" }).trim();
      await state.getByText(begins(offline)).waitFor();
      await desk.startServer();
      await desk.api("POST", "/api/v1/incidents", { title: meanwhile[language], language });
      await page.unroute(stream);

      await state.getByText(words.t("shell.live"), { exact: true }).waitFor();
      await incident(meanwhile[language]).waitFor();
      await leave();
    });
  }
  await t.test("when nothing is heard any more", () => silence(stage));
});

/** The wait for the next word of the server lasts until the story lets it end. */
const holdSilence = `
  const later = globalThis.setTimeout;
  const waits = [];
  globalThis.setTimeout = (act, ms, ...more) => ms === 40_000 ? waits.push(act) : later(act, ms, ...more);
  globalThis.endSilence = () => waits.at(-1)();
`;

async function silence(stage: Stage): Promise<void> {
  const visitor = await signedIn(stage, await stage.desk.person("Kim Lee", "en"));
  const { page, words, leave } = visitor;
  const state = page.getByRole("status").filter({ visible: true });
  await page.addInitScript(holdSilence);
  await page.reload();
  await state.getByText(words.t("shell.live"), { exact: true }).waitFor();
  await page.route(stream, (route) => route.abort());
  await page.evaluate("globalThis.endSilence()");
  await state.getByText(begins(words.t("shell.stale", { hour: "" }).trim())).waitFor();
  await page.unroute(stream);
  await state.getByText(words.t("shell.live"), { exact: true }).waitFor();
  await leave();
}
