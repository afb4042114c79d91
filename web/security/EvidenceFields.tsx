/** What is to be kept as evidence, and to whom it is handed. */
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { errorAt } from "../directory/FormPanel.tsx";
import { peopleQuery } from "../directory/queries.ts";
import { attachmentsQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import type { Part } from "./ActPanel.tsx";
import type { Draft } from "./draft.ts";
import { MarkField } from "./MarkField.tsx";
import { type Say, useSecurityWords } from "./words.ts";

type FileProps = { file: File | undefined; setFile: (file: File | undefined) => void };

type Line = { name: keyof Draft; label: string; required?: boolean; hint?: string };

function Lines({ draft, put, error, all }: Part & { all: readonly Line[] }) {
  const { t } = useWords();
  return all.map(({ name, label, required = false, hint }) => (
    <TextField
      key={name}
      label={label}
      {...(required ? {} : { note: t("ui.optional") })}
      hint={hint}
      value={draft[name] ?? ""}
      onChange={(text) => put({ [name]: text })}
      error={errorAt(error, `/${name}`)}
      required={required}
    />
  ));
}

export function EvidenceFields({ file, setFile, ...part }: Part & FileProps) {
  const { t } = useWords();
  const { t: say } = useSecurityWords();
  const { draft, put } = part;
  const isFile = draft.what !== "thing";
  return (
    <>
      <ChoiceField
        legend={say("field.what")}
        value={draft.what ?? "file"}
        onChange={(what) => put({ what })}
        options={(["file", "thing"] as const).map((value) => ({ value, label: say(`field.what.${value}`) }))}
      />
      {isFile && <Files {...part} file={file} setFile={setFile} />}
      <Lines
        {...part}
        all={[
          { name: "description", label: say("field.description"), required: true },
          { name: "place", label: say("field.place"), required: !isFile },
        ]}
      />
      <div className="two">
        <Lines {...part} all={[{ name: "collectedBy", label: say("field.collected-by") }]} />
        <TextField
          label={say("field.collected-at")}
          note={t("ui.optional")}
          type="datetime-local"
          value={draft.collectedAt ?? ""}
          onChange={(collectedAt) => put({ collectedAt })}
        />
      </div>
      <Lines {...part} all={more(say)} />
      <MarkField {...part} />
    </>
  );
}

const more = (say: Say): Line[] => [
  { name: "source", label: say("field.source") },
  { name: "how", label: say("field.how") },
];

/** One of the incident's that is not registered yet, or a new one. */
function Files({ view, draft, put, file, setFile }: Part & FileProps) {
  const { t: say } = useSecurityWords();
  const id = useId();
  const { data } = useQuery(attachmentsQuery(view.incident.number));
  const listed = new Set(view.evidence.map((one) => one.file?.attachmentId));
  const free = (data?.data ?? []).filter((one) => !listed.has(one.id));
  return (
    <>
      <SelectField
        label={say("field.file")}
        value={draft.attachment ?? ""}
        onChange={(attachment) => put({ attachment })}
        empty={say("field.file.new")}
        options={free.map((one) => ({ value: one.id, label: one.name }))}
      />
      {!draft.attachment && (
        <div>
          <label className="lab" htmlFor={id}>
            {say("field.file.choose")}
          </label>
          <input
            className="input"
            id={id}
            type="file"
            required={file === undefined}
            onChange={(event) => {
              const [chosen] = event.target.files ?? [];
              setFile(chosen);
              if (chosen && !draft.description) put({ description: chosen.name });
            }}
          />
        </div>
      )}
    </>
  );
}

export function HandOverFields(part: Part) {
  const { t: say } = useSecurityWords();
  const { draft, put, error } = part;
  const people = useQuery(peopleQuery()).data?.data ?? [];
  const outside = draft.person === "outside";
  return (
    <>
      <SelectField
        label={say("field.to")}
        value={draft.person ?? ""}
        onChange={(person) => put({ person })}
        empty={say("field.to.choose")}
        options={[
          { value: "outside", label: say("field.to.outside") },
          ...people.filter(({ active }) => active).map((one) => ({ value: one.id, label: one.name })),
        ]}
        error={errorAt(error, "/person")}
        required
        first
      />
      {outside && (
        <Lines
          {...part}
          all={[
            { name: "name", label: say("field.name"), required: true },
            { name: "receipt", label: say("field.receipt"), hint: say("field.receipt.hint"), required: true },
          ]}
        />
      )}
      <Lines
        {...part}
        all={[
          { name: "reason", label: say("field.why"), required: true },
          { name: "place", label: say("field.place.next") },
        ]}
      />
    </>
  );
}
