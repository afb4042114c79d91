import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { person } from "#contract/directory.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { peopleQuery, teamsQuery } from "./queries.ts";

export function PeoplePage() {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(peopleQuery());
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  return (
    <>
      <title>{`${t("shell.people")} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.people")}</h1>
      </div>
      <div className="page">
        {error && <Fault>{failureSentence(words, error)}</Fault>}
        {data && (
          <div className="scroll">
            <table className="tbl people">
              <caption className="vh">{t("shell.people")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("people.name")}</th>
                  <th scope="col">{t("people.level")}</th>
                  <th scope="col" className="roomy">
                    {t("people.teams")}
                  </th>
                  <th scope="col" className="roomy">
                    {t("people.language")}
                  </th>
                  <th scope="col" className="roomy">
                    {t("people.zone")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.data.map((one) => (
                  <PersonLine key={one.id} one={one} teams={teams.filter((team) => team.members.includes(one.id))} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </>
  );
}

type Person = z.infer<typeof person>;

/** On a phone, what has no column of its own stands below the name. */
function PersonLine({ one, teams }: { one: Person; teams: readonly { name: string }[] }) {
  const { t, list } = useWords();
  const inTeams = list(teams.map((team) => team.name));
  return (
    <tr>
      <th scope="row">
        {one.name}
        {!one.active && <span className="muted"> {t("people.inactive")}</span>}
        <small>
          <a href={`mailto:${one.email}`}>{one.email}</a>
        </small>
        <small className="tight muted">
          {[inTeams, one.language.toUpperCase(), one.zone].filter(Boolean).join(" · ")}
        </small>
      </th>
      <td>
        {t(one.level === null ? "level.none" : `level.${one.level as 2 | 3 | 4 | 5}`)}
        {one.admin && <small className="muted">{t("level.admin")}</small>}
      </td>
      <td className="roomy">{inTeams}</td>
      <td className="roomy">{one.language.toUpperCase()}</td>
      <td className="roomy">{one.zone}</td>
    </tr>
  );
}
