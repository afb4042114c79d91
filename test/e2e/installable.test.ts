/** On a phone's home screen: a manifest in each language, icons that exist, and, without a network, one page that says that
 *  nothing was sent. Nothing else is kept. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, onStage, phone, type Stage, signedIn } from "./browser.ts";
import { languages } from "./words.ts";

onStage("installed on a phone", async (stage) => {
  const { t, desk } = stage;
  await t.test("the manifest is in the reader's language, and all that it names is there", () => manifest(desk.url));
  for (const language of languages) await t.test(`without a network, in ${language}`, () => offline(stage, language));
});

async function manifest(url: string): Promise<void> {
  const read = async (path: string, asked = "") => {
    const answer = await fetch(`${url}${path}`, { headers: { "accept-language": asked } });
    assert.equal(answer.headers.get("content-type"), "application/manifest+json; charset=utf-8");
    return (await answer.json()) as { lang: string; description: string; icons: { src: string; sizes: string }[] };
  };
  const fr = await read("/manifest.webmanifest?lang=fr");
  const en = await read("/manifest.webmanifest", "en");
  assert.equal(fr.lang, "fr");
  assert.equal(en.lang, "en");
  assert.notEqual(fr.description, en.description);
  for (const { src, sizes } of fr.icons) {
    const icon = await fetch(`${url}${src}`);
    assert.equal(icon.status, 200, src);
    if (!src.endsWith(".png")) continue;
    const bytes = new DataView(await icon.arrayBuffer());
    assert.equal(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`, sizes, src);
  }
  const page = await (await fetch(url, { headers: { accept: "text/html" } })).text();
  for (const [, path = ""] of page.matchAll(/<link rel="(?:manifest|icon|apple-touch-icon)" href="([^"]+)"/g))
    assert.equal((await fetch(`${url}${path}`)).status, 200, path);
}

async function offline(stage: Stage, language: "fr" | "en"): Promise<void> {
  const { desk } = stage;
  const person = await desk.person(language === "fr" ? "Noé Roy" : "Kim Lee", language);
  const visitor = await signedIn(stage, person, { viewport: phone });
  const { page, words } = visitor;
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await page.context().setOffline(true);
  await page.goto(`${desk.url}/incidents/INC-1`);
  await page.getByRole("heading", { level: 1, name: words.t("offline.title") }).waitFor();
  await page.getByText(words.t("offline.nothing")).waitFor();
  assert.deepEqual(await violations(page), []);
  const kept = await page.evaluate(
    "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys())))).then((all) => all.flat().map((one) => new URL(one.url).pathname))",
  );
  assert.deepEqual(kept, ["/offline"], "nothing else is kept");
  await page.context().setOffline(false);
  await page.goto(desk.url);
  await page.getByRole("heading", { level: 1, name: words.t("shell.incidents") }).waitFor();
  const policy = visitor.faults.filter((one) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(one));
  assertNoFaults({ ...visitor, faults: policy });
  await visitor.leave();
}
