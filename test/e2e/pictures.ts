/** Makes docs/pictures by hand, from a real desk: `node bin/run.cjs test/e2e/pictures.ts`. The web must be built. */
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { openBrowser, phone, signedIn, visit } from "./browser.ts";
import { startTestDesk, type TestDesk } from "./desk.ts";
import { openForBusiness, type Town } from "./town.ts";
import { begins, type Language, root, words } from "./words.ts";

const folder = join(root, "docs", "pictures");
const window = { width: 1280, height: 800 };
const bytesMax = 200_000;

type Subject = "board" | "incident" | "ack" | "sign-in" | "record";
type Picture = {
  readonly of: Subject;
  readonly theme: "light" | "dark";
  readonly language: Language;
  readonly onPhone?: true;
};

const pictures: readonly Picture[] = [
  { of: "board", theme: "light", language: "en" },
  { of: "board", theme: "dark", language: "fr" },
  { of: "board", theme: "light", language: "fr", onPhone: true },
  { of: "incident", theme: "light", language: "fr" },
  { of: "incident", theme: "dark", language: "en" },
  { of: "incident", theme: "light", language: "en", onPhone: true },
  { of: "record", theme: "light", language: "en" },
  { of: "record", theme: "dark", language: "fr", onPhone: true },
  { of: "sign-in", theme: "light", language: "fr" },
  { of: "ack", theme: "light", language: "fr", onPhone: true },
  { of: "ack", theme: "dark", language: "en", onPhone: true },
];

const nameOf = ({ of, theme, language, onPhone }: Picture): string =>
  `${of}-${theme}${onPhone ? "-phone" : ""}-${language}.png`;

async function take(picture: Picture, browser: Browser, desk: TestDesk, town: Town): Promise<void> {
  const { of, theme, language, onPhone } = picture;
  const options = {
    viewport: onPhone ? phone : window,
    deviceScaleFactor: onPhone ? 2 : 1,
    colorScheme: theme,
    timezoneId: town.zone,
  };
  const outside = of === "sign-in" || of === "ack";
  const { page, leave } = outside
    ? await visit(browser, language, options)
    : await signedIn({ browser, desk }, town.readers[language], options);
  const { t } = words[language];
  if (of === "sign-in") {
    await page.goto(`${desk.url}/sign-in`);
    await page.getByRole("heading", { level: 1 }).waitFor();
  } else if (of === "ack") {
    await page.goto((await desk.ackLink(town.readers[language].email, town.alert)).url);
    await page.getByRole("button", { name: t("ack.take"), exact: true }).waitFor();
  } else if (of === "incident") {
    await page.goto(`${desk.url}/incidents/${town.major}`);
    await page
      .getByRole("region", { name: t("timeline.title") })
      .getByRole("listitem")
      .first()
      .waitFor();
  } else if (of === "record") {
    await page.goto(`${desk.url}/?record=true`);
    const asked = page.getByRole("dialog").getByRole("textbox", { name: begins(t("record.what")) });
    await asked.fill(language === "fr" ? "Permis : 502 à la confirmation" : "Remote access drops again");
    await page.getByRole("heading", { name: t("record.known") }).waitFor();
  }
  const path = join(folder, nameOf(picture));
  await page.mouse.move(0, 0);
  await page.screenshot({ path });
  await leave();
  const { size } = statSync(path);
  console.log(`${nameOf(picture)} ${Math.round(size / 1_000)} kB${size > bytesMax ? ", too heavy" : ""}`);
}

mkdirSync(folder, { recursive: true });
const desk = await startTestDesk();
const browser = await openBrowser();
try {
  const town = await openForBusiness(desk);
  for (const picture of pictures) await take(picture, browser, desk, town);
  copyFileSync(join(folder, "board-light-en.png"), join(folder, "board-light.png"));
} finally {
  await browser.close();
  await desk.close();
}
