/** One question over everything. It is in the address, so that an answer can be sent to somebody. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type Found, type SearchKind, searchKinds } from "#contract/search.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRestedText } from "../ui/rested.ts";
import { useShortcuts } from "../ui/shortcuts.ts";
import { cameByKey } from "./arrival.ts";
import { FoundLine } from "./FoundLine.tsx";
import { NotUnderstood } from "./NotUnderstood.tsx";
import { searchQuery } from "./queries.ts";
import "../directory/directory.css";
import "./search.css";

const route = getRouteApi("/shell/search");

/** Of each kind, when all are asked for: as many as this may mean that there are more. */
const fewOfEach = 5;

export function SearchPage() {
  const { t } = useWords();
  const { q = "" } = route.useSearch();
  return (
    <>
      <title>{`${q === "" ? t("search.title") : t("search.title.of", { text: q })} · Tocsin`}</title>
      <div className="bar of-list">
        <h1>{t("search.title")}</h1>
      </div>
      <div className="page">
        <Question asked={q} />
        {q === "" ? <Hints /> : <Answers q={q} />}
      </div>
    </>
  );
}

/** Asked of the whole desk: it waits until the hand rests. */
function Question({ asked }: { asked: string }) {
  const { t } = useWords();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useRestedText(
    asked,
    (q, first) => void navigate({ search: (old) => ({ ...old, q: q || undefined }), replace: !first }),
  );
  useShortcuts({ "/": () => field.current?.select() });
  useEffect(() => {
    if (cameByKey()) field.current?.focus();
  }, []);
  return (
    <search className="question">
      <label className="field">
        <Icon name="search" />
        <span className="vh">{t("search.label")}</span>
        <input
          ref={field}
          type="search"
          value={text}
          maxLength={400}
          autoComplete="off"
          placeholder={t("search.hint")}
          onChange={(event) => setText(event.target.value)}
        />
        <span aria-hidden="true">
          <kbd>/</kbd>
        </span>
      </label>
    </search>
  );
}

function Answers({ q }: { q: string }) {
  const words = useWords();
  const { t } = words;
  const { kind } = route.useSearch();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery(searchQuery(q, kind));
  if (error) return <Fault>{failureSentence(words, error)}</Fault>;
  if (!data) return null;
  const all = data.pages.flatMap((page) => page.data);
  const problems = data.pages[0]?.problems ?? [];
  return (
    <>
      <NotUnderstood problems={problems} />
      <p className="vh" role="status">
        {t("search.count", { count: all.length })}
      </p>
      {all.length === 0 && (
        <p className="empty">
          <b>{t("search.none", { text: q })}</b>
          {t("search.none.text")}
        </p>
      )}
      {searchKinds.map((one) => (
        <Kind key={one} kind={one} found={all.filter((each) => each.kind === one)} alone={kind !== undefined} />
      ))}
      <p className="acts">
        {kind !== undefined && (
          <Link className="btn" to="/search" search={{ q }}>
            {t("search.all-kinds")}
          </Link>
        )}
        {hasNextPage && (
          <button className="btn" type="button" onClick={() => void fetchNextPage()}>
            {t("search.more")}
          </button>
        )}
      </p>
    </>
  );
}

type KindProps = { kind: SearchKind; found: readonly Found[]; alone: boolean };

function Kind({ kind, found, alone }: KindProps) {
  const { t } = useWords();
  const { q = "" } = route.useSearch();
  if (found.length === 0) return null;
  return (
    <section className="sec" aria-labelledby={`found-${kind}`}>
      <header>
        <h2 id={`found-${kind}`}>{t(`search.kind.${kind}`)}</h2>
        {!alone && found.length >= fewOfEach && (
          <Link className="push" to="/search" search={{ q, kind }}>
            {t("search.see-all")}
            <span className="vh"> {t(`search.kind.${kind}`)}</span>
          </Link>
        )}
      </header>
      <ul className="found">
        {found.map((one) => (
          <FoundLine key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

/** What can be asked, shown before anything is. */
function Hints() {
  const { t } = useWords();
  const hints = ["words", "number", "filter", "without"] as const;
  return (
    <section className="sec" aria-labelledby="search-hints">
      <h2 id="search-hints">{t("search.how")}</h2>
      <ul className="hints">
        {hints.map((hint) => (
          <li key={hint}>
            <Link to="/search" search={{ q: t(`search.try.${hint}`) }}>
              <code>{t(`search.try.${hint}`)}</code>
            </Link>
            <span className="muted">{t(`search.try.${hint}.what`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
