/** What a page shows when it could not be read, and what nobody has at an address. */
import { Link, useRouter } from "@tanstack/react-router";
import { RequestFailed } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";

/** An answer that will be the same however often it is asked for: nothing has this address, or it is not for this reader. */
const isFinal = (error: unknown): boolean =>
  error instanceof RequestFailed && [403, 404].includes(error.problem.status);

export function FailedPage({ error }: { error: unknown }) {
  const words = useWords();
  const { t } = words;
  const router = useRouter();
  const final = isFinal(error);
  const title = t(
    !final ? "failed.title" : (error as RequestFailed).problem.status === 404 ? "missing.title" : "barred.title",
  );
  return (
    <div className="page failed">
      <title>{`${title} · Tocsin`}</title>
      <h1>{title}</h1>
      {final ? <p>{failureSentence(words, error)}</p> : <Fault>{failureSentence(words, error)}</Fault>}
      <p className="acts">
        {!final && (
          <button className="btn primary" type="button" onClick={() => void router.invalidate()}>
            {t("failed.again")}
          </button>
        )}
        <Link className={final ? "btn primary" : "btn"} to="/">
          {t("failed.board")}
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
