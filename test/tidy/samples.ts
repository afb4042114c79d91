// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are source text.
/** For each rule, small projects that break it and small projects that look alike and do not: a rule that cannot fail
 *  protects nothing. */

import { direction, genericUi, noBarrels, noCycles, orderOfCore, packagesOfCore, serverApart } from "./imports.ts";
import { purity } from "./purity.ts";
import {
  constantSql,
  noCodeFromText,
  noHttpClient,
  noShell,
  oneClock,
  spawnsListed,
  sqlReadsNoClock,
} from "./safety.ts";
import { inServer, type Project, type Samples } from "./sample.ts";
import { documentSamples } from "./samples-documents.ts";
import {
  exportedNames,
  fileCase,
  fileNames,
  fileSize,
  functionSize,
  noDefaultExports,
  parameterCount,
} from "./shape.ts";
import { visibleReads } from "./visible.ts";

const inCore = (text: string): Project => ({ "core/kernel/x.ts": text });
const lines = (count: number): string => "let a = 1;\n".repeat(count);
const longFunction = (count: number): string => `export function f() {\n${lines(count - 2)}}\n`;

export const samples: ReadonlyMap<string, Samples> = new Map([
  [
    direction.name,
    {
      bad: [
        { "core/desk/x.ts": `import { a } from "../../server/app.ts";` },
        { "core/desk/x.ts": `import type { A } from "#contract/shapes.ts";` },
        { "contract/x.ts": `import { a } from "../core/incidents/decide.ts";` },
        { "contract/x.ts": `import { a } from "../languages/format.ts";` },
        { "languages/x.ts": `import { a } from "../core/incidents/decide.ts";` },
        { "server/incidents/x.ts": `import { a } from "../../web/client.ts";` },
        { "web/x.ts": `export { a } from "../server/app.ts";` },
        { "web/x.ts": `const a = await import("../server/app.ts");` },
        { "web/x.ts": `type A = import("../server/app.ts").A;` },
        { "cli/x.ts": `import { a } from "../server/app.ts";` },
      ],
      good: [
        { "contract/x.ts": `import { a } from "../core/kernel/time.ts"; import { b } from "../core/intake/text.ts";` },
        { "server/incidents/x.ts": `import { a } from "#contract/shapes.ts"; import { b } from "#core/desk/step.ts";` },
        { "web/x.ts": `import { a } from "#languages/format.ts"; import React from "react";` },
        { "core/desk/x.test.ts": `import { test } from "node:test"; import { world } from "../../test/world.ts";` },
      ],
    },
  ],
  [
    orderOfCore.name,
    {
      bad: [
        { "core/kernel/x.ts": `import type { A } from "../directory/types.ts";` },
        { "core/escalation/x.ts": `import { a } from "../routing/route.ts";` },
        { "core/incidents/x.ts": `import { a } from "../desk/draft.ts";` },
        { "core/tickets/x.ts": "export const a = 1;" },
      ],
      good: [
        { "core/routing/x.ts": `import { a } from "../escalation/policy.ts";` },
        { "core/incidents/x.test.ts": `import { a } from "../desk/draft.ts";` },
      ],
    },
  ],
  [
    serverApart.name,
    {
      bad: [
        { "server/incidents/x.ts": `import { a } from "../reports/store.ts";` },
        { "server/incidents/x.ts": `import type { A } from "../app.ts";` },
        { "server/platform/x.ts": `import { a } from "../access/session.ts";` },
        { "server/config.ts": `import { a } from "./incidents/store.ts";` },
        { "server/incidents/x.ts": `import { a } from "../config.ts";` },
        { "server/incidents/x.ts": `import { createCommitter } from "../desk/commit.ts";` },
      ],
      good: [
        {
          "server/incidents/x.ts": `import { a } from "../platform/clock.ts"; import { b } from "../access/visible.ts";`,
        },
        { "server/access/x.ts": `import { a } from "../pages/page.ts";` },
        { "server/access/x.ts": `import type { Config } from "../config.ts";` },
        { "server/reports/x.ts": `import type { Submit } from "../desk/commit.ts";` },
        { "server/app.ts": `import { a } from "./incidents/routes.ts"; import { b } from "./config.ts";` },
      ],
    },
  ],
  [
    genericUi.name,
    {
      bad: [
        { "web/ui/List.tsx": `import { call } from "../client.ts";` },
        { "web/ui/List.tsx": `import { boardQuery } from "../incidents/queries.ts";` },
        { "web/ui/List.tsx": `import { Link } from "@tanstack/react-router";` },
      ],
      good: [
        { "web/ui/List.tsx": `import { useWords } from "../language/words.tsx"; import { Icon } from "./Icon.tsx";` },
        { "web/ui/list.test.ts": `import { call } from "../client.ts";` },
        { "web/incidents/List.tsx": `import { call } from "../client.ts";` },
      ],
    },
  ],
  [
    noCycles.name,
    {
      bad: [
        {
          "core/desk/a.ts": `import { b } from "./b.ts"; export const a = 1;`,
          "core/desk/b.ts": `import { c } from "./c.ts"; export const b = 1;`,
          "core/desk/c.ts": `import { type A, a } from "./a.ts"; export const c = 1;`,
        },
      ],
      good: [
        {
          "core/desk/a.ts": `import { b } from "./b.ts"; export type A = 1;`,
          "core/desk/b.ts": `import type { A } from "./a.ts"; export const b = 1;`,
        },
      ],
    },
  ],
  [
    packagesOfCore.name,
    {
      bad: [
        { "core/kernel/x.ts": `import a from "lodash";` },
        { "core/kernel/x.ts": `import { readFileSync } from "node:fs";` },
        { "core/intake/x.ts": `import { z } from "zod";` },
        { "core/intake/x.ts": `import { a } from "#core/kernel/time.ts";` },
      ],
      good: [
        { "core/kernel/x.ts": `import { sha256 } from "@noble/hashes/sha2.js"; import { a } from "./time.ts";` },
        { "core/intake/x.test.ts": `import fc from "fast-check";` },
      ],
    },
  ],
  [
    purity.name,
    {
      bad: [
        "export const a = Date.now();",
        "export const a = new Date(0);",
        "export let a: Promise<number>;",
        "export const a = Math.random();",
        `export const a = Math["random"]();`,
        "export const a = Temporal.Now.instant();",
        "const { random } = Math; export const a = random();",
        "const t = Temporal; export const a = t.Now.instant();",
        "export const a = (name) => Math[name]();",
        "export const a = import.meta.dirname;",
        "export const a = (1).toLocaleString();",
        `export const a = "a".localeCompare("b");`,
        "export const a = new Intl.NumberFormat();",
        "export async function a() {}",
        "export const a = process.env.HOME;",
        "export const a = process.pid; export type B = { process: string };",
        "export const a = globalThis;",
        "setTimeout(() => {}, 1);",
        "fetch(url);",
        "export const a = crypto.randomUUID();",
        "export const a = performance.now();",
        `export const a = import("./x.ts");`,
      ].map(inCore),
      good: [
        inCore("export const a = (entry: { process: string }) => entry.process;"),
        inCore("export const a = { process: 1, Date: 2 };"),
        inCore("export function pin(process: Process) { return process.id; }"),
        inCore("export const a = Temporal.Instant.from(text); export const b = Math.max(1, 2);"),
        inCore("export type A = Temporal.Instant; export const b = [1].map(Math.abs);"),
        inCore("// Date.now() is not read here\nexport const a = 1;"),
        { "core/kernel/x.test.ts": "const a = Date.now();" },
        { "server/platform/clock.ts": "export const a = Date.now();" },
      ],
    },
  ],
  [
    noBarrels.name,
    {
      bad: [
        inCore(`export * from "./a.ts";`),
        inCore(`import { a } from "./a.ts"; export { a };`),
        inCore(`export { a } from "./a.ts"; export type { B } from "./b.ts";`),
      ],
      good: [inCore(`import { a } from "./a.ts"; export const all = [a];`), inCore(`import "./a.ts";`)],
    },
  ],
  [
    noDefaultExports.name,
    {
      bad: [inCore("export default 1;"), inCore("const a = 1; export { a as default };")],
      good: [inCore("export const a = 1;"), { "web/vite.config.ts": "export default {};" }],
    },
  ],
  [
    fileSize.name,
    {
      bad: [
        { "core/desk/x.ts": lines(401) },
        { "core/desk/x.test.ts": lines(601) },
        { "web/ui/x.css": "a {}\n".repeat(401) },
        { "languages/fr/web.json": "\n".repeat(801) },
      ],
      good: [
        { "core/desk/x.ts": lines(400) },
        { "core/desk/x.test.ts": lines(600) },
        { "docs/x.md": "\n".repeat(900) },
        { "languages/fr/web.json": "\n".repeat(800) },
        { "test/fixtures/x.ts": lines(900) },
      ],
    },
  ],
  [
    functionSize.name,
    { bad: [inCore(longFunction(71))], good: [inCore(longFunction(70)), { "core/desk/x.test.ts": longFunction(200) }] },
  ],
  [
    parameterCount.name,
    {
      bad: [inCore("export const f = (a, b, c, d, e, f) => 1;"), inCore("class A { m(a, b, c, d, e, f) {} }")],
      good: [inCore("export const f = (a, b, c, d, { e, f }) => 1;")],
    },
  ],
  [
    fileNames.name,
    {
      bad: [
        { "server/platform/utils.ts": "" },
        { "web/ui/date-helpers.tsx": "" },
        { "server/common/x.ts": "" },
        { "core/desk/index.ts": "" },
        { "server/incidents/service.ts": "" },
        { "server/incidents/incident-service.ts": "" },
        { "core/alerts/alert-info.ts": "" },
      ],
      good: [{ "server/directory/services.ts": "" }, { "core/procedures/base-process.ts": "" }],
    },
  ],
  [
    fileCase.name,
    {
      bad: [{ "core/desk/handleSignal.ts": "" }, { "web/ui/Button.ts": "" }, { "core/desk/handle_signal.ts": "" }],
      good: [{ "core/desk/handle-signal.test.ts": "" }, { "web/ui/Button.tsx": "" }, { "web/vite.config.ts": "" }],
    },
  ],
  [
    exportedNames.name,
    {
      bad: [
        inCore("export class AlertService {}"),
        inCore("export const timeUtils = {};"),
        inCore("export function pageHelper() {}"),
        inCore("export type PagingManager = 1;"),
      ],
      good: [inCore("export type Service = 1; export function addService() {}"), inCore("class AlertManager {}")],
    },
  ],
  [
    noCodeFromText.name,
    {
      bad: [
        inServer(`eval("1");`),
        inServer(`const a = new Function("return 1");`),
        inServer(`const a = Function("return 1");`),
        inServer(`import vm from "node:vm";`),
        { "bin/x.cjs": `(0, eval)("1");` },
      ],
      good: [inServer("type F = Function; const a = redis.eval;")],
    },
  ],
  [
    noShell.name,
    {
      bad: [
        { "bin/x.ts": `import { execSync } from "node:child_process";` },
        { "bin/x.cjs": `const child_process = require("child_process"); child_process.exec("ls");` },
        { "bin/x.ts": `import { spawn } from "node:child_process"; spawn("ls", [], { shell: true });` },
        { "bin/x.ts": `import { spawn } from "node:child_process"; spawn("ls", [], { shell });` },
      ],
      good: [
        { "bin/x.ts": `import { spawn } from "node:child_process"; spawn("ls", [], { shell: false });` },
        inServer("pattern.exec(text);"),
      ],
    },
  ],
  [
    spawnsListed.name,
    {
      bad: [inServer(`import { spawn } from "node:child_process";`), { "cli/x.ts": `import("child_process");` }],
      good: [
        { "server/platform/embedded-postgres.ts": `import { spawn } from "node:child_process";` },
        { "bin/x.cjs": `require("node:child_process");` },
        inServer(`import type { ChildProcess } from "node:child_process";`),
      ],
    },
  ],
  [
    constantSql.name,
    {
      bad: [
        inServer("sql.raw(order);"),
        inServer("sql.raw(`order by ${column}`);"),
        inServer("sql.lit(value);"),
        inServer("const f = () => client.query(`select ${column}`);"),
        inServer("client.query(`listen ${channel}`);"),
        inServer(`client.query("select " + column);`),
        inServer("const of = (column) => `select * from people order by ${column}`;"),
        inServer("function f() { let column = 'a'; return `update people set ${column} = 1`; }"),
      ],
      good: [
        inServer(`sql.raw("desc");`),
        inServer("sql`select ${value}`;"),
        inServer(`client.query("select $1", [value]);`),
        inServer("const max = 10; const all = () => `select 1 limit ${max * 20}`;"),
        inServer("const insert = `insert into a (${columns.join()}) values (1)`;"),
        inServer(`const all = ["a", "b"] as const; for (const one of all) client.query(\`lock table \${one}\`);`),
        inServer("client.query(`create role x password ${client.escapeLiteral(password)}`);"),
        {
          "server/platform/x.ts": "import { name } from './y.ts'; client.query(`listen ${name}`);",
          "server/platform/y.ts": `export const name = "record";`,
        },
        { "test/acceptance/x.ts": "client.query(`create database ${name}`);" },
      ],
    },
  ],
  [
    noHttpClient.name,
    {
      bad: [
        inServer("fetch(url);"),
        inServer(`import { request } from "undici";`),
        inServer(`import { request } from "node:https";`),
        inServer(`import http from "node:http"; http.get(url);`),
        inServer(`import * as secure from "node:https"; secure.request(url);`),
        inServer("new WebSocket(url);"),
        { "server/notification/channels/outgoing.ts": `import { request } from "node:https";` },
        inServer(`import { connect } from "node:net";`),
        inServer(`import net from "node:net"; net.createConnection(at);`),
        inServer(`import { lookup } from "node:dns/promises";`),
      ],
      good: [
        inServer(`import { BlockList, type Socket } from "node:net"; import { createServer } from "node:net";`),
        inServer(`import { createServer } from "node:http"; reply.request; app.get("/x", h);`),
        inServer(`import type { IncomingMessage } from "node:http"; source.fetch();`),
        { "server/app.ts": `const http = createHttp(); http.get("/livez", alive);` },
        { "web/client.ts": "fetch(url);" },
        { "server/platform/outgoing.ts": `import { request } from "node:https";` },
      ],
    },
  ],
  [
    oneClock.name,
    {
      bad: [inServer("const a = Date.now();"), inServer("const a = new Date();"), inServer("performance.now();")],
      good: [
        { "server/platform/database.ts": "performance.now();" },
        inServer("const a = new Date(at).toISOString();"),
        { "server/platform/clock.ts": "export const a = () => Date.now();" },
        { "cli/x.ts": "Date.now();" },
      ],
    },
  ],
  [
    sqlReadsNoClock.name,
    {
      bad: [
        { "migrations/0002-x.sql": "alter table a add b timestamptz default now();" },
        { "migrations/0002-x.sql": "select 1\nwhere due < CURRENT_TIMESTAMP;" },
        inServer("sql`delete from sessions where expires_at < now()`;"),
        inServer(`client.query("select clock_timestamp()");`),
      ],
      good: [
        { "migrations/0002-x.sql": "-- never now()\nselect 1;" },
        inServer("sql`delete from sessions where expires_at < ${now}`; clock.now();"),
        { "server/platform/clock.ts": `client.query("select clock_timestamp()");` },
      ],
    },
  ],
  [
    visibleReads.name,
    {
      bad: [
        inServer(`db.selectFrom("incidents").selectAll();`),
        inServer(`db.selectFrom("people").innerJoin("alerts as a", "a.id", "b");`),
        inServer(`db.selectFrom(["teams", "events as e"]);`),
        inServer("sql`select count(*) from incidents where is_open`;"),
        inServer(`client.query("select 1 from outbox join alerts on true");`),
        { "cli/x.ts": `client.query("SELECT * FROM events");` },
        inServer(`client.query("select * from public.incidents");`),
        inServer(`client.query('select * from "incidents" where is_open');`),
        inServer(`client.query('select * from only "public"."events"');`),
        inServer(`client.query("select * from outbox o, incidents i where i.id = o.incident_id");`),
        inServer(`client.query("update incidents set seq = seq where true returning title");`),
        inServer(`client.query("delete from timers using alerts where true returning alerts.title");`),
        inServer(`client.query("with x as (table incidents) select * from x");`),
        inServer("const table = `incidents`; client.query(`select title from ${table}`);"),
        inServer(`db.selectFrom("public.incidents as i").selectAll();`),
        inServer(`db.updateTable("incidents").set({}).returningAll();`),
        inServer("sql`select title from ${sql.table(`incidents`)}`;"),
        inServer(`const table = "incidents"; db.selectFrom(table).selectAll();`),
        inServer(`db.selectFrom("teams").leftJoin(open ? "alerts" : "people", "a", "b");`),
        { "server/desk/routes.ts": `client.query("select o.id from outbox o left join incidents i on true");` },
        { "server/desk/search.ts": `db.selectFrom("incidents");` },
      ],
      good: [
        { "server/access/visible.ts": `db.selectFrom("incidents");` },
        { "server/reports/store.ts": `db.selectFrom("reports");` },
        { "server/desk/load.ts": `db.selectFrom("incidents");` },
        inServer(`db.selectFrom(visibleIncidents(db, viewer).as("seen")); Array.from(names); Buffer.from(text);`),
        inServer(`db.selectFrom("outbox"); const a = "picked from events";`),
        { "test/acceptance/x.test.ts": "sql`select * from events`;" },
      ],
    },
  ],
  ...documentSamples,
]);
