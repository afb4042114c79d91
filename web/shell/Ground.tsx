/** Under every page, signed in or not. */
import { Outlet } from "@tanstack/react-router";
import { useWords } from "../language/words.tsx";

/** Set by the server on the page that it sends: server/app.ts. */
const plainHttp = "plainHttp" in document.documentElement.dataset;

export function Ground() {
  const { t } = useWords();
  return (
    <>
      {plainHttp && (
        <aside className="plain-http" aria-label={t("shell.security")}>
          {t("shell.plain-http")}
        </aside>
      )}
      <Outlet />
    </>
  );
}
