/** `npm run bench [-- --quick] [-- --cpu-prof DIR] [-- --only singles,batches,…]`: measures a real server on a real
 *  PostgreSQL, prints, asserts nothing. The load generator shares the machine's cores with both. */
import { cpus, loadavg, type as osType, release, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { measureCockpit } from "./cockpit.ts";
import { type DeskProcess, makePlace, makeToken, removePlace, startDesk } from "./desk-process.ts";
import { measureFirstPage } from "./first-page.ts";
import { measureInteraction } from "./interaction.ts";
import { startMailReceiver } from "./mail-receiver.ts";
import {
  type Bench,
  measureBatches,
  measureBoard,
  measureDuplicates,
  measureIncidents,
  measureMail,
  measureMyWork,
  measureSimilar,
  measureSingles,
  measureUnchanged,
} from "./measures.ts";
import { measureOnCall } from "./oncall.ts";
import { endPlain, preparePlain } from "./plain.ts";
import { seeded, seedIncidents } from "./seed.ts";
import { type Figure, kb, mb, ms, printTable } from "./table.ts";
import { measureTimers } from "./timers.ts";

const restMs = 3_000;
const underLoad = {
  mail: measureMail,
  singles: measureSingles,
  batches: measureBatches,
  incidents: measureIncidents,
  unchanged: measureUnchanged,
};

type Options = { readonly quick: boolean; readonly only: readonly string[] | null; readonly flags: readonly string[] };

function readOptions(): Options {
  const { values } = parseArgs({
    options: { quick: { type: "boolean" }, only: { type: "string" }, "cpu-prof": { type: "string" } },
  });
  const dir = values["cpu-prof"];
  return {
    quick: values.quick ?? false,
    only: values.only?.split(",") ?? null,
    flags: dir === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${dir}`],
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  const wants = (name: string): boolean => options.only?.includes(name) ?? true;
  const mails = await startMailReceiver();
  const place = await makePlace(mails.port);
  const began = performance.now();
  const figures: Figure[] = [];
  let desk: DeskProcess | null = null;
  try {
    desk = await startDesk(place, options.flags);
    await printMachine(desk);
    figures.push(single("First start, database made", ms(desk.readyMs), "–"));
    const token = await makeToken(desk.port);
    await sleep(options.quick ? 500 : restMs);
    const atRest = desk.rssMb();
    await preparePlain(desk.connection());
    const bench: Bench = {
      desk,
      token,
      mails,
      rounds: options.quick ? 1 : 3,
      durationMs: options.quick ? 2_000 : 4_000,
      next: 1,
    };
    const peaks: { readonly name: string; readonly rss: number }[] = [];
    desk.peakRssMb();
    for (const [name, measure] of Object.entries(underLoad)) {
      if (!wants(name)) continue;
      figures.push(said(await measure(bench)));
      peaks.push({ name, rss: desk.peakRssMb() });
    }
    if (wants("timers")) {
      for (const one of await measureTimers(bench)) figures.push(said(one));
      peaks.push({ name: "timers", rss: desk.peakRssMb() });
    }
    if (wants("cockpit")) {
      figures.push(said(await measureCockpit(bench)));
      peaks.push({ name: "cockpit", rss: desk.peakRssMb() });
    }
    await endPlain(desk.connection());
    figures.push(single("Server RSS at rest", mb(atRest), "250 MB"));
    if (peaks.length > 0)
      figures.push({
        ...single("Server RSS under load", mb(Math.max(...peaks.map((one) => one.rss))), "400 MB"),
        remark: peaks.map((one) => `${one.name} ${mb(one.rss)}`).join(", "),
      });
    if (["board", "my-work", "duplicates", "similar"].some(wants)) {
      const seedMs = await seedIncidents(desk.connection(), Date.now());
      process.stderr.write(`Seeded in ${Math.round(seedMs / 1_000)} s\n`);
      await desk.stop();
      desk = await startDesk(place, options.flags);
      const now = `${seeded.incidents.toLocaleString("en")} incidents`;
      figures.push({ ...single("Ready, initialised instance", ms(desk.readyMs), "5 s"), remark: now });
      if (wants("board")) figures.push(said(await measureBoard({ ...bench, desk })));
      if (wants("my-work")) figures.push(said(await measureMyWork({ ...bench, desk })));
      if (wants("duplicates")) figures.push(said(await measureDuplicates({ ...bench, desk })));
      if (wants("similar")) figures.push(said(await measureSimilar({ ...bench, desk })));
      figures.push(single("Server RSS after the board", mb(desk.peakRssMb()), "400 MB"));
    }
    if (wants("interaction")) {
      await desk.stop();
      desk = null;
      figures.push(said(await measureInteraction(mails.port)));
    }
    if (wants("oncall")) for (const one of measureOnCall()) figures.push(said(one));
    figures.push(...firstPageFigures(place.root));
    console.log(`\nTook ${Math.round((performance.now() - began) / 1_000)} s, ${mails.count()} mails taken.\n`);
    printTable(figures);
  } finally {
    await desk?.stop();
    await mails.stop();
    removePlace(place);
  }
}

/** Progress goes where it does not mix with the table. */
function said(figure: Figure): Figure {
  process.stderr.write(`${figure.what}: ${figure.measured} (plain ${figure.plain}; ${figure.remark})\n`);
  return figure;
}

const single = (what: string, measured: string, target: string): Figure => ({
  what,
  measured,
  target,
  plain: "–",
  ratio: null,
  remark: "",
});

function firstPageFigures(root: string): Figure[] {
  const page = measureFirstPage(root);
  if (!page) return [{ ...single("First page", "not measured", "–"), remark: "run `npm run build` first" }];
  const remark = `${page.files} files, gzip -9`;
  return [
    { ...single("First page, script", kb(page.script), "260 KB"), remark },
    { ...single("First page, style", kb(page.style), "40 KB"), remark },
  ];
}

async function printMachine(desk: DeskProcess): Promise<void> {
  const client = new pg.Client(desk.connection());
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  const { rows: kept } = await client.query<{ fsync: string; commit: string }>(
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
  );
  await client.end();
  const cores = cpus();
  console.log(
    [
      new Date().toISOString().slice(0, 10),
      `${osType()} ${release()}`,
      `${cores.length} cores (${cores[0]?.model.trim()})`,
      `${Math.round(totalmem() / 2 ** 30)} GiB`,
      `Node ${process.version}`,
      `PostgreSQL ${rows[0]?.server_version}`,
      `load before ${loadavg()[0]?.toFixed(1)}`,
      `fsync ${kept[0]?.fsync}, synchronous_commit ${kept[0]?.commit}`,
    ].join(", "),
  );
}

await main();
