/** What an act about the security of an incident asks to be told. */
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { SecurityCommandName } from "#core/kernel/security-words.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { toast } from "../ui/toast.tsx";
import { DisclosureFields } from "./DisclosureFields.tsx";
import { type Draft, given, startOf } from "./draft.ts";
import { EvidenceFields, HandOverFields } from "./EvidenceFields.tsx";
import { MarkField } from "./MarkField.tsx";
import { ObservableFields } from "./ObservableFields.tsx";
import { type SecurityView, useSecure } from "./queries.ts";
import { useSecurityWords } from "./words.ts";

/** `number`: of what it is about. */
export type Asked = { readonly command: SecurityCommandName; readonly number?: number };

type Props = { incident: IncidentView; view: SecurityView; asked: Asked; onClose: () => void };

export function ActPanel({ incident, view, asked, onClose }: Props) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { command, number } = asked;
  const [draft, set] = useState<Draft>(() => startOf(view, asked, words.zone));
  const [file, setFile] = useState<File>();
  const act = useSecure(view);
  const put = (part: Draft) => set((old) => ({ ...old, ...part }));
  return (
    <FormPanel
      title={say(`act.${command}`)}
      note={
        number !== undefined && command.endsWith("evidence") ? say("evidence.id", { number }) : view.incident.number
      }
      word={say(`act.${command}`)}
      act={act}
      body={() => {
        const body = given(asked, draft, words.zone);
        return body && { command, body, file: draft.attachment ? undefined : file };
      }}
      onDone={() => {
        toast({ text: say("done"), closeWord: words.t("ui.close"), seconds: 4 });
      }}
      onClose={onClose}
    >
      <Fields {...{ incident, view, asked, draft, put, error: act.error, file, setFile }} />
    </FormPanel>
  );
}

export type Part = {
  view: SecurityView;
  draft: Draft;
  put: (part: Draft) => void;
  error: unknown;
};
type FieldsProps = Part & {
  incident: IncidentView;
  asked: Asked;
  file: File | undefined;
  setFile: (file: File | undefined) => void;
};

function Fields({ incident, asked, file, setFile, ...part }: FieldsProps) {
  const { t: say } = useSecurityWords();
  switch (asked.command) {
    case "declare-contained":
    case "declare-eradicated":
      return <Text {...part} name="text" label={say("field.done")} required />;
    case "withdraw-contained":
    case "withdraw-eradicated":
      return <Text {...part} name="reason" label={say("field.reason.false")} required />;
    case "add-observables":
    case "change-observable":
      return <ObservableFields {...part} adds={asked.command === "add-observables"} />;
    case "register-evidence":
      return <EvidenceFields {...part} file={file} setFile={setFile} />;
    case "hand-over-evidence":
      return <HandOverFields {...part} />;
    case "receive-evidence":
      return <Text {...part} name="text" label={say("field.received")} hint={say("field.received.hint")} />;
    case "mark-evidence":
      return <MarkField {...part} first />;
    case "add-note":
      return (
        <>
          <Text {...part} name="text" label={say("field.text")} hint={say("note.hint")} required />
          <MarkField {...part} />
        </>
      );
    case "prepare-disclosure":
      return <DisclosureFields {...part} incident={incident} />;
    default:
      return <Text {...part} name="reason" label={say("field.reason")} required />;
  }
}

type TextProps = Part & { name: keyof Draft; label: string; hint?: string; required?: boolean };

/** One text, over some lines, and first. */
function Text({ draft, put, error, name, label, hint, required = false }: TextProps) {
  const { t } = useWords();
  return (
    <TextField
      label={label}
      {...(required ? {} : { note: t("ui.optional") })}
      hint={hint}
      value={draft[name] ?? ""}
      onChange={(text) => put({ [name]: text })}
      error={errorAt(error, `/${name}`)}
      required={required}
      lines
      first
    />
  );
}
