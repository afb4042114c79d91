/** Syntax trees, parsed once a file and flattened, so that a rule is a filter over nodes. */
import { parseSync } from "oxc-parser";
import type { Source } from "./source.ts";

export type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;
export type Placed = { readonly node: Node; readonly parent: Node | null; readonly key: string };

const flattened = new WeakMap<Source, readonly Placed[]>();

export function nodesOf(file: Source): readonly Placed[] {
  const known = flattened.get(file);
  if (known) return known;
  const { program, errors } = parseSync(file.path, file.text);
  const serious = errors.find((error) => error.severity === "Error");
  if (serious) throw new Error(`${file.path} does not parse: ${serious.message}`);
  const placed: Placed[] = [];
  flatten(program as unknown as Node, null, "", placed);
  flattened.set(file, placed);
  return placed;
}

function flatten(node: Node, parent: Node | null, key: string, into: Placed[]): void {
  into.push({ node, parent, key });
  for (const [name, value] of Object.entries(node)) {
    if (isNode(value)) flatten(value, node, name, into);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) flatten(item, node, name, into);
  }
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

export const child = (node: Node | null, key: string): Node | null => {
  const value = node?.[key];
  return isNode(value) ? value : null;
};
export const children = (node: Node | null, key: string): Node[] => {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
};
export const functionTypes = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];

export const nameOf = (node: Node | null): string => (typeof node?.name === "string" ? node.name : "");
export const ofType = (file: Source, ...types: string[]): Placed[] =>
  nodesOf(file).filter(({ node }) => types.includes(node.type));

/** Text of a string or of a template, holes left out; null for anything else. */
export function textOf(node: Node | null): string | null {
  if (node?.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node?.type !== "TemplateLiteral") return null;
  return children(node, "quasis")
    .map((quasi) => (quasi.value as { raw?: string } | undefined)?.raw ?? "")
    .join(" ? ");
}

/** A string whose every character stands in the source. */
export const isConstantText = (node: Node | null): boolean =>
  textOf(node) !== null && children(node, "expressions").length === 0;

/** `name` in `object.name` and `object["name"]`. */
export function memberName(node: Node | null): string | null {
  if (node?.type !== "MemberExpression") return null;
  return node.computed ? textOf(child(node, "property")) : nameOf(child(node, "property"));
}

/** An identifier that stands for a value or a type, not the name of a member. */
export function isReference({ node, parent, key }: Placed): boolean {
  if (node.type !== "Identifier" || parent === null) return false;
  const plainKey = parent.computed !== true;
  if (key === "property" && parent.type === "MemberExpression") return !plainKey;
  if (key === "right" && parent.type === "TSQualifiedName") return false;
  if (key === "key" && plainKey) return false;
  if (key === "label") return false;
  return !((key === "imported" || key === "exported") && parent.type.endsWith("Specifier"));
}
