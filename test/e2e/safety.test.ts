/** What comes from outside is text on every page and in every mail, whatever it holds. */
import { assertNoFaults, onStage, type Stage, signedIn, visit } from "./browser.ts";
import { corpus } from "./corpus.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { type Scene, setScene } from "./scene.ts";
import { until } from "./until.ts";
import { languages } from "./words.ts";

/** Each runs where text is taken for markup, for an address, for a script or for a template. */
const payloads = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "<svg onload=alert(3)>",
  '"><script>alert(4)</script>',
  "' autofocus onfocus=alert(5) x='",
  '<iframe srcdoc="<script>alert(6)</script>">',
  "javascript:alert(7)//",
  "</title></style><script>alert(8)</script>",
  `{{constructor.constructor("alert(9)")()}} $${"{alert(9)}"}`,
  "<a href=javascript:alert(10)>x</a><!--",
];

/** Ten from one integration: one more would be a storm. */
const sources: readonly { kind: string; path: (key: string) => string; body: (key: string, text: string) => object }[] =
  [
    {
      kind: "pagerduty",
      path: () => "/v2/enqueue",
      body: (key, text) => ({
        ...pagerDutyEvent(key, text, text),
        client: text,
        client_url: "javascript:alert(11)",
        links: [{ href: "javascript:alert(12)", text }],
      }),
    },
    {
      kind: "alertmanager",
      path: (key) => `/alertmanager/${key}/webhook`,
      body: (_key, text) => ({
        version: "4",
        groupKey: text,
        status: "firing",
        externalURL: "javascript:alert(13)",
        alerts: [
          {
            status: "firing",
            labels: { alertname: text, instance: text, severity: "critical" },
            annotations: { summary: text, description: text, runbook_url: "javascript:alert(14)" },
            startsAt: "2026-01-01T00:00:00Z",
            generatorURL: "javascript:alert(15)",
          },
        ],
      }),
    },
    {
      kind: "generic",
      path: (key) => `/events/${key}`,
      body: (_key, text) => ({ title: text, source: text, [text]: text }),
    },
  ];

onStage("no page runs what it is sent", async (stage) => {
  const { t, desk } = stage;
  const scene = await setScene(desk);
  await t.test("a script that runs would be noticed", async () => {
    const { page, faults, leave } = await visit(stage.browser, "en");
    await page.setContent('<img src="data:," onerror="alert(0)">');
    await until("it is noticed", async () => faults.some((one) => one.includes("a script ran: alert 0")));
    await leave();
  });
  const titles = await sendAll(stage, scene);
  const reported = await reportAll(stage);
  for (const language of languages) {
    const person = scene.people[language];
    await t.test(`stored scripts stay text, ${language}`, () => staysText(stage, person, [...titles, ...reported]));
    await t.test(`and in the mail and behind its link, ${language}`, () => staysTextInMail(stage, person, titles));
  }
});

async function sendAll({ desk }: Stage, { service }: Scene): Promise<readonly string[]> {
  const titles: string[] = [];
  for (const { kind, path, body } of sources) {
    const key = await desk.integration(kind, { name: `<b onclick=alert(16)>${kind}</b>`, service });
    for (const payload of payloads) {
      const text = `${payload} ${kind}`;
      await desk.knock(path(key), body(key, text));
      titles.push(text);
    }
  }
  await until("every payload is an incident", async () => {
    const { data } = (await desk.api("GET", "/api/v1/incidents")) as { data: { title: string }[] };
    const known = new Set(data.map((one) => one.title));
    return titles.every((title) => known.has(title));
  });
  return titles;
}

/** What anybody may write without an account: as many as one network may send, the whole corpus between them. */
async function reportAll({ desk }: Stage): Promise<readonly string[]> {
  const titles = payloads.map((payload) => `${payload} report`);
  const each = corpus.length / titles.length;
  for (const [index, title] of titles.entries()) {
    const description = corpus.slice(index * each, (index + 1) * each).join("\n");
    await desk.knock("/api/v1/reports", { title, description, name: title, contact: title });
  }
  return titles;
}

async function staysText(stage: Stage, person: Someone, titles: readonly string[]): Promise<void> {
  const visitor = await signedIn(stage, person);
  const { page } = visitor;
  for (const title of titles) {
    const link = page.getByRole("link", { name: title, exact: true });
    await until("a long board has drawn it", async () => {
      if ((await link.count()) > 0) return true;
      await page.locator("[data-row]").last().scrollIntoViewIfNeeded();
      return false;
    });
    await link.click();
    await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    if (title.endsWith(" report")) await page.getByText("alert(21)' style=").first().waitFor();
    await page.goBack();
  }
  await page.goto(`${stage.desk.url}/integrations`);
  await page.getByRole("heading", { name: "<b onclick=alert(16)>generic</b>" }).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function staysTextInMail(stage: Stage, person: Someone, titles: readonly string[]): Promise<void> {
  const visitor = await visit(stage.browser, person.language);
  const { page } = visitor;
  for (const title of titles) {
    const { url, letter } = await stage.desk.ackLink(person.email, title);
    await page.goto(url);
    await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    await page.goto("about:blank");
    await page.setContent(letter.html);
    await page.getByText(title).first().waitFor();
  }
  assertNoFaults(visitor);
  await visitor.leave();
}
