/** A supplier as level 5 keeps it: who they are, what their contract promises, whom to call in which order. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { contactsMax, contractTargetsMax, supplierKinds } from "#core/directory/suppliers.ts";
import { meQuery } from "../account/queries.ts";
import { useCalendarOptions } from "../directory/BusinessCalendars.tsx";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { ListFields } from "../directory/ItemFields.tsx";
import { PrioritiesField } from "../directory/PrioritiesField.tsx";
import { ServicesField } from "../directory/ServicesField.tsx";
import { useWords } from "../language/words.tsx";
import { CheckField, ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { type SupplierView, useKeepSupplier } from "./queries.ts";
import { bodyOf, type ContactDraft, type Draft, draftOf, newContact, newTarget } from "./supplier-draft.ts";
import { useSupplierWords } from "./words.ts";

export function SupplierForm({ supplier, onClose }: { supplier?: SupplierView; onClose: () => void }) {
  const { t, language } = useWords();
  const { t: say } = useSupplierWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} supplier ${supplier?.id ?? ""}`, () =>
    draftOf(supplier, language),
  );
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useKeepSupplier(supplier?.id ?? null);
  const part = { draft, put, error: act.error };
  return (
    <FormPanel
      title={say(supplier ? "change.title" : "add.title")}
      {...(supplier && { note: supplier.name })}
      word={say(supplier ? "save" : "add")}
      act={act}
      body={() => bodyOf(draft, supplier !== undefined)}
      onClose={onClose}
      forget={forget}
      onDone={({ id }) => {
        if (!supplier) void navigate({ to: "/suppliers/$id", params: { id } });
      }}
    >
      <Who {...part} />
      <Held {...part} />
      <Targets {...part} />
      <Contacts {...part} />
      <TextField
        label={say("note")}
        note={t("ui.optional")}
        value={draft.note}
        onChange={(note) => put({ note })}
        maxLength={2_000}
        lines
      />
      {supplier && <CheckField label={say("retire")} value={draft.retired} onChange={(retired) => put({ retired })} />}
    </FormPanel>
  );
}

type PartProps = { draft: Draft; put: (part: Partial<Draft>) => void; error: unknown };

function Who({ draft, put, error }: PartProps) {
  const { t } = useWords();
  const { t: say } = useSupplierWords();
  return (
    <>
      <TextField
        label={say("one")}
        value={draft.name}
        onChange={(name) => put({ name })}
        error={errorAt(error, "/name")}
        maxLength={200}
        required
        first
      />
      <ChoiceField
        legend={say("kind")}
        value={draft.kind}
        onChange={(kind) => put({ kind: kind === "partner" ? "partner" : "supplier" })}
        options={supplierKinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
      />
      <ChoiceField
        legend={say("language")}
        value={draft.language}
        onChange={(language) => put({ language: language === "fr" ? "fr" : "en" })}
        options={(["fr", "en"] as const).map((value) => ({ value, label: say(`language.${value}`) }))}
      />
      <TextField
        label={say("contract")}
        note={t("ui.optional")}
        hint={say("contract.hint")}
        value={draft.contract}
        onChange={(contract) => put({ contract })}
        error={errorAt(error, "/contract")}
        maxLength={200}
      />
    </>
  );
}

function Held({ draft, put, error }: PartProps) {
  const { t: say } = useSupplierWords();
  return (
    <>
      <SelectField
        label={say("hours")}
        hint={say("hours.hint")}
        value={draft.calendar}
        onChange={(calendar) => put({ calendar })}
        empty={say("hours.always")}
        options={useCalendarOptions(draft.calendar)}
        error={errorAt(error, "/calendar")}
      />
      <ServicesField legend={say("services")} value={draft.services} onChange={(services) => put({ services })} />
    </>
  );
}

function Targets({ draft, put }: PartProps) {
  const { t: say } = useSupplierWords();
  return (
    <ListFields
      legend={say("targets")}
      hint={say("targets.hint")}
      one={(number) => say("target", { number })}
      add={say("target.add")}
      list={draft.targets}
      max={contractTargetsMax}
      make={newTarget}
      onChange={(targets) => put({ targets })}
    >
      {(one, change) => (
        <>
          <ChoiceField
            legend={say("clock")}
            value={one.clock}
            onChange={(clock) => change({ clock: clock === "restore" ? "restore" : "respond" })}
            options={(["respond", "restore"] as const).map((value) => ({ value, label: say(`clock.${value}`) }))}
          />
          <TextField
            label={say("minutes")}
            type="number"
            min="1"
            value={one.minutes}
            onChange={(minutes) => change({ minutes })}
            required
          />
          <PrioritiesField legend={say("priorities")} value={one.priorities} onChange={change} />
          {draft.calendar !== "" && (
            <CheckField label={say("inHours")} value={one.inHours} onChange={(inHours) => change({ inHours })} />
          )}
        </>
      )}
    </ListFields>
  );
}

function Contacts({ draft, put }: PartProps) {
  const { t: say } = useSupplierWords();
  return (
    <ListFields
      legend={say("contacts")}
      hint={say("contacts.hint")}
      one={(number) => say("contact", { number })}
      add={say("contact.add")}
      list={draft.contacts}
      max={contactsMax}
      make={() => newContact(draft.language)}
      onChange={(contacts) => put({ contacts })}
    >
      {(one, change) => <ContactFields one={one} change={change} />}
    </ListFields>
  );
}

type ContactProps = { one: ContactDraft; change: (part: Partial<ContactDraft>) => void };

function ContactFields({ one, change }: ContactProps) {
  const { t } = useWords();
  const { t: say } = useSupplierWords();
  return (
    <>
      <div className="two">
        <TextField
          label={say("contact.name")}
          value={one.name}
          onChange={(name) => change({ name })}
          maxLength={100}
          required
        />
        <TextField
          label={say("contact.role")}
          value={one.role}
          onChange={(role) => change({ role })}
          maxLength={100}
          required
        />
      </div>
      <div className="two">
        <TextField
          label={say("contact.email")}
          note={t("ui.optional")}
          type="email"
          value={one.email}
          onChange={(email) => change({ email })}
          maxLength={200}
        />
        <TextField
          label={say("contact.phone")}
          note={t("ui.optional")}
          type="tel"
          value={one.phone}
          onChange={(phone) => change({ phone })}
          maxLength={40}
        />
      </div>
      <div className="two">
        <SelectField
          label={say("language")}
          value={one.language}
          onChange={(language) => change({ language: language === "fr" ? "fr" : "en" })}
          options={(["fr", "en"] as const).map((value) => ({ value, label: say(`language.${value}`) }))}
        />
        <TextField
          label={say("contact.after")}
          type="number"
          min="0"
          value={one.after}
          onChange={(after) => change({ after })}
          required
        />
      </div>
    </>
  );
}
