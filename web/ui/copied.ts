/** An object as what the next tool wants: a link, Markdown, a call of the API, a command. */
export const copyForms = ["link", "markdown", "api", "cli"] as const;
export type CopyForm = (typeof copyForms)[number];

export type Copied = {
  /** Address of its page, from the root. */
  readonly page: string;
  /** Path in the API. */
  readonly api: string;
  readonly name: string;
  /** What is said after the link, in Markdown. */
  readonly note?: string;
  /** When it has a command of its own. */
  readonly cli?: string;
};

export function spelled({ page, api, name, note, cli }: Copied, form: CopyForm, origin: string): string {
  switch (form) {
    case "markdown":
      return `[${name.replaceAll(/[\\[\]]/g, "\\$&")}](${origin}${page})${note ? ` · ${note}` : ""}`;
    case "api":
      return `curl ${origin}${api} -H "Authorization: Bearer $TOCSIN_TOKEN"`;
    case "cli":
      return cli ?? `tocsin api get ${api}`;
    default:
      return `${origin}${page}`;
  }
}
