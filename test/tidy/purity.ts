/** The core decides from (state, input, time) alone. The compiler hides most of the world from it; the rest is read here. */
import { at, isCode, isTest, isUnder, type Rule, type Source } from "./source.ts";
import { child, isReference, memberName, nameOf, nodesOf, type Placed, textOf } from "./tree.ts";

const bannedNames = new Set([
  "Date",
  "Intl",
  "Promise",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "fetch",
  "process",
  "globalThis",
  "window",
  "performance",
  "crypto",
  "console",
  "navigator",
  "WeakRef",
  "FinalizationRegistry",
  "require",
]);
/** A word of the domain as well as a global: the name of something declared in the file is not the global. */
const domainWords = new Set(["process"]);
/** Half of each is pure: as a value of its own, the other half could be reached under any name. */
const bannedMembers: Readonly<Record<string, string>> = { Math: "random", Temporal: "Now" };

/** They read the language and the zone of whichever machine they run on. */
const localeMembers = /^(toLocale[A-Z]\w*|localeCompare)$/;

export const purity: Rule = {
  name: "core is pure: no clock, randomness, environment, network, timer, promise",
  wayOut:
    "take the time, the id or the text as an argument; what waits is a workflow's output, what speaks to the world is server's",
  check: (files) =>
    files
      .filter((file) => isUnder(file.path, "core") && isCode(file.path) && !isTest(file.path))
      .flatMap((file) => nodesOf(file).flatMap((placed) => impurity(file, placed))),
};

function impurity(file: Source, placed: Placed): string[] {
  const { node } = placed;
  const says = (what: string): string[] => [at(file, node.start, `uses ${what} in the core`)];
  if (node.type === "Identifier") {
    const name = nameOf(node);
    if (bannedMembers[name] !== undefined && isReference(placed) && !isLookedInto(placed)) return says(`${name} whole`);
    if (!isReference(placed) || !bannedNames.has(name)) return [];
    return domainWords.has(name) && declares(file, name) ? [] : says(name);
  }
  if (node.type === "MemberExpression") {
    const member = memberName(node) ?? "";
    if (localeMembers.test(member)) return says(member);
    const object = nameOf(child(node, "object"));
    return bannedMembers[object] !== undefined && bannedMembers[object] === member ? says(`${object}.${member}`) : [];
  }
  if (node.type === "MetaProperty" && nameOf(child(node, "meta")) === "import") return says("import.meta");
  if (node.type === "AwaitExpression") return says("await");
  if (node.type === "ImportExpression") return says("import()");
  if (node.async === true) return says("async");
  if (node.type === "ForOfStatement" && node.await === true) return says("for await");
  if (node.type === "ImportDeclaration" && /^node:/.test(textOf(child(node, "source")) ?? ""))
    return says("a node: module");
  return [];
}

/** `Math.max`, `Temporal.Instant`: by a name that stands there. */
function isLookedInto({ parent, key }: Placed): boolean {
  if (parent?.type === "TSQualifiedName") return key === "left";
  return parent?.type === "MemberExpression" && key === "object" && memberName(parent) !== null;
}

/** Declared in this file as a constant or a parameter. */
const declares = (file: Source, name: string): boolean =>
  nodesOf(file).some(
    ({ node, parent, key }) =>
      nameOf(node) === name && (key === "params" || (key === "id" && parent?.type === "VariableDeclarator")),
  );
