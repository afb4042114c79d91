/** Pages and mails without a framework: a template that escapes all it is given. Only what this module made itself is put
 *  in as it is, so that no text of a person or a machine can ever become markup. */

export type Html = { readonly toString: () => string };

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** What this module made. A look-alike object received from outside is not in it and is escaped like any text. */
const made = new WeakSet<object>();

function fragment(text: string): Html {
  const one = Object.freeze({ toString: () => text });
  made.add(one);
  return one;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For element content and quoted attributes; never for an unquoted attribute, a script or a style. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}

/** Null, undefined and false print nothing, so that `condition && html`…`` reads well. Line breaks of the template lose
 *  their indentation; those of the values are kept. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = "";
  for (const [index, string] of strings.entries()) {
    text += string.replace(/\n\s*/g, "\n");
    if (index < parts.length) text += print(parts[index]);
  }
  return fragment(text);
}

function print(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (Array.isArray(part)) return part.map(print).join("");
  if (typeof part === "object" && made.has(part)) return String(part);
  return escapeHtml(String(part));
}

/** A style sheet of ours: written in the code, never from a value. */
export function stylesheet(nonce: string | null, css: string): Html {
  if (css.includes("</")) throw new Error("a style sheet cannot close its own element");
  const compact = css
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .trim();
  return fragment(`<style${nonce === null ? "" : ` nonce="${escapeHtml(nonce)}"`}>${compact}</style>`);
}

/** A drawing of ours, as a constant of the code. */
export function drawing(svg: string): Html {
  if (!svg.startsWith("<svg ") || !svg.endsWith("</svg>") || /<script|\son\w+=/i.test(svg))
    throw new Error("not a drawing");
  return fragment(svg);
}
