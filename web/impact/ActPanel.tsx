/** What an act about the impact of an incident asks to be told. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { affectedStatuses, magnitudes } from "#core/kernel/impact-words.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { nameIn, offered } from "../directory/names.ts";
import { domainsQuery, servicesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import { toast } from "../ui/toast.tsx";
import { type Asked, type Draft, given, startOf } from "./draft.ts";
import { type ImpactView, useTellImpact } from "./queries.ts";
import { useImpactWords } from "./words.ts";

type Props = { view: ImpactView; asked: Asked; onClose: () => void };

export function ActPanel({ view, asked, onClose }: Props) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const [draft, set] = useState<Draft>(() => startOf(asked));
  const act = useTellImpact(view);
  const put = (part: Draft) => set((old) => ({ ...old, ...part }));
  const word = say(`act.${asked.command}`);
  return (
    <FormPanel
      title={word}
      note={view.incident.number}
      word={word}
      act={act}
      body={() => {
        const body = given(asked, draft, words.zone);
        return body && { command: asked.command, body };
      }}
      onDone={() => {
        toast({ text: say("done"), closeWord: words.t("ui.close"), seconds: 4 });
      }}
      onClose={onClose}
    >
      <Fields view={view} asked={asked} draft={draft} put={put} error={act.error} />
    </FormPanel>
  );
}

type Part = { draft: Draft; put: (part: Draft) => void; error: unknown };

function Fields({ view, asked, ...part }: Part & { view: ImpactView; asked: Asked }) {
  const { t: say } = useImpactWords();
  switch (asked.command) {
    case "state-affected":
      return <Stating view={view} {...part} />;
    case "rule-out-affected":
      return <Note {...part} first />;
    case "measure-impact":
      return <Measuring {...part} />;
    case "withdraw-impact":
      return (
        <TextField
          label={say("field.reason")}
          value={part.draft.reason ?? ""}
          onChange={(reason) => part.put({ reason })}
          error={errorAt(part.error, "/reason")}
          required
          lines
          first
        />
      );
  }
}

function Stating({ view, draft, put, error }: Part & { view: ImpactView }) {
  const { language } = useWords();
  const { t: say } = useImpactWords();
  const services = offered(useQuery(servicesQuery()).data?.data ?? [], draft.service ?? "");
  const known = view.affected.some(({ service }) => service.id === draft.service);
  return (
    <>
      <SelectField
        label={say("field.service")}
        value={draft.service ?? ""}
        onChange={(service) => put({ service })}
        empty={say("field.choose")}
        options={services.map((one) => ({ value: one.id, label: nameIn(language, one) }))}
        error={errorAt(error, "/service")}
        required
        first
      />
      <ChoiceField
        legend={say("field.status")}
        value={draft.status ?? "down"}
        onChange={(status) => put({ status })}
        options={affectedStatuses
          .filter((status) => known || status !== "back")
          .map((value) => ({ value, label: say(`status.${value}`) }))}
      />
      <Since draft={draft} put={put} error={error} />
      <Note draft={draft} put={put} error={error} />
    </>
  );
}

function Measuring({ draft, put, error }: Part) {
  const { t, language } = useWords();
  const { t: say } = useImpactWords();
  const domains = (useQuery(domainsQuery()).data?.data ?? []).filter(
    ({ retired, id }) => !retired || id === draft.domain,
  );
  return (
    <>
      <SelectField
        label={say("field.domain")}
        value={draft.domain ?? ""}
        onChange={(domain) => put({ domain })}
        empty={say("field.choose")}
        options={domains.map((one) => ({ value: one.id, label: nameIn(language, one) }))}
        error={errorAt(error, "/domain")}
        required
        first
      />
      <ChoiceField
        legend={say("field.magnitude")}
        value={draft.magnitude ?? "moderate"}
        onChange={(magnitude) => put({ magnitude })}
        options={magnitudes.map((value) => ({ value, label: say(`magnitude.${value}`) }))}
      />
      <TextField
        label={say("field.people")}
        note={t("ui.optional")}
        type="number"
        min="0"
        value={draft.people ?? ""}
        onChange={(people) => put({ people })}
        error={errorAt(error, "/people")}
      />
      <Since draft={draft} put={put} error={error} />
      <Note draft={draft} put={put} error={error} />
    </>
  );
}

function Since({ draft, put, error }: Part) {
  const { t } = useWords();
  const { t: say } = useImpactWords();
  return (
    <TextField
      label={say("field.since")}
      note={t("ui.optional")}
      hint={say("field.since.hint")}
      type="datetime-local"
      value={draft.since ?? ""}
      onChange={(since) => put({ since })}
      error={errorAt(error, "/occurredAt")}
    />
  );
}

function Note({ draft, put, error, first = false }: Part & { first?: boolean }) {
  const { t } = useWords();
  const { t: say } = useImpactWords();
  return (
    <TextField
      label={say("field.note")}
      note={t("ui.optional")}
      value={draft.note ?? ""}
      onChange={(note) => put({ note })}
      error={errorAt(error, "/note")}
      maxLength={2_000}
      lines
      first={first}
    />
  );
}
