/** What a person may see is decided once, in server/access/visible.ts: a list, a search, a count or a stream that goes round
 *  it is the classic leak. */
import { code, eachNode, eachSql } from "./safety.ts";
import { isTest, isUnder, type Rule } from "./source.ts";
import { child, children, memberName, type Node, textOf } from "./tree.ts";

const seenTables = "incidents|incident_search|incident_observables|alerts|events|reports|attachments";
/** Quotes and the schema's name change nothing about which table it is. */
const plainSql = (text: string): string => text.replaceAll('"', "").replace(/\bpublic\s*\.\s*/gi, "");
const readingSql = new RegExp(`\\b(?:from|join|using|update|table)\\s+(?:only\\s+)?(${seenTables})\\b`, "i");
/** After a comma: `from outbox o, incidents i`. */
const listedSql = new RegExp(`\\bfrom\\b[^;()]*,\\s*(?:only\\s+)?(${seenTables})\\b`, "i");
/** Text of a template has a question mark where it has a hole. */
const unknownSql = /\b(?:from|join|using|update|table)\s+(?:only\s+)?\?/i;
const readingCalls =
  /^(selectFrom|updateTable|deleteFrom|mergeInto|using|table|from|(inner|left|right|full|cross)?Join(Lateral)?)$/i;
/** Calls that can be of nothing but a table. */
const tableCalls = /^(selectFrom|updateTable|deleteFrom|mergeInto|(inner|left|right|full|cross)Join)$/;
const tableArgument = new RegExp(`^(${seenTables})(\\s|$)`, "i");

/** Stores read what their own decisions need; the record's own log appends to it; the live stream reads which streams
 *  changed, and asks `mayHear` before it tells. */
const mayRead = (path: string): boolean =>
  path === "server/access/visible.ts" ||
  path === "server/platform/event-log.ts" ||
  path === "server/platform/stream.ts" ||
  /^server\/desk\/(load|write|heads)\.ts$/.test(path) ||
  /(^|\/|-)store\.ts$/.test(path);

export const visibleReads: Rule = {
  name: "incidents, alerts, events and reports are read through server/access/visible.ts",
  wayOut:
    "start from visible…() of server/access/visible.ts; a store (store.ts, *-store.ts) reads what its own decisions need",
  check: (files) => {
    const sources = code(files).filter(
      (file) => isUnder(file.path, "server", "cli") && !isTest(file.path) && !mayRead(file.path),
    );
    const built = eachNode(sources, ({ node }) => (node.type === "CallExpression" ? builtRead(node) : null));
    return [...built, ...eachSql(sources, writtenRead)];
  },
};

function builtRead(node: Node): string | null {
  const call = memberName(child(node, "callee")) ?? "";
  if (!readingCalls.test(call)) return null;
  const tables = tablesOf(children(node, "arguments")[0] ?? null);
  const seen = tables.find((table) => typeof table === "string" && tableArgument.test(plainSql(table)));
  if (seen !== undefined) return `reads ${seen}`;
  return tableCalls.test(call) && tables.includes(null) ? "reads a table that is named at run time" : null;
}

/** Names of tables; null for one that the source does not tell. What is called or made on the spot is a query. */
function tablesOf(node: Node | null): (string | null)[] {
  if (node?.type === "ArrayExpression") return children(node, "elements").flatMap(tablesOf);
  if (node?.type === "TSAsExpression") return tablesOf(child(node, "expression"));
  const text = textOf(node);
  if (text !== null) return [children(node, "expressions").length > 0 ? null : text];
  const unknown = ["Identifier", "MemberExpression", "ConditionalExpression", "LogicalExpression", "BinaryExpression"];
  return node && unknown.includes(node.type) ? [null] : [];
}

function writtenRead(text: string): string | null {
  const sql = plainSql(text);
  const found = readingSql.exec(sql) ?? listedSql.exec(sql);
  if (found) return `reads ${found[1]}`;
  return unknownSql.test(sql) && /\b(select|returning)\b/i.test(sql) ? "reads a table that is named at run time" : null;
}
