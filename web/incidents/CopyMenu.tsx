/** Copy the incident as what the next tool wants: a link, Markdown, an API call, a command. */
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { type CopyForm, copyForms, spelled } from "./spelled.ts";

export function CopyMenu({ view }: { view: IncidentView }) {
  const { t } = useWords();
  const [done, setDone] = useState<CopyForm | null>(null);
  const copy = async (form: CopyForm) => {
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
        {copyForms.map((form) => (
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
