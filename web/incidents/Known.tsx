/** What is being written may be known already: look at it, or add this to it, before there are two. */
import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import type { proposeIncident } from "#contract/recording.ts";
import { useWords } from "../language/words.tsx";
import { Reason } from "../ui/marks.tsx";
import { shortNumber } from "./arrangement.ts";
import { Priority } from "./Priority.tsx";
import { reasonsSentence } from "./proposal-words.ts";

type Found = z.output<typeof proposeIncident.output>;
type Props = {
  title: string;
  found: Found | undefined;
  failed: boolean;
  onAttach: (id: string) => void;
};

const shownMax = 3;

export function Known({ title, found, failed, onAttach }: Props) {
  const { t } = useWords();
  const duplicates = found?.duplicates.slice(0, shownMax) ?? [];
  return (
    <>
      <p className="vh" role="status">
        {duplicates.length > 0 && t("record.known.count", { count: duplicates.length })}
      </p>
      {failed && <p className="hint">{t("record.unproposed")}</p>}
      {duplicates.length > 0 && (
        <section className="dups" aria-labelledby="dups">
          <h3 id="dups">
            {t("record.known")}{" "}
            <span aria-hidden="true">
              <kbd>↓</kbd>
            </span>
          </h3>
          {duplicates.map((one, index) => (
            <Duplicate key={one.id} one={one} title={title} first={index === 0} onAttach={onAttach} />
          ))}
          {found?.complete === false && <p className="hint">{t("record.known.incomplete")}</p>}
        </section>
      )}
    </>
  );
}

type DuplicateProps = Pick<Props, "title" | "onAttach"> & {
  one: Found["duplicates"][number];
  first: boolean;
};

function Duplicate({ one, title, first, onAttach }: DuplicateProps) {
  const words = useWords();
  const { t } = words;
  const number = shortNumber(one.number, words.year());
  return (
    <article className="dup">
      <p lang={one.language}>{one.open ? <strong>{one.title}</strong> : one.title}</p>
      <p className="meta">
        <Priority view={one} list />
        <span className="id">{number}</span>
        <span>{t(`stage.${one.stage}`)}</span>
        {one.service && <span>{one.service.name}</span>}
        <time dateTime={one.reportedAt} title={words.exact(one.reportedAt)}>
          {words.moment(one.reportedAt)}
        </time>
      </p>
      <Reason label={t("ui.reason")}>{reasonsSentence(words, "duplicate", one.reasons, title)}</Reason>
      <div className="does">
        {one.open && (
          <button
            className={first ? "btn s primary" : "btn s"}
            type="button"
            data-offer
            onClick={() => onAttach(one.id)}
          >
            {t("record.attach", { number })}
          </button>
        )}
        <Link className="btn s" to="/incidents/$number" params={{ number: one.number }} search={{}} data-offer>
          {t("record.see")}
          <span className="vh"> {number}</span>
        </Link>
      </div>
    </article>
  );
}
