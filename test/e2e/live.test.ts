/** The stream is cut with the server, and said to be; once it is back, the board catches up by itself. */
import { onStage, signedIn } from "./browser.ts";
import { begins, languages } from "./words.ts";

const people = { fr: "Élise Tremblay", en: "Sam Carter" } as const;
const before = { fr: "Une panne d’avant", en: "An outage of before" } as const;
const meanwhile = { fr: "Une panne que le flux n’a pas dite", en: "An outage that the stream did not tell" } as const;
const stream = "**/api/v1/stream";

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
});
