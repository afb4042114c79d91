/** Sizes and names: what keeps a file readable in one sitting and findable by its word. */
import {
  at,
  fileName,
  isCode,
  isFixture,
  isTest,
  isUnder,
  lineCount,
  type Rule,
  type Source,
  stemOf,
} from "./source.ts";
import { child, children, functionTypes, nameOf, nodesOf, ofType } from "./tree.ts";

export const fileLinesMax = 400;
export const testLinesMax = 600;
/** A line a sentence, read by its key: it is looked up, not read through. */
export const catalogueLinesMax = 800;
export const functionLinesMax = 70;
export const parametersMax = 5;

const generated = ["contract/openapi.json", "migrations/schema.sql"];
const sized = (path: string): boolean =>
  !generated.includes(path) &&
  !isFixture(path) &&
  (isCode(path) || /\.(css|sql|html)$/.test(path) || (isUnder(path, "languages") && path.endsWith(".json")));

function maxLinesOf(path: string): number {
  if (path.endsWith(".json")) return catalogueLinesMax;
  return isTest(path) ? testLinesMax : fileLinesMax;
}

export const fileSize: Rule = {
  name: `a file has at most ${fileLinesMax} lines (a test ${testLinesMax}, a catalogue ${catalogueLinesMax})`,
  wayOut: "split by the second subject it has grown; each part named after what it holds",
  check: (files) =>
    files
      .filter((file) => sized(file.path))
      .flatMap((file) => {
        const max = maxLinesOf(file.path);
        const lines = lineCount(file.text);
        return lines > max ? [`${file.path} has ${lines} lines, ${max} at most`] : [];
      }),
};

export const functionSize: Rule = {
  name: `a function has at most ${functionLinesMax} lines`,
  wayOut: "the parent keeps the branches, each leaf becomes a function named after what it answers",
  check: (files) =>
    codeOutsideTests(files).flatMap((file) =>
      ofType(file, ...functionTypes).flatMap(({ node }) => {
        const lines = lineCount(file.text.slice(node.start, node.end));
        return lines > functionLinesMax ? [at(file, node.start, `a function of ${lines} lines`)] : [];
      }),
    ),
};

export const parameterCount: Rule = {
  name: `a function has at most ${parametersMax} parameters`,
  wayOut: "one options object, its fields named",
  check: (files) =>
    codeOutsideTests(files).flatMap((file) =>
      ofType(file, ...functionTypes).flatMap(({ node }) => {
        const { length } = children(node, "params");
        return length > parametersMax ? [at(file, node.start, `a function of ${length} parameters`)] : [];
      }),
    ),
};

const codeOutsideTests = (files: readonly Source[]): Source[] =>
  files.filter((file) => isCode(file.path) && !isTest(file.path));

const bannedWords = ["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "base"];
/** Say nothing as a whole name; harmless inside one. */
const emptyWords = [...bannedWords, "data", "info", "index", "service"];
const emptyLast = [...bannedWords, "data", "info", "service"];

export const fileNames: Rule = {
  name: "no file or folder is called util, helper, common, manager, misc, base…",
  wayOut: "name it after what it knows: the noun or the rule it holds",
  check: (files) =>
    files
      .filter((file) => isCode(file.path) && !isFixture(file.path))
      .filter(({ path }) => {
        const folders = path.split("/").slice(0, -1);
        const stem = stemOf(path);
        const last = stem.split(/[-.]/).at(-1) ?? "";
        return (
          folders.some((folder) => bannedWords.includes(folder)) ||
          emptyWords.includes(stem) ||
          emptyLast.includes(last)
        );
      })
      .map(({ path }) => `${path} is a name that says nothing`),
};

/** kebab-case files, PascalCase components. */
export const fileCase: Rule = {
  name: "files are kebab-case, components PascalCase.tsx",
  wayOut: "rename the file; only a .tsx that holds a component takes its name",
  check: (files) =>
    files
      .filter((file) => isCode(file.path) && !isFixture(file.path))
      .filter(({ path }) => {
        const name = fileName(path);
        const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name);
        return !(kebab || /^[A-Z][A-Za-z0-9]*(\.test)?\.tsx$/.test(name));
      })
      .map(({ path }) => `${path} is neither kebab-case nor PascalCase.tsx`),
};

export const exportedNames: Rule = {
  name: "nothing exported is called …Manager, …Helper, …Util, and no class …Service",
  wayOut: "name what it does or is; a function rather than a class",
  check: (files) =>
    files
      .filter((file) => isCode(file.path))
      .flatMap((file) =>
        ofType(file, "ExportNamedDeclaration").flatMap(({ node }) => {
          const declaration = child(node, "declaration");
          const names = [
            nameOf(child(declaration, "id")),
            ...children(declaration, "declarations").map((one) => nameOf(child(one, "id"))),
          ];
          const isClass = declaration?.type === "ClassDeclaration";
          return names
            .filter((name) => /(Manager|Helpers?|Utils?)$/.test(name) || (isClass && name.endsWith("Service")))
            .map((name) => at(file, node.start, `exports ${name}`));
        }),
      ),
};

export const noDefaultExports: Rule = {
  name: "no default exports",
  wayOut: "export it by name, so that it has one name everywhere",
  check: (files) =>
    files
      .filter((file) => isCode(file.path) && file.path !== "web/vite.config.ts")
      .flatMap((file) =>
        nodesOf(file)
          .filter(
            ({ node }) =>
              node.type === "ExportDefaultDeclaration" ||
              (node.type === "ExportSpecifier" && nameOf(child(node, "exported")) === "default"),
          )
          .map(({ node }) => at(file, node.start, "has a default export")),
      ),
};
