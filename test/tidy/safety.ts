/** What must not be there at all: code made from text, a shell, a request of our own to an address. */
import { importsOf } from "./imports.ts";
import { at, isCode, isFixture, isTest, isUnder, type Rule, type Source } from "./source.ts";
import {
  child,
  children,
  functionTypes,
  isConstantText,
  isReference,
  memberName,
  type Node,
  nameOf,
  nodesOf,
  ofType,
  type Placed,
  textOf,
} from "./tree.ts";

export const code = (files: readonly Source[]): Source[] => files.filter((file) => isCode(file.path));

export function eachNode(files: readonly Source[], says: (placed: Placed, file: Source) => string | null): string[] {
  return files.flatMap((file) =>
    nodesOf(file).flatMap((placed) => {
      const what = says(placed, file);
      return what === null ? [] : [at(file, placed.node.start, what)];
    }),
  );
}

const called = (node: Node): string => nameOf(child(node, "callee")) || (memberName(child(node, "callee")) ?? "");

export const noCodeFromText: Rule = {
  name: "no eval, no new Function, no node:vm",
  wayOut: "conditions that people write go through CEL (core/kernel/condition.ts); everything else is a function",
  check: (files) =>
    eachNode(code(files), (placed) => {
      const { node } = placed;
      if (isReference(placed) && nameOf(node) === "eval") return "uses eval";
      const makes = node.type === "NewExpression" || node.type === "CallExpression";
      if (makes && nameOf(child(node, "callee")) === "Function") return "makes a Function from text";
      const source = textOf(child(node, "source"));
      return source === "node:vm" || source === "vm" ? "imports node:vm" : null;
    }),
};

const shells = ["exec", "execSync"];
const isChildProcess = (specifier: string): boolean => /^(node:)?child_process$/.test(specifier);

export const noShell: Rule = {
  name: "no shell: neither child_process.exec nor shell: true",
  wayOut: "spawn the program with an array of arguments (execFile, spawn), without `shell`",
  check: (files) =>
    code(files)
      .filter((file) => importsOf(file).some((one) => isChildProcess(one.specifier)))
      .flatMap((file) =>
        eachNode([file], ({ node }) => {
          if (node.type === "ImportSpecifier" && shells.includes(nameOf(child(node, "imported"))))
            return `imports ${nameOf(child(node, "imported"))}`;
          if (node.type === "CallExpression" && shells.includes(memberName(child(node, "callee")) ?? "")) {
            const of = nameOf(child(child(node, "callee"), "object"));
            return /^(child_?process|cp)$/i.test(of) ? `calls ${of}.${called(node)}` : null;
          }
          const value = child(node, "value");
          const asks = node.type === "Property" && nameOf(child(node, "key")) === "shell";
          return asks && value?.value !== false ? "asks for a shell" : null;
        }),
      ),
};

const mayStart = (path: string): boolean =>
  isUnder(path, "bin", "test") || isTest(path) || path.startsWith("server/platform/embedded-postgres");

export const spawnsListed: Rule = {
  name: "programs are started only by bin/, server/platform/embedded-postgres* and tests",
  wayOut:
    "do it in process; a new place that starts a program is a decision: record it in docs/decisions and list it here",
  check: (files) =>
    code(files)
      .filter((file) => !mayStart(file.path))
      .flatMap((file) =>
        importsOf(file)
          .filter((one) => isChildProcess(one.specifier) && !one.typeOnly)
          .map((one) => at(file, one.start, `imports ${one.specifier}`)),
      ),
};

/** Places where text becomes SQL unescaped. */
const rawNames = ["raw", "lit"];

export const constantSql: Rule = {
  name: "SQL is constant text; values are parameters",
  wayOut:
    "in the sql tag a hole is a parameter; a column chosen at run time is picked from a closed table of constants; where the protocol takes no parameter, client.escapeLiteral or escapeIdentifier",
  check: (files) =>
    code(files)
      .filter((file) => !isTest(file.path))
      .flatMap((file) => {
        const known = constantsOf(file, files);
        const functions = ofType(file, ...functionTypes).map(({ node }) => node);
        return eachNode([file], (placed) => changingSql(placed, known, functions));
      }),
};

/** What stands outside any function is made once, of what the source holds. */
function changingSql({ node, key }: Placed, known: ReadonlySet<string>, functions: readonly Node[]): string | null {
  if (node.type === "TemplateLiteral" && key !== "quasi") {
    if (!functions.some((one) => one.start <= node.start && node.end <= one.end)) return null;
    return statement.test(textOf(node) ?? "") && !isConstant(node, known) ? "SQL whose text is made at run time" : null;
  }
  if (node.type !== "CallExpression") return null;
  const callee = child(node, "callee");
  const member = memberName(callee) ?? "";
  const on = nameOf(child(callee, "object"));
  const first = children(node, "arguments")[0] ?? null;
  const raw = rawNames.includes(member) && (on === "sql" || on === "CompiledQuery");
  if (raw && !isConstantText(first)) return `${on}.${member} with text made at run time`;
  const joined = first?.type === "BinaryExpression" && first.operator === "+";
  const holes = first?.type === "TemplateLiteral" && !statement.test(textOf(first) ?? "") && !isConstant(first, known);
  return member === "query" && (joined || holes) ? "a query whose text is made at run time" : null;
}

const statement = /^\s*(select\s|insert into\s|update \S+ set\s|delete from\s|with \S+ as\b)/i;
const escapes = ["escapeLiteral", "escapeIdentifier"];

/** A template whose holes hold only constants of the source, or escaped text. */
function isConstant(template: Node, known: ReadonlySet<string>): boolean {
  return children(template, "expressions").every((hole) => isConstantHole(hole, known));
}

function isConstantHole(hole: Node | null, known: ReadonlySet<string>): boolean {
  switch (hole?.type) {
    case "Literal":
      return true;
    case "Identifier":
      return known.has(nameOf(hole));
    case "BinaryExpression":
      return isConstantHole(child(hole, "left"), known) && isConstantHole(child(hole, "right"), known);
    case "CallExpression":
      return escapes.includes(memberName(child(hole, "callee")) ?? "");
    default:
      return false;
  }
}

/** Names whose every value stands in the source: here, or in a file imported from. */
function constantsOf(file: Source, files: readonly Source[]): ReadonlySet<string> {
  const known = new Set(declaredConstants(file));
  for (const { node } of ofType(file, "ImportDeclaration")) {
    const one = importsOf(file).find(({ start }) => start === node.start);
    const from = files.find(({ path }) => path === one?.target && isCode(path));
    const theirs = from ? declaredConstants(from) : [];
    for (const specifier of children(node, "specifiers")) {
      if (theirs.includes(nameOf(child(specifier, "imported")))) known.add(nameOf(child(specifier, "local")));
    }
  }
  return known;
}

function declaredConstants(file: Source): string[] {
  const constants: string[] = [];
  const lists: string[] = [];
  for (const { node, parent } of ofType(file, "VariableDeclarator")) {
    const init = child(node, "init");
    const value = init?.type === "TSAsExpression" ? child(init, "expression") : init;
    const name = nameOf(child(node, "id"));
    if (parent?.kind !== "const" || name === "") continue;
    if (isConstantText(value) || typeof value?.value === "number") constants.push(name);
    if (value?.type === "ArrayExpression" && children(value, "elements").every(isConstantText)) lists.push(name);
  }
  for (const { node } of ofType(file, "ForOfStatement")) {
    if (!lists.includes(nameOf(child(node, "right")))) continue;
    constants.push(...children(child(node, "left"), "declarations").map((one) => nameOf(child(one, "id"))));
  }
  return constants;
}

const clients = ["undici", "axios", "got", "ky", "node-fetch", "superagent", "request", "needle", "ws"];
const webModules = /^(node:)?(https?|http2|net|tls|dgram|dns|dns\/promises)$/;
const asking = [
  "request",
  "get",
  "connect",
  "createConnection",
  "createSocket",
  "lookup",
  "resolve",
  "resolve4",
  "resolve6",
];
const globalClients = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"];

const outgoing = "server/platform/outgoing.ts";

/** An address that somebody typed is asked through the one module that judges it where the socket connects. */
export const noHttpClient: Rule = {
  name: `on the server only ${outgoing} makes requests`,
  wayOut: `ask through the Outgoing that server/app.ts passes: ${outgoing} judges the address, and every one it resolves to`,
  check: (files) => {
    const server = code(files).filter(
      (file) => isUnder(file.path, "server") && !isTest(file.path) && file.path !== outgoing,
    );
    const libraries = server.flatMap((file) =>
      importsOf(file)
        .filter((one) => clients.includes(one.specifier))
        .map((one) => at(file, one.start, `imports ${one.specifier}`)),
    );
    const uses = server.flatMap((file) => {
      const modules = webModuleNames(file);
      return eachNode([file], (placed) => requestMade(placed, modules));
    });
    return [...libraries, ...uses];
  },
};

function requestMade(placed: Placed, modules: readonly string[]): string | null {
  const { node, parent } = placed;
  if (isReference(placed) && globalClients.includes(nameOf(node))) return `uses ${nameOf(node)}`;
  if (node.type === "ImportSpecifier" && webModules.test(textOf(child(parent, "source")) ?? "")) {
    const imported = nameOf(child(node, "imported"));
    return asking.includes(imported) && node.importKind !== "type" ? `imports ${imported}` : null;
  }
  if (node.type !== "CallExpression") return null;
  const on = nameOf(child(child(node, "callee"), "object"));
  return modules.includes(on) && asking.includes(called(node)) ? `calls ${on}.${called(node)}` : null;
}

/** What this file calls node:http and its like: `http` may as well be a server of ours. */
const webModuleNames = (file: Source): string[] =>
  ofType(file, "ImportDefaultSpecifier", "ImportNamespaceSpecifier")
    .filter(({ parent }) => webModules.test(textOf(child(parent, "source")) ?? ""))
    .map(({ node }) => nameOf(child(node, "local")));

const clock = "server/platform/clock.ts";
const wallClocks = /^(Date\.now|Temporal\.Now)$/;
/** They measure how long, not when: the platform times its own waits with them. */
const stopwatches = /^(performance\.now|process\.hrtime)$/;

export const oneClock: Rule = {
  name: `on the server only ${clock} reads a clock`,
  wayOut: "take `at` as an argument, or ask the clock that server/app.ts passes: a drill and a test move it",
  check: (files) =>
    eachNode(
      code(files).filter((file) => isUnder(file.path, "server") && !isTest(file.path) && file.path !== clock),
      ({ node }, file) => {
        if (node.type === "NewExpression" && nameOf(child(node, "callee")) === "Date")
          return children(node, "arguments").length === 0 ? "reads the clock by new Date()" : null;
        if (node.type !== "MemberExpression") return null;
        const read = `${nameOf(child(node, "object"))}.${memberName(node)}`;
        return wallClocks.test(read) || (stopwatches.test(read) && !isUnder(file.path, "server/platform"))
          ? `reads the clock by ${read}`
          : null;
      },
    ),
};

const clockWords =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\b(current_timestamp|current_date|current_time|localtimestamp)\b/i;
const looksLikeSql = /\b(select|insert|update|delete|values|default|interval|where)\b/i;

export const sqlReadsNoClock: Rule = {
  name: "SQL never reads a clock",
  wayOut: `pass the time as an argument ($now); only ${clock} asks the database for it`,
  check: (files) => {
    const scripts = files
      .filter((file) => file.path.endsWith(".sql") && !isFixture(file.path))
      .flatMap((file) =>
        file.text.split("\n").flatMap((line, index) => {
          const found = clockWords.exec(line.replace(/--.*/, ""));
          return found ? [`${file.path}:${index + 1} reads the clock by ${found[0]}`] : [];
        }),
      );
    const sources = code(files).filter((file) => !isTest(file.path) && file.path !== clock);
    return [...scripts, ...eachSql(sources, (sql) => (clockWords.test(sql) ? "SQL that reads a clock" : null))];
  },
};

/** Text that is SQL: a template tagged `sql`, or a string that reads like a statement. */
export function eachSql(files: readonly Source[], says: (sql: string) => string | null): string[] {
  return files.flatMap((file) =>
    ofType(file, "Literal", "TemplateLiteral").flatMap(({ node, parent, key }) => {
      const sql = textOf(node);
      const tagged = key === "quasi" && nameOf(child(parent, "tag")) === "sql";
      if (sql === null || !(tagged || looksLikeSql.test(sql))) return [];
      const what = says(sql);
      return what === null ? [] : [at(file, node.start, what)];
    }),
  );
}
