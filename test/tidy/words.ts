/** Words that people read live in the catalogues of languages/, in French and in English: those of the web's pages, and those
 *  of the pages, the mails and the lines of a terminal that the server and the command line make themselves. */

import { importsOf } from "./imports.ts";
import { at, isCode, isTest, isUnder, type Rule, type Source } from "./source.ts";
import { child, children, memberName, type Node, nameOf, nodesOf, type Placed, textOf } from "./tree.ts";

const letters = /\p{L}/u;
/** Attributes of elements, and properties of our own components that end up as such or as text. */
const readAttributes = [
  "title",
  "alt",
  "placeholder",
  "label",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "caption",
  "closeWord",
  "copyWord",
  "doneWord",
  "empty",
  "error",
  "heading",
  "hint",
  "legend",
  "note",
  "text",
  "word",
];

/** Not translated anywhere: the product's name, what stands for itself, and languages in their own words. */
const properNames = /\b(Tocsin|SMTP|TLS|URL|API|UTC|HTTPS|English|Français)(?!\p{L})/gu;
const verbatim = ["code", "kbd", "samp", "pre"];
/** An address, a media type, an identifier or a word of the interface with machines: one word, and no sentence. */
const ofMachines = /^[\w./:#{}?=&@-]*$/;

export const wordsInCatalogues: Rule = {
  name: "no words in web/**/*.tsx outside the catalogues",
  wayOut: "put the sentence in languages/fr and languages/en, and show t(id)",
  check: (files) =>
    files
      .filter((file) => isUnder(file.path, "web") && file.path.endsWith(".tsx") && !file.path.endsWith(".test.tsx"))
      .flatMap((file) => each(file, shownWords)),
};

/** What is sent as HTML, and what is printed for a person. Logs and configuration errors are for operators, in English. */
export const wordsOfServer: Rule = {
  name: "no words in pages, mails and the command line outside the catalogues",
  wayOut: "put the sentence in languages/fr and languages/en, and give t(id)",
  check: (files) =>
    files
      .filter((file) => isUnder(file.path, "server", "cli") && file.path.endsWith(".ts") && !isTest(file.path))
      .flatMap((file) => [...each(file, htmlWords), ...(isUnder(file.path, "cli") ? each(file, printedWords) : [])]),
};

function each(file: Source, find: (placed: Placed) => string | null): string[] {
  return nodesOf(file).flatMap((placed) => {
    const words = find(placed);
    return words === null ? [] : [at(file, placed.node.start, `shows “${words}”`)];
  });
}

function shownWords({ node, parent }: Placed): string | null {
  if (node.type === "JSXText") return spoken(String(node.value), parent);
  if (node.type === "JSXExpressionContainer" && parent?.type !== "JSXAttribute") {
    return first(outcomes(child(node, "expression")).map((one) => spoken(textOf(one) ?? "", parent)));
  }
  if (node.type !== "JSXAttribute" || !readAttributes.includes(nameOf(child(node, "name")))) return null;
  const value = child(node, "value");
  const given = value?.type === "JSXExpressionContainer" ? outcomes(child(value, "expression")) : [value];
  return first(given.map((one) => spoken(textOf(one) ?? "", null)));
}

const first = (found: readonly (string | null)[]): string | null => found.find((one) => one !== null) ?? null;

/** What an expression may come to: both sides of a choice. */
function outcomes(node: Node | null): (Node | null)[] {
  if (node?.type === "ConditionalExpression")
    return [...outcomes(child(node, "consequent")), ...outcomes(child(node, "alternate"))];
  if (node?.type === "LogicalExpression") return [...outcomes(child(node, "left")), ...outcomes(child(node, "right"))];
  return [node];
}

/** Text between the tags of a template of ours, and in the attributes that are read; a hole stands for anything. */
function htmlWords({ node }: Placed): string | null {
  if (node.type !== "TaggedTemplateExpression" || nameOf(child(node, "tag")) !== "html") return null;
  const template = children(child(node, "quasi"), "quasis")
    .map((quasi) => (quasi.value as { raw?: string } | undefined)?.raw ?? "")
    .join("\u0000");
  const attributes = [...template.matchAll(/\s(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)"/g)];
  const bare = template
    .replace(/<(code|kbd|samp|pre|style|script)\b[^>]*>.*?<\/\1>/gis, " ")
    .replace(/<!doctype html>/gi, " ")
    .replace(/<(?:[^>"]|"[^"]*")*>/g, " ")
    /* A fragment may begin or end inside a tag. */
    .replace(/^[^<>]*>/, " ")
    .replace(/\s[\w-]+="[^"]*"?/g, " ")
    .replace(/&\w+;/g, " ");
  const attribute = /^\s*(?:required|selected|checked|class|hidden)\s*$/.test(bare);
  return first([
    attribute ? null : spoken(bare.replaceAll("\u0000", " "), null),
    ...attributes.map((one) => spoken(one[1] ?? "", null)),
  ]);
}

const printing = ["print", "tell", "description", "summary", "option", "argument", "Option", "Argument"];

/** The first argument of an option is how it is typed. */
function printedWords({ node }: Placed): string | null {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return null;
  const callee = child(node, "callee");
  const name = memberName(callee) ?? nameOf(callee);
  if (!printing.includes(name)) return null;
  const typed = /^(option|argument)$/i.test(name);
  const read = children(node, "arguments").slice(typed ? 1 : 0);
  return first(
    read.flatMap(outcomes).map((one) => {
      const text = (textOf(one) ?? "").trim();
      return ofMachines.test(text) ? null : spoken(text, null);
    }),
  );
}

function spoken(text: string, element: Placed["parent"]): string | null {
  const words = text
    .replace(/\\[nrt]/g, " ")
    .replace(/(^|\s)\/[\w./-]+/g, " ")
    .trim();
  const opening = child(element, "openingElement");
  const name = nameOf(child(opening, "name")) || (memberName(child(opening, "name")) ?? "");
  if (!letters.test(words.replace(properNames, "")) || verbatim.includes(name)) return null;
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}

/** What the first page loads at once, words apart. */
const firstPage = "web/main.tsx";
const laterWords = ["languages/en/organisation.json", "languages/en/contacts.json"];

export const firstWords: Rule = {
  name: "what the first page says comes with the first page",
  wayOut: "put the message in a catalogue of web/language/en.ts and fr.ts; those of pages-en.ts come after it is shown",
  check: (files) => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const later = new Set(laterWords.flatMap((path) => Object.keys(JSON.parse(byPath.get(path)?.text ?? "{}"))));
    return loadedAtOnce(byPath).flatMap((file) =>
      nodesOf(file).flatMap(({ node }) => {
        const id = textOf(node);
        return id !== null && later.has(id) ? [at(file, node.start, `says “${id}”, which comes later`)] : [];
      }),
    );
  },
};

function loadedAtOnce(byPath: ReadonlyMap<string, Source>): Source[] {
  const seen = new Set<Source>();
  const visit = (path: string | null): void => {
    const file = byPath.get(path ?? "");
    if (!file || seen.has(file) || !isUnder(file.path, "web") || !isCode(file.path)) return;
    seen.add(file);
    for (const one of importsOf(file)) if (!one.typeOnly && !one.later) visit(one.target);
  };
  visit(firstPage);
  return [...seen];
}
