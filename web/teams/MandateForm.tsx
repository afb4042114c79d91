/** The mandate of a team, as level 5 writes it: its words, its quorum, its roles, who is called. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { writeTeamMandate } from "#contract/teams.ts";
import { quorumMinutesMax, quorumPeopleMax, roleCountMax, teamRolesMax } from "#core/directory/team-charter.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { ListFields, WordsFields } from "../directory/ItemFields.tsx";
import { idFor } from "../directory/process-draft.ts";
import { peopleQuery, policiesQuery, schedulesQuery, type Team, useChange } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import type { Readiness } from "./queries.ts";
import { useTeamWords } from "./words.ts";

type Charter = NonNullable<Readiness["charter"]>;
type RoleDraft = {
  readonly key: string;
  readonly id: string;
  readonly fr: string;
  readonly en: string;
  readonly count: string;
  readonly level: string;
  readonly required: boolean;
};
type Draft = Record<"fr" | "en" | "people" | "minutes" | "rota" | "deputy" | "contact", string> & {
  readonly roles: readonly RoleDraft[];
};

const draftOf = (charter: Charter | null): Draft => ({
  fr: charter?.mandate.fr ?? "",
  en: charter?.mandate.en ?? "",
  people: String(charter?.people ?? 2),
  minutes: String(charter?.minutes ?? 15),
  rota: charter?.rota ? `${charter.rota.kind}/${charter.rota.id}` : "",
  deputy: charter?.deputy ?? "",
  contact: charter?.contact ?? "",
  roles: (charter?.roles ?? []).map(({ id, words, count, level, required }) => ({
    ...{ key: id, id, ...words, required },
    count: String(count),
    level: level === null ? "" : String(level),
  })),
});

const newRole = (): RoleDraft => ({
  ...{ key: crypto.randomUUID(), id: "", fr: "", en: "", count: "1", level: "", required: false },
});

type Level = Charter["roles"][number]["level"];

function charterFrom(draft: Draft): Charter {
  const [kind = "", id = ""] = draft.rota.split("/");
  const taken = new Set(draft.roles.map((role) => role.id).filter(Boolean));
  return {
    mandate: { fr: draft.fr, en: draft.en },
    people: Number(draft.people),
    minutes: Number(draft.minutes),
    rota: id === "" ? null : { kind: kind as "schedule" | "policy", id },
    deputy: draft.deputy || null,
    contact: draft.contact.trim() || null,
    roles: draft.roles.map((role) => {
      const roleId = role.id || idFor(role.en, taken);
      taken.add(roleId);
      return {
        id: roleId,
        words: { fr: role.fr, en: role.en },
        count: Number(role.count),
        level: (role.level === "" ? null : Number(role.level)) as Level,
        required: role.required,
      };
    }),
  };
}

type Props = { team: Team; charter: Charter | null; onClose: () => void };

export function MandateForm({ team, charter, onClose }: Props) {
  const { t } = useWords();
  const { t: say } = useTeamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} mandate ${team.id}`, () => draftOf(charter));
  const [remove, setRemove] = useState(false);
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: Draft) =>
    call(writeTeamMandate, { params: { id: team.id }, body: { charter: remove ? null : charterFrom(body) } }),
  );
  return (
    <FormPanel
      title={say("mandate.title")}
      note={team.name}
      word={t("frame.save")}
      act={act}
      body={() => draft}
      onClose={onClose}
      forget={forget}
    >
      {!remove && <Fields draft={draft} put={put} error={act.error} />}
      {charter && <CheckField label={say("mandate.remove")} value={remove} onChange={setRemove} />}
    </FormPanel>
  );
}

type Part = { draft: Draft; put: (part: Partial<Draft>) => void; error?: unknown };

function Fields({ draft, put, error }: Part) {
  const { language } = useWords();
  const { t: say } = useTeamWords();
  const order = language === "fr" ? (["fr", "en"] as const) : (["en", "fr"] as const);
  return (
    <>
      <fieldset className="items">
        <legend className="lab">{say("mandate.words")}</legend>
        {order.map((one) => (
          <TextField
            key={one}
            label={say(`mandate.${one}`)}
            value={draft[one]}
            onChange={(text) => put({ [one]: text })}
            error={errorAt(error, `/charter/mandate/${one}`)}
            maxLength={1000}
            required
            lines
          />
        ))}
      </fieldset>
      <fieldset className="items">
        <legend className="lab">{say("mandate.quorum")}</legend>
        <TextField
          label={say("mandate.people")}
          type="number"
          min="1"
          max={String(quorumPeopleMax)}
          value={draft.people}
          onChange={(people) => put({ people })}
          required
        />
        <TextField
          label={say("mandate.minutes")}
          type="number"
          min="1"
          max={String(quorumMinutesMax)}
          value={draft.minutes}
          onChange={(minutes) => put({ minutes })}
          required
        />
      </fieldset>
      <RoleFields draft={draft} put={put} />
      <CallFields draft={draft} put={put} error={error} />
    </>
  );
}

function RoleFields({ draft, put }: Part) {
  const { t: say } = useTeamWords();
  return (
    <ListFields
      legend={say("mandate.roles")}
      one={(number) => say("mandate.role", { number })}
      add={say("mandate.role.add")}
      list={draft.roles}
      max={teamRolesMax}
      make={newRole}
      onChange={(roles) => put({ roles })}
    >
      {(one, change) => (
        <>
          <WordsFields value={one} onChange={change} />
          <TextField
            label={say("mandate.role.count")}
            type="number"
            min="1"
            max={String(roleCountMax)}
            value={one.count}
            onChange={(count) => change({ count })}
            required
          />
          <SelectField
            label={say("mandate.role.level")}
            value={one.level}
            onChange={(level) => change({ level })}
            options={["2", "3", "4", "5"].map((value) => ({ value, label: value }))}
            empty={say("mandate.role.any")}
          />
          <CheckField
            label={say("mandate.role.required")}
            value={one.required}
            onChange={(required) => change({ required })}
          />
        </>
      )}
    </ListFields>
  );
}

function CallFields({ draft, put, error }: Part) {
  const { t } = useWords();
  const { t: say } = useTeamWords();
  const people = useQuery(peopleQuery()).data?.data ?? [];
  const schedules = useQuery(schedulesQuery()).data?.data ?? [];
  const policies = useQuery(policiesQuery()).data?.data ?? [];
  const of = (kind: string, group: string, all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => ({ value: `${kind}/${id}`, label: name, group }));
  return (
    <>
      <SelectField
        label={say("mandate.rota")}
        value={draft.rota}
        onChange={(rota) => put({ rota })}
        options={[
          ...of("schedule", say("mandate.rota.schedules"), schedules),
          ...of("policy", say("mandate.rota.policies"), policies),
        ]}
        empty={say("mandate.rota.all")}
        error={errorAt(error, "/charter/rota")}
      />
      <SelectField
        label={say("mandate.deputy")}
        value={draft.deputy}
        onChange={(deputy) => put({ deputy })}
        options={people.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
        empty={say("mandate.deputy.none")}
        error={errorAt(error, "/charter/deputy")}
      />
      <TextField
        label={say("contact")}
        note={t("ui.optional")}
        hint={say("mandate.contact.hint")}
        value={draft.contact}
        onChange={(contact) => put({ contact })}
        maxLength={300}
      />
    </>
  );
}
