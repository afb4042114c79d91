/** What the pages of the directory have in common: a bar with what one may do here, and who may not, with why. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { type ReactNode, useId, useState } from "react";
import { refuse } from "#core/kernel/refusal.ts";
import { meQuery } from "../account/queries.ts";
import { refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { CopyAs } from "../ui/CopyAs.tsx";
import type { Copied } from "../ui/copied.ts";
import { Icon } from "../ui/Icon.tsx";
import { Views } from "../ui/Views.tsx";
import { sayWhyNot } from "../ui/why-not.ts";
import "./directory.css";

type To = NonNullable<LinkProps["to"]>;
export type Tab = { readonly to: To; readonly word: string };

export function usePeopleTabs(): readonly Tab[] {
  const { t } = useWords();
  return [
    { to: "/people", word: t("shell.people") },
    { to: "/teams", word: t("teams.title") },
    { to: "/functions", word: t("functions.title") },
  ];
}

export function useOnCallTabs(): readonly Tab[] {
  const { t } = useWords();
  return [
    { to: "/schedules", word: t("schedules.title") },
    { to: "/escalation-policies", word: t("policies.title") },
    { to: "/reach", word: t("reach.title") },
  ];
}

type ListFrameProps = { title: string; tabs?: readonly Tab[]; act?: ReactNode; children: ReactNode };

export function ListFrame({ title, tabs = [], act, children }: ListFrameProps) {
  return (
    <>
      <title>{`${title} · Tocsin`}</title>
      <div className="bar of-list">
        <h1>{title}</h1>
        {tabs.length > 0 && (
          <Views>
            {tabs.map(({ to, word }) => (
              <Link key={to} to={to} activeOptions={{ exact: true }} activeProps={{ "aria-current": "page" }}>
                {word}
              </Link>
            ))}
          </Views>
        )}
        <div className="push">{act}</div>
      </div>
      <div className="page">{children}</div>
    </>
  );
}

type ObjectFrameProps = {
  title: string;
  /** What it is, said after its name. */
  note?: ReactNode;
  from: Tab;
  copied: Copied;
  act?: ReactNode;
  children: ReactNode;
};

export function ObjectFrame({ title, note, from, copied, act, children }: ObjectFrameProps) {
  const { t } = useWords();
  return (
    <>
      <title>{`${title} · ${from.word} · Tocsin`}</title>
      <header className="object">
        <nav aria-label={t("frame.trail")}>
          <Link to={from.to}>{from.word}</Link>
          <Icon name="chevron" size={11} />
        </nav>
        <div className="named">
          <h1>{title}</h1>
          {note && <p className="muted">{note}</p>}
        </div>
        <div className="push">
          {act}
          <CopyAs copied={copied} />
        </div>
      </header>
      {children}
    </>
  );
}

type AdminActProps = {
  word: string;
  /** For whoever hears a list of buttons that all say the same. */
  about?: string;
  primary?: boolean;
  /** For whoever answers for the process too, who is at level 5. */
  keeper?: boolean;
  /** Why it is not theirs is said beside another already. */
  quiet?: boolean;
  form: (close: () => void) => ReactNode;
};

export const keeperLevel = 5;

/** An act for administrators: others see it, and why it is not theirs. */
export function AdminAct({ word, about, primary, keeper, quiet, form }: AdminActProps) {
  const words = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const [open, setOpen] = useState(false);
  const id = useId();
  const may = me.admin || (keeper === true && (me.level ?? 0) >= keeperLevel);
  const why = may ? null : refusalSentence(words, refuse(keeper ? "level-five-needed" : "not-administrator"));
  return (
    <>
      {why && (
        <span className={quiet ? "vh" : "hint why"} id={id}>
          {why}
        </span>
      )}
      <button
        className={primary ? "btn primary" : "btn s"}
        type="button"
        aria-disabled={why !== null}
        aria-describedby={why ? id : undefined}
        onClick={() => (why === null ? setOpen(true) : quiet && sayWhyNot(words, why))}
      >
        {word}
        {about && <span className="vh"> {about}</span>}
      </button>
      {open && form(() => setOpen(false))}
    </>
  );
}

/** One fact after the other, each under its word. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="pair">
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="sec" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note && <small className="muted">{note}</small>}
      </header>
      {children}
    </section>
  );
}
