/** Which French, or which English: each shown by what it does to an hour, a date and a question. */
import { useEffect, useState } from "react";
import { type Locale, languageOfLocale, locales } from "#core/kernel/vocabulary.ts";
import { loadLanguage } from "../language/catalogue.ts";
import { wordsFor } from "../language/wording.ts";
import { useWords } from "../language/words.tsx";
import { Modal } from "../ui/Modal.tsx";
import { now } from "../ui/now.ts";
import { useChooseLocale } from "./choose-locale.ts";
import "./locale.css";

/** Each in its own words, so that it can be found by whoever landed in the wrong one. */
const names: Readonly<Record<Locale, string>> = {
  fr: "Français",
  "fr-CA": "Français (Canada)",
  "fr-FR": "Français (France)",
  en: "English",
  "en-CA": "English (Canada)",
};

/** Each choice is shown in its own words: those of the other language are fetched now. */
function useBothLanguages(): boolean {
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    Promise.all([loadLanguage("fr"), loadLanguage("en")]).then(
      () => setLoaded(true),
      () => {},
    );
  }, []);
  return loaded;
}

export function LocaleDialog({ onClose }: { onClose: () => void }) {
  const { t, locale, zone } = useWords();
  const choose = useChooseLocale();
  const both = useBothLanguages();
  return (
    <Modal title={t("locale.title")} closeWord={t("ui.close")} onClose={onClose}>
      <div className="body">
        <fieldset className="choices locales">
          <legend className="vh">{t("locale.title")}</legend>
          {locales.map((one) => (
            <label key={one} lang={one}>
              <input
                type="radio"
                name="locale"
                value={one}
                checked={one === locale}
                data-first={one === locale || undefined}
                onChange={() => choose(one)}
              />
              <span>
                {names[one]}
                <small className="muted">
                  {both && `${wordsFor(one, zone).dateTime(now())} · ${wordsFor(one, zone).t("locale.sample")}`}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
        <p className="hint">{t(`locale.note.${languageOfLocale(locale)}`)}</p>
      </div>
    </Modal>
  );
}
