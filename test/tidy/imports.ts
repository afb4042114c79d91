/** Who may import whom. Direction and order are what keeps folders by capability from growing into one knot. */
import { at, fileName, folderOf, isCode, isTest, isUnder, type Rule, type Source, stemOf } from "./source.ts";
import { child, children, nameOf, nodesOf, textOf } from "./tree.ts";

export type Import = {
  readonly specifier: string;
  /** Path in the repository; null for a package. */
  readonly target: string | null;
  /** Erased before running. `import { type A }` is not: the module is still loaded. */
  readonly typeOnly: boolean;
  /** Loaded when it is run to: `import()`. */
  readonly later: boolean;
  readonly start: number;
};

const alias = /^#(core|contract|languages|server)\//;
const found = new WeakMap<Source, readonly Import[]>();

export function importsOf(file: Source): readonly Import[] {
  const known = found.get(file);
  if (known) return known;
  const imports: Import[] = [];
  const add = (specifier: string | null, typeOnly: boolean, start: number, later = false): void => {
    if (specifier !== null) imports.push({ specifier, target: resolve(file.path, specifier), typeOnly, later, start });
  };
  for (const { node } of nodesOf(file)) {
    if (node.type === "ImportDeclaration") add(textOf(child(node, "source")), node.importKind === "type", node.start);
    else if (node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration")
      add(textOf(child(node, "source")), node.exportKind === "type", node.start);
    else if (node.type === "ImportExpression") add(textOf(child(node, "source")), false, node.start, true);
    else if (node.type === "TSImportType") add(textOf(child(node, "source")), true, node.start);
    else if (node.type === "CallExpression" && nameOf(child(node, "callee")) === "require")
      add(textOf(children(node, "arguments")[0] ?? null), false, node.start);
  }
  found.set(file, imports);
  return imports;
}

function resolve(from: string, specifier: string): string | null {
  const plain = specifier.replace(/\?[a-z]+$/, "");
  if (alias.test(plain)) return plain.slice(1);
  if (!plain.startsWith(".")) return null;
  const parts = folderOf(from).split("/").filter(Boolean);
  for (const part of plain.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

export const packageName = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** Contract and catalogues read these of the core, and no rule beyond; the description for machines says what each endpoint
 *  does. */
const contractReads = ["core/kernel", "core/directory"];
const contractReadsFiles = ["core/intake/text.ts", "languages/en/endpoints.json"];

/** Where each top folder may look, besides itself. Tests and launchers may look anywhere. */
function mayLook(from: string, target: string): boolean {
  const [top = ""] = from.split("/");
  if (isUnder(target, top)) return true;
  switch (top) {
    case "core":
      return false;
    case "contract":
      return isUnder(target, ...contractReads) || contractReadsFiles.includes(target);
    case "languages":
      return isUnder(target, "core/kernel");
    case "demo":
      return isUnder(target, "core", "languages");
    case "server":
      return isUnder(target, "core", "contract", "languages", "demo") || target === "package.json";
    case "cli":
    case "web":
      return isUnder(target, "core", "contract", "languages") || target === "package.json";
    case "migrations":
      return isUnder(target, "server/platform");
    default:
      return true;
  }
}

export const direction: Rule = {
  name: "imports go core ← contract ← server, web, cli",
  wayOut:
    "move what is shared down (core if it decides, contract if it is the API, languages if it is words), or pass it as an argument from server/app.ts",
  check: (files) =>
    eachImport(files, ({ file, target }) => !isTest(file.path) && target !== null && !mayLook(file.path, target)),
};

/** Each may import those before it. escalation stands before routing: a policy is escalation's, routing picks one
 *  (docs/decisions/0001). */
export const coreOrder = [
  "kernel",
  "directory",
  "access",
  "alerts",
  "heartbeats",
  "reports",
  "intake",
  "oncall",
  "obligations",
  "noise",
  "notification",
  "escalation",
  "routing",
  "incidents",
  "procedures",
  "assistance",
  "communication",
  "security",
  "impact",
  "review",
  "metrics",
  "desk",
  "drills",
];

export const orderOfCore: Rule = {
  name: "core capabilities import only those before them",
  wayOut: `take an id or a type of core/kernel/vocabulary.ts instead, or let core/desk join the two; the order is ${coreOrder.join(", ")}`,
  check: (files) => {
    const unknown = files
      .filter((file) => isUnder(file.path, "core") && isCode(file.path))
      .filter((file) => !coreOrder.includes(capability(file.path)))
      .map((file) => `${file.path} is in no listed capability of core`);
    const wrong = eachImport(files, ({ file, target }) => {
      if (target === null || !isUnder(file.path, "core") || isTest(file.path) || !isUnder(target, "core")) return false;
      return coreOrder.indexOf(capability(target)) > coreOrder.indexOf(capability(file.path));
    });
    return [...unknown, ...wrong];
  },
};

const capability = (path: string): string => path.split("/")[1] ?? "";

/** Shared by all of the server; each may import those before it. The rest meet in server/app.ts, server/serve-all.ts,
 *  server/serve-assistance.ts, server/serve-contributors.ts, server/serve-security.ts, server/serve-suppliers.ts,
 *  server/serve-impact.ts and server/answering-back.ts. */
export const serverShared = ["platform", "pages", "access"];

/** Types of what app.ts passes to all: reading them ties nothing at run time. */
const passedTypes = ["server/config.ts", "server/desk/commit.ts"];

/** They know all capabilities, and pass each what it needs. */
const wherePartsMeet = [
  ...[
    "app.ts",
    "main.ts",
    "serve-all.ts",
    "serve-assistance.ts",
    "serve-contributors.ts",
    "serve-security.ts",
    "serve-suppliers.ts",
    "serve-impact.ts",
  ],
  "answering-back.ts",
];

export const serverApart: Rule = {
  name: "server capabilities do not import each other",
  wayOut: `only ${serverShared.join(", ")} are shared (in that order); receive the rest as an argument from server/app.ts or server/serve-all.ts`,
  check: (files) =>
    eachImport(files, ({ file, target, typeOnly }) => {
      if (target === null || isTest(file.path) || !isUnder(file.path, "server") || !isUnder(target, "server"))
        return false;
      const from = capability(file.path);
      const to = capability(target);
      if (isFileName(from)) return !wherePartsMeet.includes(fileName(file.path)) && to !== "platform";
      if (typeOnly && passedTypes.includes(target)) return false;
      if (isFileName(to)) return true;
      if (from === to) return false;
      const reach = serverShared.includes(from) ? serverShared.indexOf(from) : serverShared.length;
      return !serverShared.slice(0, reach).includes(to);
    }),
};

/** What the generic parts of the web may import besides each other: words, and rules without a place. */
const uiLooks = ["web/ui", "web/language", "core", "languages"];
const knowsPlaces = ["@tanstack/react-query", "@tanstack/react-router"];

export const genericUi: Rule = {
  name: "web/ui knows no route and no query",
  wayOut:
    "take what is shown and what a click does as properties; a part that fetches or navigates belongs to its capability",
  check: (files) =>
    eachImport(files, ({ file, target, specifier }) => {
      if (!isUnder(file.path, "web/ui") || isTest(file.path)) return false;
      return target === null ? knowsPlaces.includes(packageName(specifier)) : !isUnder(target, ...uiLooks);
    }),
};

const isFileName = (segment: string): boolean => segment.includes(".");

function eachImport(
  files: readonly Source[],
  wrong: (one: { file: Source; target: string | null; specifier: string; typeOnly: boolean }) => boolean,
): string[] {
  return files
    .filter((file) => isCode(file.path))
    .flatMap((file) =>
      importsOf(file)
        .filter((one) => wrong({ file, ...one }))
        .map((one) => at(file, one.start, `imports ${one.target ?? one.specifier}`)),
    );
}

export const noCycles: Rule = {
  name: "no import cycle",
  wayOut: "move what both need into a third file below them, or import only the type (`import type`)",
  check: (files) => {
    const graph = new Map<string, string[]>();
    for (const file of files) {
      if (!isCode(file.path)) continue;
      const targets = importsOf(file).filter((one) => !one.typeOnly && one.target !== null);
      graph.set(file.path, [...new Set(targets.map((one) => one.target ?? ""))]);
    }
    return cyclesOf(graph).map((cycle) => `${cycle[0]} is in a cycle: ${cycle.join(" → ")}`);
  },
};

/** One cycle for each knot, found depth first; shown from its first file to itself. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const path: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    const open = path.indexOf(file);
    if (open >= 0) cycles.push([...path.slice(open), file]);
    if (open >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) if (graph.has(target)) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}

/** Packages of the core: synchronous, without clock or network, the same in a browser; each wrapped once in kernel. */
export const corePackages = ["@marcbachmann/cel-js", "re2js", "yaml", "@noble/hashes", "canonicalize", "zod"];

export const packagesOfCore: Rule = {
  name: "core imports only itself and its listed packages, wrapped in core/kernel",
  wayOut: `wrap the package once in core/kernel and list it here with its line in docs/decisions/dependencies.md; listed: ${corePackages.join(", ")}`,
  check: (files) =>
    eachImport(files, ({ file, target, specifier }) => {
      if (!isUnder(file.path, "core") || isTest(file.path)) return false;
      if (specifier.startsWith("#")) return true;
      if (target !== null) return false;
      return !(isUnder(file.path, "core/kernel") && corePackages.includes(packageName(specifier)));
    }),
};

export const noBarrels: Rule = {
  name: "no barrels",
  wayOut: "import from the file that declares it; a file that only re-exports hides who needs what",
  check: (files) =>
    files
      .filter((file) => isCode(file.path))
      .filter((file) => {
        const body = nodesOf(file).filter(({ parent }) => parent?.type === "Program");
        const exported = body.filter(({ node }) => node.type.startsWith("Export"));
        const passing = body.every(
          ({ node }) =>
            node.type === "ImportDeclaration" ||
            node.type === "ExportAllDeclaration" ||
            (node.type === "ExportNamedDeclaration" && child(node, "declaration") === null),
        );
        return exported.length > 0 && passing;
      })
      .map((file) => `${file.path} only re-exports (${stemOf(file.path)})`),
};
