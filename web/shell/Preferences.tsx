import { useSyncExternalStore } from "react";
import type { Language } from "#core/kernel/vocabulary.ts";
import { useChangeLanguage } from "../account/queries.ts";
import { useLanguageChange, useWords } from "../language/words.tsx";
import { onTheme, readTheme, themes, writeTheme } from "../ui/preferences.ts";

const languages: readonly { code: Language; mark: string; name: string }[] = [
  { code: "fr", mark: "FR", name: "Français" },
  { code: "en", mark: "EN", name: "English" },
];

/** Keeps the choice for the person too, so that it follows them. */
export function useChooseLanguage(signedOut = false): (code: Language) => void {
  const change = useLanguageChange();
  const keep = useChangeLanguage();
  return (code) => {
    change(code);
    if (!signedOut) keep.mutate(code);
  };
}

/** `signedOut`: the choice stays in this browser, since nobody is there to keep it for. */
export function LanguageSwitch({ signedOut }: { signedOut?: boolean }) {
  const { language, t } = useWords();
  const choose = useChooseLanguage(signedOut);
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
          onClick={() => choose(code)}
        >
          {mark}
        </button>
      ))}
    </span>
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
