import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { addPerson, changePerson } from "#contract/directory.ts";
import { grantLevel } from "#core/directory/responsibility.ts";
import { isRefusal } from "#core/kernel/refusal.ts";
import { type Locale, languageOfLocale } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { refusalSentence } from "../language/sentences.ts";
import { browserZone, useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { type Person, useChange } from "./queries.ts";
import { ZoneField } from "./ZoneField.tsx";

type Props = { person?: Person; onClose: () => void };

/** Those of the framework; which of them are practised here is the core's to say. */
const levels = [1, 2, 3, 4, 5, 6, 7] as const;

export function PersonForm({ person, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, refused, forget } = usePersonDraft(me.id, person);
  const act = useChange((body: ReturnType<typeof bodyOf>) =>
    person
      ? call(changePerson, { params: { id: person.id }, body: { ...body, active: draft.active } })
      : call(addPerson, { body }),
  );
  const bothered = person !== undefined && (draft.level !== String(person.level ?? "") || draft.admin !== person.admin);
  return (
    <FormPanel
      title={t(person ? "person.change.title" : "person.add.title")}
      {...(person && { note: person.name })}
      word={t(person ? "frame.save" : "person.add")}
      act={act}
      body={() => (refused ? null : bodyOf(draft))}
      onClose={onClose}
      forget={forget}
      onDone={(made) => {
        if (!person) void navigate({ to: "/people/$id", params: { id: made.id } });
      }}
    >
      <Called draft={draft} set={set} error={act.error} />
      <SelectField
        label={t("person.level")}
        hint={bothered ? t("person.rights.hint") : t("person.level.hint")}
        value={draft.level}
        onChange={(level) => set({ level })}
        empty={t("level.none")}
        error={refused ? refusalSentence(words, refused) : undefined}
        options={levels.map((level) => ({
          value: String(level),
          label: [
            words.find(`level.${level}`) ?? t("person.level.other", { level }),
            words.find(`level.${level}.short`),
          ]
            .filter(Boolean)
            .join(" · "),
        }))}
      />
      <CheckField label={t("person.admin")} value={draft.admin} onChange={(admin) => set({ admin })} />
      <Speech draft={draft} set={set} error={act.error} />
      <TextField
        label={t(person ? "person.password.new" : "signin.password")}
        note={t("ui.optional")}
        hint={t(person ? "person.password.new.hint" : "person.password.hint")}
        type="password"
        autoComplete="new-password"
        value={draft.password}
        onChange={(password) => set({ password })}
        error={errorAt(act.error, "/password")}
        maxLength={256}
      />
      {person && <CheckField label={t("person.active")} value={draft.active} onChange={(active) => set({ active })} />}
    </FormPanel>
  );
}

type Draft = {
  name: string;
  email: string;
  language: Locale;
  zone: string;
  level: string;
  admin: boolean;
  active: boolean;
  password: string;
};

function usePersonDraft(mine: string, person: Person | undefined) {
  const { language } = useWords();
  const { draft, set, forget } = useKept<Draft>(`${mine} person ${person?.id ?? ""}`, () =>
    person
      ? { ...person, level: String(person.level ?? ""), password: "" }
      : {
          name: "",
          email: "",
          language,
          zone: browserZone(),
          level: "",
          admin: false,
          active: true,
          password: "",
        },
  );
  const level = grantLevel(draft.level === "" ? null : Number(draft.level));
  return {
    draft,
    forget,
    set: (part: Partial<Draft>) => set((old) => ({ ...old, ...part })),
    refused: isRefusal(level) ? level : null,
  };
}

function Called({ draft, set, error }: PartProps) {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t("people.name")}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={errorAt(error, "/name")}
        maxLength={200}
        required
        first
      />
      <TextField
        label={t("person.email")}
        hint={t("person.email.hint")}
        type="email"
        value={draft.email}
        onChange={(email) => set({ email })}
        error={errorAt(error, "/email")}
        maxLength={254}
        required
      />
    </>
  );
}

type PartProps = { draft: Draft; set: (part: Partial<Draft>) => void; error: unknown };

function Speech({ draft, set, error }: PartProps) {
  const { t } = useWords();
  return (
    <>
      <ChoiceField
        legend={t("people.language")}
        note={t("person.language.note")}
        value={languageOfLocale(draft.language)}
        onChange={(language) => set({ language: language as Locale })}
        options={[
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ]}
      />
      <ZoneField value={draft.zone} onChange={(zone) => set({ zone })} error={errorAt(error, "/zone")} />
    </>
  );
}

function bodyOf({ name, email, language, zone, level, admin, password }: Draft) {
  return {
    name: name.trim(),
    email: email.trim(),
    language,
    zone: zone.trim(),
    level: level === "" ? null : Number(level),
    admin,
    ...(password !== "" && { password }),
  };
}
