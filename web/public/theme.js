/* Runs before the first paint, so that a chosen theme or language never flashes. Values: web/ui/preferences.ts. */
((page) => {
  const known = ["fr", "fr-CA", "fr-FR", "en", "en-CA"];
  const likeFrance = ["fr-be", "fr-ch", "fr-lu", "fr-mc"];
  const localeOf = (tag) => {
    const [language, region] = String(tag).toLowerCase().split("-");
    const place = `${language}-${region}`;
    if (likeFrance.includes(place)) return "fr-FR";
    return known.find((one) => one.toLowerCase() === place) || known.find((one) => one === language);
  };
  try {
    const theme = localStorage.getItem("tocsin-theme");
    if (theme === "light" || theme === "dark") {
      page.dataset.theme = theme;
      for (const one of document.querySelectorAll("meta[name=theme-color]"))
        one.content = document.querySelector(`meta[name=theme-color][data-of=${theme}]`).content;
    }
    const chosen = localStorage.getItem("tocsin-language");
    const locale = [chosen, ...(navigator.languages || [navigator.language])].map(localeOf).find(Boolean);
    if (locale) page.lang = locale;
  } catch {
    /* Storage refused: the system's theme and French stand. */
  }
})(document.documentElement);
