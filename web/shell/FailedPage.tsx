/** What a page shows when it could not be read, and what nobody has at an address. */
import { Link, useRouter } from "@tanstack/react-router";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";

export function FailedPage({ error }: { error: unknown }) {
  const words = useWords();
  const router = useRouter();
  return (
    <div className="page failed">
      <h1>{words.t("failed.title")}</h1>
      <Fault>{failureSentence(words, error)}</Fault>
      <p className="acts">
        <button className="btn primary" type="button" onClick={() => void router.invalidate()}>
          {words.t("failed.again")}
        </button>
        <Link className="btn" to="/">
          {words.t("failed.board")}
        </Link>
      </p>
    </div>
  );
}

export function MissingPage() {
  const { t } = useWords();
  return (
    <main className="page failed">
      <title>{`${t("missing.title")} · Tocsin`}</title>
      <h1>{t("missing.title")}</h1>
      <p>{t("missing.text")}</p>
      <p className="acts">
        <Link className="btn primary" to="/">
          {t("failed.board")}
        </Link>
      </p>
    </main>
  );
}
