/** Any object copied as what the next tool wants: a link, Markdown, a call of the API, a command. */
import { useState } from "react";
import { useWords } from "../language/words.tsx";
import { announce } from "./announce.tsx";

const forms = ["link", "markdown", "api", "cli"] as const;
type Form = (typeof forms)[number];

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

export function CopyAs({ copied }: { copied: Copied }) {
  const { t } = useWords();
  const [done, setDone] = useState<Form | null>(null);
  const copy = async (form: Form) => {
    await navigator.clipboard.writeText(spelled(copied, form, location.origin));
    setDone(form);
    announce(t("copy.done"));
  };
  return (
    <details
      className="menu"
      onToggle={() => setDone(null)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !event.currentTarget.open) return;
        event.preventDefault();
        event.currentTarget.open = false;
        event.currentTarget.querySelector("summary")?.focus();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
      }}
    >
      <summary className="btn s">{t("copy.open")}</summary>
      <ul>
        {forms.map((form) => (
          <li key={form}>
            <button type="button" onClick={() => void copy(form)}>
              {t(done === form ? "copy.done" : `copy.${form}`)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function spelled({ page, api, name, note, cli }: Copied, form: Form, origin: string): string {
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
