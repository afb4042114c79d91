import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import type { Language } from "#core/kernel/vocabulary.ts";
import { useWords } from "../language/words.tsx";
import { localeHere, onTheme, readTheme, themes, writeTheme } from "../ui/preferences.ts";
import { useChooseLocale } from "./choose-locale.ts";

const LocaleDialog = lazy(() => import("./LocaleDialog.tsx").then((m) => ({ default: m.LocaleDialog })));

const languages: readonly { code: Language; mark: string; name: string }[] = [
  { code: "fr", mark: "FR", name: "Français" },
  { code: "en", mark: "EN", name: "English" },
];

export function LanguageSwitch({ signedOut }: { signedOut?: boolean }) {
  const { language, t } = useWords();
  const choose = useChooseLocale(signedOut);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields, these are two buttons
    <span className="langs" role="group" aria-label={t("shell.language")}>
      {languages.map(({ code, mark, name }) => (
        <button
          key={code}
          className={code === language ? "link on" : "link"}
          type="button"
          lang={code}
          aria-label={`${mark}, ${name}`}
          aria-pressed={code === language}
          onClick={() => code !== language && choose(localeHere(code))}
        >
          {mark}
        </button>
      ))}
    </span>
  );
}

/** French and English are not set in the same way everywhere. */
export function LocaleSwitch() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button className="link" type="button" onClick={() => setOpen(true)}>
        {t("locale.open")}
      </button>
      {open && (
        <Suspense fallback={null}>
          <LocaleDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

export function ThemeSwitch() {
  const { t } = useWords();
  const theme = useSyncExternalStore(onTheme, readTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "auto";
  return (
    <button className="link" type="button" onClick={() => writeTheme(next)}>
      {t(`theme.${theme}`)}
    </button>
  );
}
