/** Interaction to next paint on a board of two thousand open incidents, in Chromium, as the browser itself measures it: for
 *  each key or click, from the input to the frame that shows its effect. */
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import { administrator, makePlace, makeToken, removePlace, startDesk } from "./desk-process.ts";
import { type Figure, ms, quantile } from "./table.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const open = 2_000;
const together = 16;
const what = `Interaction to next paint, board of ${open.toLocaleString("en")} open incidents`;
const target = "100 ms";
/** By the definition of the measure, the slowest of each so many is left out: https://web.dev/articles/inp. */
const oneLeftOutOf = 50;
/** The browser reports nothing shorter, and rounds to 8 ms. */
const reportedFromMs = 16;

const unmeasured = (remark: string): Figure => ({
  what,
  measured: "not measured",
  target,
  plain: "–",
  ratio: null,
  remark,
});

/** On a desk of its own: what the load leaves behind would come on top. */
export async function measureInteraction(smtpPort: number): Promise<Figure> {
  if (!existsSync(executablePath)) return unmeasured(`no Chromium at ${executablePath}`);
  const place = await makePlace(smtpPort);
  try {
    const desk = await startDesk(place);
    try {
      await record(desk.port, await makeToken(desk.port));
      return await measure(`http://127.0.0.1:${desk.port}`);
    } finally {
      await desk.stop();
    }
  } finally {
    removePlace(place);
  }
}

async function record(port: number, token: string): Promise<void> {
  const post = async (path: string, body: object): Promise<{ readonly number: string }> => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/incidents${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return (await answer.json()) as { readonly number: string };
  };
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < open) {
      const n = next++;
      const weight = { impact: (n % 4) + 1, urgency: (Math.floor(n / 4) % 4) + 1 };
      const { number } = await post("", { title: `The booking page answers slowly, call ${n}`, ...weight });
      if (n % 3 === 0) await post(`/${number}/accept`, {});
      if (n % 9 === 0) await post(`/${number}/declare-restored`, {});
    }
  };
  await Promise.all(Array.from({ length: together }, one));
}

async function measure(url: string): Promise<Figure> {
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-CA" });
    await page.addInitScript(observe);
    await page.goto(`${url}/sign-in`);
    await page.locator("input[type=email]").fill(administrator.email);
    await page.locator("input[type=password]").fill(administrator.password);
    await page.keyboard.press("Enter");
    /* A desk that was never set up begins with that. */
    await page.waitForURL("**/setup*");
    await page.goto(url);
    await page.locator("[data-row]").first().waitFor();
    await untilWhole(page);
    const spent = await threadTime(page);
    const { count, most } = await work(page, spent);
    const seen = await page.evaluate<Record<string, { ms: number; name: string }>>("globalThis.interactions");
    const took = Object.values(seen).sort((a, b) => b.ms - a.ms);
    /* Those that the browser does not report were faster than it reports. */
    const all = [...took.map((one) => one.ms), ...Array.from({ length: Math.max(0, count - took.length) }, () => 0)];
    const fast = `under ${reportedFromMs} ms`;
    const said = (share: number): string =>
      ((found) => (found < reportedFromMs ? fast : ms(found)))(quantile(all, share));
    const worst = took[0];
    const counted = took[Math.floor(count / oneLeftOutOf)];
    for (const { ms: length, name } of took.slice(0, 8)) process.stderr.write(`  ${ms(length)} ${name}\n`);
    return {
      ...unmeasured(
        `${count} keys and clicks; p50 ${said(0.5)}, p95 ${said(0.95)}; the worst ${ms(worst?.ms ?? 0)}, ${worst?.name ?? "–"}; at most ${ms(most.ms)} of main-thread time for one, ${most.name}`,
      ),
      measured: counted ? ms(counted.ms) : fast,
    };
  } finally {
    await browser.close();
  }
}

const observe = `
  globalThis.interactions = {};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.interactionId) continue;
      const known = globalThis.interactions[entry.interactionId];
      if (!known || known.ms < entry.duration)
        globalThis.interactions[entry.interactionId] = { ms: entry.duration, name: entry.name + " " + globalThis.doing };
    }
  }).observe({ type: "event", durationThreshold: ${reportedFromMs}, buffered: true });`;

/** The pages of the board have all come: the box that chooses all says how many. */
async function untilWhole(page: Page): Promise<void> {
  const end = performance.now() + wholeWithinMs;
  for (;;) {
    const said = await page.evaluate<string>('document.querySelector(".cols label")?.textContent ?? ""');
    if (said.replaceAll(/\D/g, "") === String(open)) return;
    if (performance.now() > end) throw new Error(`the board never was whole: ${said}`);
    await sleep(100);
  }
}

const wholeWithinMs = 60_000;

/** Processor time of the page's main thread so far: steadier than what passes on a machine that others use too. */
async function threadTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find((one) => one.name === "TaskDuration")?.value ?? 0) * 1_000;
  };
}

/** What scrolling brought in has been drawn. */
async function quiet(spent: () => Promise<number>): Promise<void> {
  for (let before = -1, now = 0; now - before > 5; ) {
    await sleep(250);
    [before, now] = [now, await spent()];
  }
}

type Cost = { readonly ms: number; readonly name: string };

/** What somebody does who works through a board: gives how many interactions it was, and the most that
 *  one cost until the page was quiet again. */
async function work(page: Page, spent: () => Promise<number>): Promise<{ count: number; most: Cost }> {
  let count = 0;
  let most: Cost = { ms: 0, name: "" };
  const settled = async (doing: string, act: () => Promise<unknown>): Promise<void> => {
    await page.evaluate(`globalThis.doing = ${JSON.stringify(doing)}`);
    const before = await spent();
    await act();
    count += 1;
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await sleep(40);
    const cost = (await spent()) - before;
    if (cost > most.ms) most = { ms: cost, name: doing };
  };
  const press = (key: string, times = 1, doing = key) =>
    Array.from({ length: times }).reduce<Promise<void>>(
      (before) => before.then(() => settled(doing, () => page.keyboard.press(key))),
      Promise.resolve(),
    );
  for (const look of ["l", "b", "t"]) {
    await press(look, 1, `to look ${look}`);
    for (let turn = 0; turn < 3; turn += 1) {
      await press("j", 5, `j in ${look}`);
      await press("x", 2, `x in ${look}`);
      await page.mouse.wheel(0, 6_000);
      await quiet(spent);
    }
    await settled(`a click in ${look}`, () => page.locator("[data-choose]").nth(3).click());
    await press("Escape", 1, `Escape in ${look}`);
    await press("/", 1, `/ in ${look}`);
    for (const letter of "slowly") await press(letter, 1, `typing in ${look}`);
    await press("Backspace", 6, `deleting in ${look}`);
    await press("Escape", 1, `leaving the filter in ${look}`);
  }
  await press("l", 1, "back to the list");
  await settled("all of the list chosen", () => page.locator(".cols input").click());
  await settled("none chosen", () => page.locator(".cols input").click());
  for (const tab of [1, 2, 0]) await settled(`tab ${tab}`, () => page.locator(".tabs a").nth(tab).click());
  return { count, most };
}
