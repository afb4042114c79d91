/** Copy the incident as what the next tool wants: a link, Markdown, an API call. */
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";

const forms = ["link", "markdown", "api"] as const;
type Form = (typeof forms)[number];

export function CopyMenu({ view }: { view: IncidentView }) {
  const { t } = useWords();
  const [done, setDone] = useState<Form | null>(null);
  const copy = async (form: Form) => {
    await navigator.clipboard.writeText(spelled(view, form, t(`stage.${view.stage}`)));
    setDone(form);
    announce(t("copy.done"));
  };
  return (
    <details
      className="menu"
      onToggle={() => setDone(null)}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.open = false;
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

function spelled(view: IncidentView, form: Form, stage: string): string {
  const address = `${location.origin}/incidents/${view.number}`;
  switch (form) {
    case "markdown":
      return `[${view.number} ${view.title.replaceAll("]", "\\]")}](${address}) · ${stage}`;
    case "api":
      return `curl ${location.origin}/api/v1/incidents/${view.number} -H "Authorization: Bearer $TOCSIN_TOKEN"`;
    default:
      return address;
  }
}
