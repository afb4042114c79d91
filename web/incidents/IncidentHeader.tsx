import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { meQuery } from "../account/queries.ts";
import { useCategoryNames } from "../directory/category-names.ts";
import { useWords } from "../language/words.tsx";
import { TlpMark } from "../restriction/TlpMark.tsx";
import { CopyAs } from "../ui/CopyAs.tsx";
import { Icon } from "../ui/Icon.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { isMajor, startOf } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { copiedIncident } from "./copied-incident.ts";
import { Priority } from "./Priority.tsx";

/** On the plate for a declared major incident, on plain paper for any other. */
export function IncidentHeader({ view, onActs }: { view: IncidentView; onActs: () => void }) {
  const words = useWords();
  const { t } = words;
  const copied = copiedIncident(words, view);
  const bar = (
    <div className="actsbar">
      <button className="btn" type="button" onClick={onActs}>
        <Icon name="dots" />
        {t("acts.open")}
      </button>
      <CopyAs copied={copied} />
    </div>
  );
  return (
    <Headed view={view} bar={bar}>
      <Link className="btn s" to="/incidents/$number/cockpit" params={{ number: view.number }}>
        {t("cockpit.open")} <kbd>V</kbd>
      </Link>
      <CommandButton view={view} command="assign" className="btn s" />
      <CommandButton view={view} command="advise-persons" className="btn s" />
      <button className="btn s" type="button" onClick={onActs}>
        {t("acts.open")} <kbd>G</kbd>
      </button>
      <CopyAs copied={copied} />
    </Headed>
  );
}

/** What it is and how it stands; `children` are what can be done from here. */
export function Headed({ view, bar, children }: { view: IncidentView; bar?: ReactNode; children: ReactNode }) {
  const { t } = useWords();
  return (
    <header className={isMajor(view) ? "hero plate" : "hero"}>
      <div className="top">
        <Priority view={view} />
        {view.categories.map((id) => (
          <CategoryChip key={id} id={id} />
        ))}
        {view.tlp && <TlpMark tlp={view.tlp} />}
        {view.exercise && <span className="chip solid">{t("exercise.mark")}</span>}
        <span className="id">{view.number}</span>
        <div className="push">{children}</div>
      </div>
      <h1 lang={view.language}>{view.title}</h1>
      <StateLine view={view} />
      {bar}
    </header>
  );
}

function CategoryChip({ id }: { id: string }) {
  const nameOf = useCategoryNames();
  return <span className="chip">{nameOf(id)}</span>;
}

function StateLine({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  useMinutes();
  const { data: me } = useSuspenseQuery(meQuery());
  const start = startOf(view);
  const since = Object.values(view.milestones).sort().at(-1) ?? view.updatedAt;
  const end = view.milestones.restored ?? view.milestones.closed;
  const who = view.coordinator ?? view.acceptedBy;
  return (
    <p className="stateline">
      <b>{t(`stage.${view.stage}`)}</b>{" "}
      <time dateTime={since} title={words.exact(since)}>
        {words.phrase("since", since)}
      </time>
      {" · "}
      {t(view.milestones.restored ? "header.lasted" : "header.lasts", {
        duration: words.lasting((end ? Date.parse(end) : now()) - start),
      })}
      {view.service && ` · ${view.service.name}`}
      {" · "}
      {who ? t("header.with", { name: who.id === me.id ? t("roles.you") : who.name }) : t("header.with-nobody")}
    </p>
  );
}
