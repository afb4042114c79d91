/** Takes the pictures of docs/pictures, of every page, from real desks: the demonstration, and a town on a busy day.
 *
 *      node bin/start.cjs --build-only                        # the web must be built
 *      node bin/run.cjs test/e2e/pictures.ts                  # all of them
 *      node bin/run.cjs test/e2e/pictures.ts board record     # only those whose name begins so
 *      node bin/run.cjs test/e2e/pictures.ts --whole --all-ways --into /tmp/look   # to be judged: whole pages, elsewhere,
 *                                                             # each in both languages, on a desk and in a hand */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { demonstrationPassword } from "../../server/demonstration/load.ts";
import { loadSecrets } from "../../server/platform/secrets.ts";
import { openBrowser, phone, visit } from "./browser.ts";
import { startTestDesk, type TestDesk } from "./desk.ts";
import { allWays, demonstrationSubjects, type Subject, townSubjects, type Way, waysOf } from "./picture-list.ts";
import { openForBusiness } from "./town.ts";
import { until } from "./until.ts";
import { type Language, root, words } from "./words.ts";

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    whole: { type: "boolean", default: false },
    "all-ways": { type: "boolean", default: false },
    into: { type: "string" },
  },
});
const folder = values.into ?? join(root, "docs", "pictures");
const window = { width: 1440, height: 900 };
const zone = "America/Toronto";

type Credentials = { readonly email: string; readonly password: string };
type Readers = Readonly<Record<"coordinator" | "administrator", Readonly<Record<Language, Credentials>>>>;
type Studio = {
  readonly desk: TestDesk;
  readonly zone: string;
  readonly readers: Readers;
  readonly subjects: readonly Subject[];
};

/** Its key makes its password. */
const key = Buffer.alloc(32, 7);

async function demonstration(): Promise<Studio> {
  const desk = await startTestDesk({ TOCSIN_SECRET_KEY: key.toString("base64") }, ["--demo"]);
  const password = demonstrationPassword(loadSecrets(key, ""));
  const administrator = await desk.person("Robin Hale", "en", { admin: true, level: 5, zone });
  const coordinator = {
    fr: { email: "elise.tremblay@valrive.example", password },
    en: { email: "helen.fraser@valrive.example", password },
  };
  const apiOf = (language: Language) => desk.apiOf({ id: language, name: "", language, ...coordinator[language] });
  const readers = { fr: await apiOf("fr"), en: await apiOf("en") };
  return {
    desk,
    zone,
    readers: { coordinator, administrator: { fr: desk.admin, en: administrator } },
    subjects: await demonstrationSubjects(desk, readers),
  };
}

async function town(): Promise<Studio> {
  const desk = await startTestDesk();
  const made = await openForBusiness(desk);
  const { url } = await desk.ackLink(made.readers.fr.email, made.alert);
  const report = await fetch(`${desk.url}/api/v1/reports`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "La borne de l’entrée nord ne répond plus" }),
  });
  const { receipt } = (await report.json()) as { receipt: string };
  const administrator = await desk.person("Robin Hale", "en", { admin: true, level: 5, zone: made.zone });
  return {
    desk,
    zone: made.zone,
    readers: { coordinator: made.readers, administrator: { fr: desk.admin, en: administrator } },
    subjects: townSubjects({
      ack: new URL(url).pathname,
      receipt: `/report/${receipt}`,
      contributors: { fr: await contributorLink(desk, "fr"), en: await contributorLink(desk, "en") },
    }),
  };
}

const askedOutside = {
  fr: {
    text: "Jusqu’à quelle heure pouvez-vous recevoir nos virements?",
    context: "Nos virements de paie partent lentement. Votre réponse décidera si nous les envoyons par fichier.",
    choices: ["05:30, comme prévu", "06:00", "06:30"],
  },
  en: {
    text: "Until what hour can you take our transfers?",
    context: "Our payroll transfers leave slowly. Your answer decides whether we send them as a file.",
    choices: ["05:30, as planned", "06:00", "06:30"],
  },
} as const;

/** In either language, of somebody who may give it on: each picture is of another browser. */
async function contributorLink(desk: TestDesk, language: Language): Promise<string> {
  const email = `guest.${language}@partner.example`;
  const { number } = await desk.api("POST", "/api/v1/incidents", { title: "Virements", language });
  const who = { name: "Karim Benali", email, language, forwardable: true };
  await desk.api("POST", `/api/v1/incidents/${number}/ask-contributor`, { ...who, ...askedOutside[language] });
  const letter = await until("a letter", async () => desk.post.letters.find((one) => one.to === email) ?? false);
  return /\/c\/\w+/.exec(letter.text)?.[0] ?? "";
}

const nameOf = ({ name }: Subject, { theme, language, onPhone }: Way): string =>
  `${name}-${theme}${onPhone ? "-phone" : ""}-${language}.webp`;

/** Signs in once for each reader, since a password is slow to check by design. */
function doorOf(browser: Browser, { desk, readers, zone: timezoneId }: Studio) {
  const cookies = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();
  return async ({ reader }: Subject, way: Way) => {
    const visitor = await visit(browser, way.language, {
      viewport: way.onPhone ? phone : window,
      deviceScaleFactor: way.onPhone ? 1.5 : 1,
      colorScheme: way.theme,
      timezoneId,
    });
    if (reader === "guest") return visitor;
    const { email, password } = readers[reader][way.language];
    const context = visitor.page.context();
    const known = cookies.get(email);
    if (known) await context.addCookies(known);
    else {
      const answer = await context.request.post(`${desk.url}/api/v1/session`, { data: { email, password } });
      if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()}`);
      cookies.set(email, await context.cookies());
    }
    return visitor;
  };
}

/** When nothing but the live stream is on its way. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
  await page.evaluate(`(async () => {
    let seen = -1;
    for (let still = 0; still < 4; ) {
      await new Promise((done) => setTimeout(done, 100));
      const now = performance.getEntriesByType("resource").length + document.querySelectorAll("*").length;
      still = now === seen ? still + 1 : 0;
      seen = now;
    }
    await document.fonts.ready;
  })()`);
}

/** A third of the bytes of a PNG, by the browser that is there anyway. */
async function smaller(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const text = (await page.evaluate(`(async () => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64,${png.toString("base64")}")).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext("2d").drawImage(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality: 0.84 })).arrayBuffer());
    return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
  })()`)) as string;
  await page.close();
  return Buffer.from(text, "base64");
}

async function take(browser: Browser, studio: Studio): Promise<number> {
  const open = doorOf(browser, studio);
  let bytes = 0;
  for (const subject of studio.subjects) {
    if (asked.length > 0 && !asked.some((word) => subject.name.startsWith(word))) continue;
    for (const way of values["all-ways"] ? allWays : waysOf(subject)) {
      const { page, faults, leave } = await open(subject, way);
      const path = typeof subject.path === "string" ? subject.path : subject.path(way.language);
      try {
        await page.goto(`${studio.desk.url}${path}`);
        await settled(page);
        await subject.act?.(page, words[way.language], way.language);
        await page.mouse.move(0, 0);
        await settled(page);
        const picture = await smaller(browser, await page.screenshot({ fullPage: values.whole }));
        writeFileSync(join(folder, nameOf(subject, way)), picture);
        bytes += picture.length;
        console.log(`${nameOf(subject, way)} ${Math.round(picture.length / 1_000)} kB`, ...faults);
      } catch (error) {
        console.error(`${nameOf(subject, way)}: ${error instanceof Error ? error.message : error}`);
        process.exitCode = 1;
      }
      await leave();
    }
  }
  return bytes;
}

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
try {
  for (const begin of [town, demonstration]) {
    const studio = await begin();
    try {
      const bytes = await take(browser, studio);
      console.log(`${Math.round(bytes / 1_000)} kB`);
    } finally {
      await studio.desk.close();
    }
  }
} finally {
  await browser.close();
}
