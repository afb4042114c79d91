import { useQuery } from "@tanstack/react-query";
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
                  <th scope="col">{t("people.teams")}</th>
                  <th scope="col">{t("people.email")}</th>
                  <th scope="col">{t("people.language")}</th>
                  <th scope="col">{t("people.zone")}</th>
                </tr>
              </thead>
              <tbody>
                {data.data.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      {one.name}
                      {!one.active && <span className="muted"> {t("people.inactive")}</span>}
                    </th>
                    <td>
                      {t(one.level === null ? "level.none" : `level.${one.level as 2 | 3 | 4 | 5}`)}
                      {one.admin && <span className="muted"> · {t("level.admin")}</span>}
                    </td>
                    <td>
                      {words.list(teams.filter((team) => team.members.includes(one.id)).map((team) => team.name))}
                    </td>
                    <td>
                      <a href={`mailto:${one.email}`}>{one.email}</a>
                    </td>
                    <td>{one.language.toUpperCase()}</td>
                    <td>{one.zone}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </>
  );
}
