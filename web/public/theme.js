/* Runs before the first paint, so that a chosen theme or language never flashes. Values: web/ui/preferences.ts. */
((page) => {
  try {
    const theme = localStorage.getItem("tocsin-theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
    const chosen = localStorage.getItem("tocsin-language");
    const language =
      chosen ||
      (navigator.languages || [navigator.language || "fr"])
        .map((tag) => tag.slice(0, 2))
        .find((tag) => tag === "fr" || tag === "en");
    if (language === "fr" || language === "en") page.lang = language;
  } catch {
    /* Storage refused: the system's theme and French stand. */
  }
})(document.documentElement);
