/** Documents that can drift are tested against what they describe. */
import { fileName, isFixture, isUnder, lineAt, type Rule, type Source } from "./source.ts";
import { child, children, nameOf, ofType, textOf } from "./tree.ts";

const find = (files: readonly Source[], path: string): Source | undefined => files.find((file) => file.path === path);

/** Sets that must be equal, said from both sides. */
function differences(
  one: { of: string; has: readonly string[] },
  other: { of: string; has: readonly string[] },
): string[] {
  return [
    ...one.has
      .filter((name) => !other.has.includes(name))
      .map((name) => `${other.of} lacks ${name}, which ${one.of} has`),
    ...other.has
      .filter((name) => !one.has.includes(name))
      .map((name) => `${other.of} has ${name}, which ${one.of} lacks`),
  ];
}

const section = (text: string, heading: string): string =>
  text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${heading}`)) ?? "";

const rowNames = (markdown: string): string[] =>
  [...markdown.matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1] ?? "");

/** What every browser carries, and what few meet. */
const catalogues = ["languages/en/problems.json", "languages/en/seldom-problems.json"];

export const errorsDocumented: Rule = {
  name: "docs/errors.md explains every refusal and every answer at the door, and no other",
  wayOut:
    "give the code its row under “Refusals” (core/kernel/refusal.ts) or “Answers at the door” (the other titles of languages/en/problems.json and seldom-problems.json): what the reader should do, what the operator should do",
  check: (files) => {
    const refusals = find(files, "core/kernel/refusal.ts");
    if (!refusals) return [];
    const table = ofType(refusals, "VariableDeclarator").find(
      ({ node }) => nameOf(child(node, "id")) === "refusalCodes",
    );
    const init = child(table?.node ?? null, "init");
    const object = init?.type === "ObjectExpression" ? init : child(init, "expression");
    const codes = children(object, "properties").map(
      (property) => textOf(child(property, "key")) ?? nameOf(child(property, "key")),
    );
    const document = find(files, "docs/errors.md")?.text ?? "";
    const documented = (heading: string) => ({
      of: `“${heading}” of docs/errors.md`,
      has: rowNames(section(document, heading)),
    });
    const titles = catalogues
      .flatMap((path) => Object.keys(JSON.parse(find(files, path)?.text ?? "{}")))
      .filter((id) => id.endsWith(".title"))
      .map((id) => id.slice(0, -".title".length));
    const atTheDoor = titles.filter((code) => !codes.includes(code));
    return [
      ...differences({ of: refusals.path, has: codes }, documented("Refusals")),
      ...differences({ of: catalogues.join(" and "), has: atTheDoor }, documented("Answers at the door")),
    ];
  },
};

const variables = /\b(?:TOCSIN(?:_[A-Z]+)+|DATABASE_URL)\b/g;

export const environmentDocumented: Rule = {
  name: "README.md lists every variable of the environment, and no other",
  wayOut: "its row in the table of both READMEs, or its removal from server/config.ts",
  check: (files) => {
    const config = find(files, "server/config.ts");
    if (!config) return [];
    const read = ofType(config, "CallExpression")
      .filter(({ node }) => nameOf(child(node, "callee")) === "get")
      .map(({ node }) => textOf(children(node, "arguments")[0] ?? null) ?? "");
    const rows = (find(files, "README.md")?.text ?? "").matchAll(/^\| (`[A-Z_]+`[^|]*)\|/gm);
    const listed = [...rows].flatMap(([, names = ""]) => names.match(variables) ?? []);
    return differences({ of: config.path, has: [...new Set(read)] }, { of: "README.md", has: listed });
  },
};

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

export const dependenciesDecided: Rule = {
  name: "every runtime dependency has its line in docs/decisions/dependencies.md, and no other",
  wayOut: "a row there: what it is for, what else was weighed. A dependency no longer used leaves both",
  check: (files) => {
    const manifest = find(files, "package.json");
    if (!manifest) return [];
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(manifest.text) as Manifest;
    const installed = [...Object.keys(dependencies), ...Object.keys(optionalDependencies)];
    const rows = rowNames(find(files, "docs/decisions/dependencies.md")?.text ?? "");
    const covers = (row: string, name: string): boolean =>
      row.endsWith("*") ? name.startsWith(row.slice(0, -1)) : row === name;
    return [
      ...installed
        .filter((name) => !rows.some((row) => covers(row, name)))
        .map((name) => `docs/decisions/dependencies.md lacks ${name}`),
      ...rows
        .filter((row) => !installed.some((name) => covers(row, name)))
        .map((row) => `docs/decisions/dependencies.md has ${row}, which package.json lacks`),
    ];
  },
};

export const pinned: Rule = {
  name: "runtime dependencies are pinned exactly",
  wayOut: "write the exact version (no ^, ~ or tag): the same clone installs the same code",
  check: (files) => {
    const manifest = find(files, "package.json");
    if (!manifest) return [];
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(manifest.text) as Manifest;
    return Object.entries({ ...dependencies, ...optionalDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json asks for ${name} ${version}`);
  },
};

export const lockfile: Rule = {
  name: "the lockfile names no registry",
  wayOut:
    "keep omit-lockfile-registry-resolved=true in .npmrc and run npm install again: a lockfile with addresses ties the clone to one mirror",
  check: (files) => {
    const npmrc = find(files, ".npmrc");
    const lock = find(files, "package-lock.json");
    const asked = npmrc === undefined || /^omit-lockfile-registry-resolved=true$/m.test(npmrc.text);
    const first = lock?.text.indexOf('"resolved"') ?? -1;
    return [
      ...(asked ? [] : [".npmrc lacks omit-lockfile-registry-resolved=true"]),
      ...(lock && first >= 0 ? [`${lock.path}:${lineAt(lock.text, first)} has a "resolved" address`] : []),
    ];
  },
};

type Locked = { readonly optionalDependencies?: Readonly<Record<string, string>> };

/** `npm ci` refuses a lockfile that does not name them all, even those it would skip; a registry that lacks some of them
 *  makes `npm install` leave them out without a word. */
export const lockfileEveryPlatform: Rule = {
  name: "the lockfile names the packages of every platform",
  wayOut:
    "run npm install --package-lock-only against a complete registry, or add the entry (version, optional, os, cpu)",
  check: (files) => {
    const lock = find(files, "package-lock.json");
    if (!lock) return [];
    const { packages } = JSON.parse(lock.text) as { packages: Readonly<Record<string, Locked>> };
    return Object.entries(packages)
      .filter(([path]) => path !== "")
      .flatMap(([path, one]) =>
        Object.keys(one.optionalDependencies ?? {})
          .filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
          .map((name) => `package-lock.json lacks ${name}, which ${path} may install`),
      );
  },
};

/** Written in two halves, so that this file obeys its own rule. */
const machinePath = new RegExp(`(?<![\\w.:/~-])/(${["work", "root", "home"].join("|")})/`);
const leftover = new RegExp(
  `\\b(${["FIX", "TO", "XX"].map((one, index) => one + ["ME", "DO", "X"][index]).join("|")})\\b`,
);
const unread = (path: string): boolean => fileName(path) === "package-lock.json" || isFixture(path);

function eachLine(files: readonly Source[], pattern: RegExp, says: (found: string) => string): string[] {
  return files
    .filter((file) => !unread(file.path))
    .flatMap((file) =>
      file.text.split("\n").flatMap((line, index) => {
        const found = pattern.exec(line);
        return found ? [`${file.path}:${index + 1} ${says(found[0])}`] : [];
      }),
    );
}

export const noMachinePaths: Rule = {
  name: "no path of somebody's machine",
  wayOut: "a path relative to the repository, or one taken from the environment",
  check: (files) => eachLine(files, machinePath, (found) => `names ${found}`),
};

export const noLeftovers: Rule = {
  name: "no note to self is left in a file",
  wayOut: "do it, or open an issue that says what and why",
  check: (files) => eachLine(files, leftover, (found) => `says ${found}`),
};

const headings = (text: string): string[] =>
  [...text.replace(/^```.*?^```/gms, "").matchAll(/^(#{1,6}) /gm)].map((found) => found[1] ?? "");

/** Code blocks without their comments, which are written in the reader's language. */
const blocks = (text: string): string[] =>
  [...text.matchAll(/^```(\w*)\n(.*?)^```/gms)].map(([, language, body = ""]) =>
    language === "text" || language === "mermaid" ? `(${language})` : body.replace(/(^|\s)#.*$/gm, "").trim(),
  );

export const readmeTwins: Rule = {
  name: "README.md and README.fr.md are twins",
  wayOut: "the same headings in the same order and the same commands, in both",
  check: (files) => {
    const english = find(files, "README.md");
    const french = find(files, "README.fr.md");
    if (!english && !french) return [];
    if (!english || !french) return ["README.md and README.fr.md go together: one is missing"];
    const same = (what: string, of: (text: string) => string[]): string[] => {
      const [one, other] = [of(english.text), of(french.text)];
      const first = one.findIndex((item, index) => item !== other[index]);
      if (one.length === other.length && first < 0) return [];
      return [
        `README.fr.md differs from README.md in its ${what}: ${one.length} and ${other.length}, first at ${first + 1}`,
      ];
    };
    return [...same("headings", headings), ...same("code blocks", blocks)];
  },
};

/** Links between documents, and files that they name: a moved file takes its readers along. */
export const linksLead: Rule = {
  name: "documents lead to files that exist",
  wayOut: "correct the path: a link is relative to its document, a file named in `code` is relative to the repository",
  check: (files) => {
    const known = new Set(files.flatMap(({ path }) => withFolders(path)));
    const documents = files.filter(
      ({ path }) => path.endsWith(".md") && (isUnder(path, "docs") || !path.includes("/")),
    );
    const wrong = (file: Source, pattern: RegExp, pathOf: (found: string) => string | null): string[] =>
      [...file.text.matchAll(pattern)].flatMap((match) => {
        const found = match[1] ?? "";
        const path = pathOf(found);
        return path === null || known.has(path)
          ? []
          : [`${file.path}:${lineAt(file.text, match.index)} leads to ${found}`];
      });
    return documents.flatMap((file) => [
      ...wrong(file, /\]\(([^)\s#]+)(?:#[^)]*)?\)/g, (to) =>
        /^[a-z]+:/.test(to) || pictures.test(to) ? null : joined(file.path, to),
      ),
      ...wrong(file, namedFile, (path) => path),
    ]);
  },
};

const namedFile =
  /`((?:bin|cli|contract|core|demo|docs|languages|migrations|server|test|web)\/[\w./-]+\.(?:ts|tsx|cjs|json|sql|css|md))`/g;

/** Not text, so not among the files read. */
const pictures = /\.(png|svg|webp)$/;

const withFolders = (path: string): string[] =>
  path.split("/").map((_, index, parts) => parts.slice(0, parts.length - index).join("/"));

function joined(from: string, to: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of to.replace(/\/$/, "").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
