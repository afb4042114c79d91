/** Debian's Chromium, and people in front of it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { type Someone, startTestDesk, type TestDesk } from "./desk.ts";
import { begins, type Language, type Words, words } from "./words.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const patienceMs = 30_000;

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args });

export type Stage = { readonly t: TestContext; readonly desk: TestDesk; readonly browser: Browser };

/** One desk and one browser for all that is told in a file. */
export function onStage(
  name: string,
  tell: (stage: Stage) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): void {
  const skip = existsSync(executablePath) ? false : `no Chromium at ${executablePath}: apt-get install chromium`;
  test(name, { skip }, async (t) => {
    const desk = await startTestDesk(environment);
    try {
      const browser = await openBrowser();
      try {
        await tell({ t, desk, browser });
      } finally {
        await browser.close();
      }
    } finally {
      await desk.close();
    }
  });
}

export type Visitor = {
  readonly page: Page;
  readonly words: Words;
  /** What the page complained of: errors in the console, refusals of its policy, scripts that failed or ran uninvited. */
  readonly faults: string[];
  readonly leave: () => Promise<void>;
};

const locales = { fr: "fr-CA", en: "en-CA" } as const;
export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** A browser of one's own, without a session. */
export async function visit(
  browser: Browser,
  language: Language,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    locale: locales[language],
    timezoneId: "America/Toronto",
    viewport: desktop,
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  await context.addInitScript(watch);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${String(error)}`));
  return { page, words: words[language], faults, leave: () => context.close() };
}

const watch = `
  globalThis.alert = (text) => console.error("a script ran: alert " + text);
  document.addEventListener("securitypolicyviolation", (event) =>
    console.error("the policy refused " + event.violatedDirective + " " + event.blockedURI + " " + event.sample));
`;

/** By hand, at the sign-in page; ends on the board. */
export async function signIn(
  { page, words: { t } }: Visitor,
  desk: TestDesk,
  person: Pick<Someone, "email" | "password">,
) {
  await page.goto(`${desk.url}/sign-in`);
  await page.getByLabel(t("signin.email")).fill(person.email);
  await page.getByLabel(t("signin.password")).fill(person.password);
  await page.getByRole("button", { name: t("signin.enter") }).click();
  await page.getByRole("heading", { level: 1, name: t("shell.incidents") }).waitFor();
}

export async function signedIn(
  { browser, desk }: Pick<Stage, "browser" | "desk">,
  person: Someone,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const visitor = await visit(browser, person.language, options);
  await signIn(visitor, desk, person);
  return visitor;
}

/** Undo lasts ten seconds, counted in quarters; in a story it lasts until the story is over, however slow the machine. */
export const undoLasts = `
  const often = globalThis.setInterval;
  globalThis.setInterval = (act, ms, ...more) => often(act, ms === 250 ? 3_600_000 : ms, ...more);
`;

/** A field by the first words of its label. */
export const field = (scope: Page | Locator, label: string): Locator =>
  scope.getByRole("textbox", { name: begins(label) });

export function assertNoFaults(...visitors: readonly Visitor[]): void {
  assert.deepEqual(
    visitors.flatMap((one) => one.faults),
    [],
    "no page complained",
  );
}
