/** The command line as people call it, beside a desk at work and beside one that is stopped. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { makeTokenHere } from "../bin/local-desk.ts";
import { runningEmbedded } from "../server/platform/embedded-postgres.ts";

const root = join(import.meta.dirname, "..");
const directory = mkdtempSync(join(tmpdir(), "tocsin-cli-"));
const environment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: directory,
  LANG: "en_CA.UTF-8",
  TOCSIN_DATA_DIR: join(directory, "data"),
  TOCSIN_ADMIN_EMAIL: "ana@example.org",
  TOCSIN_ADMIN_PASSWORD: "correct horse battery",
  TOCSIN_LOG: "silent",
  TOCSIN_TEST_FAST_DATABASE: "1",
};
let server: ChildProcess | null = null;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}

async function startDesk(): Promise<void> {
  environment.TOCSIN_PORT = String(await freePort());
  const options = { env: environment, cwd: directory, stdio: "ignore" } as const;
  server = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, "server", "main.ts")], options);
  for (let tries = 0; tries < 1_200; tries++) {
    const ready = await fetch(`http://127.0.0.1:${environment.TOCSIN_PORT}/readyz`).catch(() => null);
    if (ready?.ok) return;
    await sleep(100);
  }
  /* What follows a beginning that failed is not run: this process would wait for its child for ever. */
  server.kill("SIGKILL");
  throw new Error("the desk did not start");
}

before(startDesk);
after(async () => {
  await stopDesk();
  rmSync(directory, { recursive: true, force: true });
});

async function stopDesk(): Promise<void> {
  const stopping = server;
  server = null;
  if (!stopping || stopping.exitCode !== null) return;
  stopping.kill("SIGTERM");
  await once(stopping, "exit");
}

async function tocsin(...words: string[]): Promise<{ exit: number | null; out: string; said: string }> {
  const child = spawn(process.execPath, [join(root, "bin", "tocsin.cjs"), ...words], {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let said = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [exit] = await once(child, "close");
  return { exit, out, said };
}

async function madeAtConsole(): Promise<unknown[]> {
  const client = new pg.Client(runningEmbedded(join(directory, "data"))?.app ?? {});
  await client.connect();
  const { rows } = await client.query(
    "select type, actor->>'kind' as kind, actor->>'via' as via, data->>'name' as name from events where stream like 'person/%'",
  );
  await client.end();
  return rows;
}

test("from the first token to a record that proves itself, then with the desk stopped", async () => {
  const made = await tocsin("token", "create", "--name", "first");
  assert.deepEqual([made.exit, made.said], [0, ""]);
  assert.match(made.out, /^tocsin_pat_\w{40}\n$/);
  environment.TOCSIN_TOKEN = made.out.trim();
  assert.deepEqual(await madeAtConsole(), [{ type: "token.made", kind: "system", via: "console", name: "first" }]);

  const recorded = await tocsin("incident", "record", "Mail is slow", "--impact", "2", "--urgency", "2");
  assert.deepEqual([recorded.exit, /^INC-\d{4}-000001\n$/.test(recorded.out)], [0, true], recorded.said);
  assert.equal((await tocsin("incident", "accept", "INC-1")).exit, 0);
  assert.match((await tocsin("incident", "assign", "INC-1", "--person", "me")).out, /^INC-\d{4}-000001 {2}Under/);
  const refused = await tocsin("incident", "close", "INC-1", "--lang", "fr");
  assert.equal(refused.exit, 5);
  assert.match(refused.said, /\(milestones-missing\)/);
  assert.equal((await tocsin("incident", "show", "INC-99")).exit, 3);
  assert.match((await tocsin("incident", "timeline", "INC-1")).out, /Mail is slow/);
  assert.equal((await tocsin("alert", "list", "--incident", "INC-1")).exit, 0);
  assert.equal((await tocsin("alert", "raise", "INC-1", "--reason", "now")).exit, 3);
  assert.equal((await tocsin("alert", "raise", "00000000-0000-4000-8000-000000000000", "--reason", "now")).exit, 3);
  const silencing = ["silence", "add", "--text", "disk full", "--for", "2h", "--reason", "The disk is replaced"];
  assert.match((await tocsin(...silencing)).said, /Done: The disk is replaced/);
  assert.match((await tocsin("silence", "list")).out, /active .*"disk full" +The disk is replaced/);
  assert.equal((await tocsin("silence", "add", "--for", "soon", "--reason", "x")).exit, 2);
  assert.equal((await tocsin("silence", "end", "the disk is replaced")).exit, 0);
  assert.deepEqual(JSON.parse((await tocsin("silence", "list", "--json")).out).data, []);
  assert.match((await tocsin("maintenance", "list", "--lang", "fr")).said, /Aucune maintenance/);
  assert.equal((await tocsin("maintenance", "end", "Nights")).exit, 3);
  const added = await fetch(`http://127.0.0.1:${environment.TOCSIN_PORT}/api/v1/services`, {
    method: "POST",
    headers: { authorization: `Bearer ${environment.TOCSIN_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ nameFr: "Paie", nameEn: "Payroll" }),
  });
  assert.equal(added.status, 201);
  const working = [
    "maintenance",
    "add",
    "--name",
    "Patches",
    "--reason",
    "Monthly",
    "--service",
    "payroll",
    "--for",
    "2h",
  ];
  const shown = await tocsin(...working);
  assert.deepEqual([shown.exit, shown.out.trim() === ""], [0, false], shown.said);
  assert.match(shown.said, /Nothing was added/);
  assert.deepEqual(JSON.parse((await tocsin("maintenance", "list", "--json")).out).data, []);
  assert.match((await tocsin(...working, "--yes")).said, /Done: Patches/);
  assert.match((await tocsin("maintenance", "list")).out, /active .* Payroll +Patches/);
  assert.equal((await tocsin(...working.slice(0, -2))).exit, 2, "neither a length nor a plan");
  assert.equal((await tocsin(...working, "--at", "tomorrow")).exit, 2);
  const ruling = ["noise-rule", "add", "wait", "--name", "Short ones", "--minutes", "5", "--text", "blip"];
  const foreseen = await tocsin(...ruling);
  assert.equal(foreseen.exit, 0, foreseen.said);
  assert.match(foreseen.out, /^that it is about +0$/m);
  assert.match((await tocsin("noise-rule", "list")).said, /No rule/);
  assert.match((await tocsin(...ruling, "--yes")).said, /Done: Short ones/);
  const muting = ["noise-rule", "add", "inhibition", "--name", "Power", "--source", 'check="power"', "--equal", "site"];
  const both = [...muting, "--target", "check=~ping|http", "--across"];
  assert.equal((await tocsin(...both)).exit, 0);
  assert.equal((await tocsin(...muting, "--target", "nonsense")).exit, 2);
  assert.equal((await tocsin("noise-rule", "add", "silence", "--name", "x")).exit, 2);
  const unfit = await tocsin(...both, "--count", "3");
  assert.deepEqual([unfit.exit, /--count/.test(unfit.said)], [2, true], "what its kind has no use for is named");
  assert.equal((await tocsin("noise-rule", "off", "short ones")).exit, 0);
  assert.match((await tocsin("noise-rule", "list")).out, /off +waits +0 +"blip" +Short ones/);
  assert.equal((await tocsin("noise-rule", "remove", "short ones")).exit, 0);
  assert.match((await tocsin("noise-rule", "list")).said, /No rule/);
  assert.equal((await tocsin("change", "list", "--incident", "INC-1")).exit, 0);
  assert.deepEqual(JSON.parse((await tocsin("change", "list", "--json")).out), { data: [], nextCursor: null });
  assert.match((await tocsin("search", "is:open", "slow", "mail")).out, /incident +INC-\d{4}-000001 .*Mail is slow/);
  const none = await tocsin("search", "est:ouvert", "service:paie en ligne", "slow", "--lang", "fr");
  assert.match(none.said, /service:"paie en ligne" ne désigne rien de connu ici\.\nRien ne correspond\./);
  assert.equal((await tocsin("doctor")).exit, 6);

  assert.match((await tocsin("settings", "show")).out, /^--public-reports +on$/m);
  assert.match((await tocsin("settings", "change", "--public-reports", "off")).out, /^--public-reports +off$/m);
  assert.equal((await tocsin("settings", "change", "--public-reports", "maybe")).exit, 2);
  assert.equal((await tocsin("settings", "change")).exit, 2);
  const opened = await tocsin("settings", "change", "--private-addresses", "10.1.0.0/16, fd12::/16");
  assert.match(opened.out, /^--private-addresses +10\.1\.0\.0\/16, fd12::\/16$/m);
  assert.equal((await tocsin("settings", "change", "--private-addresses", "everything")).exit, 2);
  assert.match((await tocsin("settings", "change", "--private-addresses", "none")).out, /^--private-addresses +none$/m);
  const unknown = await tocsin("settings", "change", "--default-policy", "00000000-0000-4000-8000-000000000000");
  assert.match(unknown.said, /\(policy-unknown\)/);

  await secured();
  assert.equal((await tocsin("incident", "export", "INC-1", "-o", "inc.json")).exit, 0);
  assert.equal((await tocsin("verify", "inc.json")).exit, 0);
  const text = readFileSync(join(directory, "inc.json"), "utf8");
  writeFileSync(join(directory, "inc.json"), text.replace("Mail is slow", "Mail is fine"));
  assert.match((await tocsin("verify", "inc.json")).out, /^Altered at entry 1: /);

  await stopDesk();
  const later = await tocsin("token", "create", "--name", "later", "--person", "ANA@example.org", "--scope", "read");
  assert.match(later.out, /^tocsin_pat_\w{40}\n$/, later.said);
  assert.equal((await tocsin("token", "create", "--name", "x", "--person", "bob@example.org")).exit, 3);
  assert.equal((await tocsin("incident", "list")).exit, 75);
});

async function secured(): Promise<void> {
  const secure = (command: string, ...words: string[]) => tocsin("security", command, "INC-1", ...words);
  const seen = await secure("add-observables", "--value", "hxxp://bad[.]example/a", "--value", "203[.]0[.]113[.]9");
  assert.match(seen.out, /2 +IP address +203\[\.\]0\[\.\]113\[\.\]9 +Suspected/, seen.said);
  assert.equal((await secure("add-observables", "--value", "x", "--kind", "ip")).exit, 2);
  assert.equal((await secure("change-observable", "--observable", "2", "--status", "confirmed")).exit, 0);
  assert.match(
    (await secure("declare-contained", "--text", "Cut", "--lang", "fr")).out,
    /Menace.*Contenue, non éradiquée/,
  );
  const kept = await secure("register-evidence", "--description", "Key", "--place", "Safe 2");
  assert.match(kept.out, /E-1 +Key/, kept.said);
  const handing = ["--evidence", "1", "--name", "Police", "--receipt", "Form 12", "--reason", "Complaint"];
  assert.match((await secure("hand-over-evidence", ...handing)).out, /E-1 +Key +Police/);
  const wanted = [
    "--to",
    "Police",
    "--purpose",
    "Complaint",
    "--limit",
    "amber",
    "--evidence",
    "1",
    "--observable",
    "2",
  ];
  assert.match((await secure("prepare-disclosure", ...wanted)).out, /1\. For Police +Waits for approval/);
  const early = await secure("manifest", "--disclosure", "1");
  assert.match(early.said, /\(disclosure-not-approved\)/);
  assert.equal(JSON.parse((await secure("observables")).out).type, "bundle");
  assert.match((await secure("show")).out, /Malicious/);
}

test("a desk that was never started has no token to give", async () => {
  const where = join(directory, "nowhere");
  const wanted = { name: "first", person: null, scopes: ["read"], lastsMs: null } as const;
  assert.deepEqual(await makeTokenHere({ TOCSIN_DATA_DIR: where }, wanted), { refused: "no-desk", where });
});

test("a token made at the console may be listed and revoked, and then opens nothing", async () => {
  await startDesk();
  const listed = JSON.parse((await tocsin("token", "list", "--json")).out) as { data: { id: string; name: string }[] };
  const first = listed.data.find(({ name }) => name === "first");
  assert.equal((await tocsin("token", "revoke", first?.id ?? "")).exit, 0);
  assert.equal((await tocsin("token", "list")).exit, 4);
});
