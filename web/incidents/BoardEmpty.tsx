/** Nothing open: said plainly, with how to make something come in. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";

export function BoardEmpty() {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const command = `curl ${location.origin}/api/v1/incidents \\
  -H "Authorization: Bearer $TOCSIN_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"title": "${t("empty.example")}"}'`;
  return (
    <section className="sec" aria-labelledby="empty">
      <div className="empty wide">
        <h2 id="empty">{t("empty.title")}</h2>
        <p>{t(me.admin ? "empty.text" : "empty.text.ask")}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
        <pre className="code" tabIndex={0}>
          {command}
        </pre>
        <p className="acts">
          <Link className="btn primary" to="." search={(old) => ({ ...old, record: true })}>
            {t("shell.record")} <kbd>C</kbd>
          </Link>
          <Link className="btn" to="/tokens">
            {t("empty.token")}
          </Link>
        </p>
      </div>
    </section>
  );
}
