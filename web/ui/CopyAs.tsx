/** Any object copied as what the next tool wants: a link, Markdown, a call of the API, a command. */
import { useState } from "react";
import { useWords } from "../language/words.tsx";
import { announce } from "./announce.tsx";
import { type Copied, type CopyForm, copyForms, spelled } from "./copied.ts";

export function CopyAs({ copied }: { copied: Copied }) {
  const { t } = useWords();
  const [done, setDone] = useState<CopyForm | null>(null);
  const copy = async (form: CopyForm) => {
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
