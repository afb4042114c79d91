/** Words that people read live in the catalogues of languages/, in French and in English. */
import { at, isUnder, type Rule } from "./source.ts";
import { child, memberName, nameOf, nodesOf, type Placed, textOf } from "./tree.ts";

const letters = /\p{L}/u;
const readAttributes = [
  "title",
  "alt",
  "placeholder",
  "label",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
];

/** Not translated anywhere: the product's name, and what stands for itself. */
const properNames = /\b(Tocsin|SMTP|TLS|URL|API|UTC)\b/g;
const verbatim = ["code", "kbd", "samp", "pre"];

export const wordsInCatalogues: Rule = {
  name: "no words in web/**/*.tsx outside the catalogues",
  wayOut: "put the sentence in languages/fr and languages/en, and show t(id)",
  check: (files) =>
    files
      .filter((file) => isUnder(file.path, "web") && file.path.endsWith(".tsx") && !file.path.endsWith(".test.tsx"))
      .flatMap((file) =>
        nodesOf(file).flatMap((placed) => {
          const words = shownWords(placed);
          return words === null ? [] : [at(file, placed.node.start, `shows “${words}”`)];
        }),
      ),
};

function shownWords({ node, parent }: Placed): string | null {
  if (node.type === "JSXText") return spoken(String(node.value), parent);
  if (node.type === "JSXExpressionContainer" && parent?.type !== "JSXAttribute") {
    return spoken(textOf(child(node, "expression")) ?? "", parent);
  }
  if (node.type !== "JSXAttribute" || !readAttributes.includes(nameOf(child(node, "name")))) return null;
  const value = child(node, "value");
  return spoken(textOf(value?.type === "JSXExpressionContainer" ? child(value, "expression") : value) ?? "", null);
}

function spoken(text: string, element: Placed["parent"]): string | null {
  const words = text.trim();
  const opening = child(element, "openingElement");
  const name = nameOf(child(opening, "name")) || (memberName(child(opening, "name")) ?? "");
  if (!letters.test(words.replace(properNames, "")) || verbatim.includes(name)) return null;
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}
