import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { addService, addVitalFunction, changeService } from "#contract/directory.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useImpactWords } from "../impact/words.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { ReachCheck } from "../oncall/ReachCheck.tsx";
import { WhatIf } from "../oncall/WhatIf.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useKept } from "../ui/kept.ts";
import { Fault } from "../ui/marks.tsx";
import { useCalendarOptions } from "./BusinessCalendars.tsx";
import { DependenciesField, type Needed } from "./DependenciesField.tsx";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { NamesFields } from "./NamesFields.tsx";
import { listOf, nameIn, useNamed } from "./names.ts";
import { type Service, useChange, vitalFunctionsQuery } from "./queries.ts";

/** Other names as they are typed: several, between commas. */
type Draft = Record<"nameFr" | "nameEn" | "owner" | "team" | "policy" | "aliasesFr" | "aliasesEn", string> & {
  vital: string[];
  /** Absent in a draft that was kept before there were any. */
  calendar?: string;
  dependsOn?: Needed[];
  retired?: boolean;
};

export function ServiceForm({ service, onClose }: { service?: Service; onClose: () => void }) {
  const { t, language } = useWords();
  const { t: say } = useImpactWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} service ${service?.id ?? ""}`, () => ({
    nameFr: service?.nameFr ?? "",
    nameEn: service?.nameEn ?? "",
    owner: service?.owner ?? "",
    team: service?.team ?? "",
    policy: service?.policy ?? "",
    vital: [...(service?.vital ?? [])],
    calendar: service?.calendar ?? "",
    dependsOn: [...(service?.dependsOn ?? [])],
    retired: service?.retired ?? false,
    aliasesFr: service?.aliases.fr.join(", ") ?? "",
    aliasesEn: service?.aliases.en.join(", ") ?? "",
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: ReturnType<typeof bodyOf>) =>
    service
      ? call(changeService, { params: { id: service.id }, body: { ...body, retired: draft.retired ?? false } })
      : call(addService, { body }),
  );
  return (
    <FormPanel
      title={t(service ? "service.change.title" : "service.add.title")}
      {...(service && { note: nameIn(language, service) })}
      word={t(service ? "frame.save" : "service.add")}
      act={act}
      body={() => bodyOf(draft)}
      onClose={onClose}
      forget={forget}
      onDone={({ id }) => {
        if (!service) void navigate({ to: "/services/$id", params: { id } });
      }}
    >
      <NamesFields draft={draft} set={put} error={act.error} />
      <Aliases draft={draft} put={put} error={act.error} />
      <Holders draft={draft} put={put} error={act.error} />
      {service && <Moved service={service} policy={draft.policy || null} />}
      <DependenciesField
        self={service?.id ?? null}
        value={draft.dependsOn ?? []}
        onChange={(dependsOn) => put({ dependsOn })}
        error={act.error}
      />
      <Vital value={draft.vital} onChange={(vital) => put({ vital })} />
      {service && (
        <CheckField
          label={say("service.retired.choose")}
          value={draft.retired ?? false}
          onChange={(retired) => put({ retired })}
        />
      )}
    </FormPanel>
  );
}

/** Before another policy pages for it: whom that would leave out of reach, and what the last weeks would have been. */
function Moved({ service, policy }: { service: Service; policy: string | null }) {
  if (policy === service.policy) return null;
  const change = { service: { id: service.id, policy } };
  return (
    <>
      <ReachCheck change={change} />
      <WhatIf change={change} />
    </>
  );
}

const bodyOf = ({ nameFr, nameEn, owner, team, policy, vital, calendar, dependsOn, aliasesFr, aliasesEn }: Draft) => ({
  nameFr: nameFr.trim(),
  nameEn: nameEn.trim(),
  owner: owner || null,
  team: team || null,
  policy: policy || null,
  vital,
  calendar: calendar || null,
  dependsOn: dependsOn ?? [],
  aliases: { fr: listOf(aliasesFr), en: listOf(aliasesEn) },
});

type PartProps = { draft: Draft; put: (part: Partial<Draft>) => void; error: unknown };

const aliasesIn = { fr: "aliasesFr", en: "aliasesEn" } as const;

/** The reader's own language comes first, as of the names. */
function Aliases({ draft, put, error }: PartProps) {
  const { t, language } = useWords();
  const order = language === "fr" ? (["fr", "en"] as const) : (["en", "fr"] as const);
  return (
    <div className="two">
      {order.map((one, index) => (
        <TextField
          key={one}
          label={t(`service.aliases.${one}`)}
          note={t("ui.optional")}
          {...(index === 0 && { hint: t("service.aliases.hint") })}
          value={draft[aliasesIn[one]]}
          onChange={(aliases) => put({ [aliasesIn[one]]: aliases })}
          maxLength={1_000}
          error={errorAt(error, `/aliases/${one}`)}
        />
      ))}
    </div>
  );
}

function Holders({ draft, put, error }: PartProps) {
  const { t } = useWords();
  const { people, teams, policies } = useNamed();
  const options = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <div className="two">
        <SelectField
          label={t("service.owner")}
          note={t("ui.optional")}
          value={draft.owner}
          onChange={(owner) => put({ owner })}
          empty={t("ui.nobody")}
          options={options(people.filter((one) => one.active || one.id === draft.owner))}
          error={errorAt(error, "/owner")}
        />
        <SelectField
          label={t("team.one")}
          note={t("ui.optional")}
          value={draft.team}
          onChange={(team) => put({ team })}
          empty={t("ui.none")}
          options={options(teams)}
          error={errorAt(error, "/team")}
        />
      </div>
      <SelectField
        label={t("service.policy")}
        hint={t("service.policy.hint")}
        value={draft.policy}
        onChange={(policy) => put({ policy })}
        empty={t("service.policy.none")}
        options={options(policies)}
        error={errorAt(error, "/policy")}
      />
      <SelectField
        label={t("service.calendar")}
        hint={t("service.calendar.hint")}
        value={draft.calendar ?? ""}
        onChange={(calendar) => put({ calendar })}
        empty={t("service.calendar.none")}
        options={useCalendarOptions(draft.calendar ?? "")}
        error={errorAt(error, "/calendar")}
      />
    </>
  );
}

/** What the service holds up; one that is missing can be added here. */
function Vital({ value, onChange }: { value: readonly string[]; onChange: (vital: string[]) => void }) {
  const { t, language } = useWords();
  const known = (useQuery(vitalFunctionsQuery()).data?.data ?? []).filter(({ retired }) => !retired);
  return (
    <fieldset className="choosing">
      <legend className="lab">
        {t("service.vital")} <small>{t("ui.optional")}</small>
      </legend>
      <p className="hint">{t("service.vital.hint")}</p>
      <div className="many">
        {known.map((one) => (
          <label key={one.id} className="check">
            <input
              type="checkbox"
              checked={value.includes(one.id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...value, one.id] : value.filter((id) => id !== one.id))
              }
            />
            {nameIn(language, one)}
          </label>
        ))}
      </div>
      <AddVital onAdded={(id) => onChange([...value, id])} />
    </fieldset>
  );
}

function AddVital({ onAdded }: { onAdded: (id: string) => void }) {
  const words = useWords();
  const { t } = words;
  const [names, setNames] = useState({ nameFr: "", nameEn: "" });
  const act = useChange((body: typeof names) => call(addVitalFunction, { body }));
  const add = () => {
    if (act.isPending || names.nameFr.trim() === "" || names.nameEn.trim() === "") return;
    act.mutate(names, {
      onSuccess: ({ id }) => {
        setNames({ nameFr: "", nameEn: "" });
        onAdded(id);
      },
    });
  };
  return (
    <details className="disclose">
      <summary>
        <Icon name="chevron" size={12} />
        {t("vital.add")}
      </summary>
      <div className="fields">
        <div className="two">
          <TextField
            label={t("names.fr")}
            value={names.nameFr}
            onChange={(nameFr) => setNames({ ...names, nameFr })}
            maxLength={200}
          />
          <TextField
            label={t("names.en")}
            value={names.nameEn}
            onChange={(nameEn) => setNames({ ...names, nameEn })}
            maxLength={200}
          />
        </div>
        {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
        <p>
          <button className="btn s" type="button" onClick={add}>
            {t("vital.add")}
          </button>
        </p>
      </div>
    </details>
  );
}
