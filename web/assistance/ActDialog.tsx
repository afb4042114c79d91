/** What an act on a request asks to be told: a reason, to whom, how it ended, which incident. */
import { useState } from "react";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { toast } from "../ui/toast.tsx";
import { PartyField } from "./PartyField.tsx";
import { partyOf } from "./party.ts";
import { type Act, type AssistanceView, type Given, useActOn } from "./queries.ts";
import { type Say, useAssistanceWords } from "./words.ts";

type Draft = { reason: string; to: string; outcome: string; text: string; incident: string };
type Part = { draft: Draft; put: (part: Partial<Draft>) => void; error: unknown };

const outcomes = ["done", "partly", "not-done"] as const;

type Props = { view: AssistanceView; act: Act; onClose: () => void };

export function ActDialog({ view, act: name, onClose }: Props) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const [draft, set] = useState<Draft>({ reason: "", to: "", outcome: "done", text: "", incident: "" });
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useActOn(view);
  const part = { draft, put, error: act.error };
  return (
    <FormPanel
      title={say(`act.${name}`)}
      note={view.number}
      word={say(`act.${name}`)}
      act={act}
      body={() => givenBy(name, draft)}
      onClose={onClose}
      onDone={(after) => {
        toast({ text: doneWords(name, after, say), closeWord: words.t("ui.close"), seconds: 6 });
      }}
    >
      <Fields name={name} view={view} {...part} />
    </FormPanel>
  );
}

function givenBy(act: Act, { reason, to, outcome, text, incident }: Draft): Given | null {
  const party = partyOf(to);
  if (act === "route" && party === null) return null;
  return {
    act,
    reason: reason.trim(),
    text: text.trim(),
    incident: incident.trim(),
    outcome: outcomes.find((one) => one === outcome) ?? "done",
    ...(party && { to: party }),
  };
}

export function doneWords(act: Act, view: AssistanceView, say: Say): string {
  return say(`done.${act}`, { number: view.number, to: view.to?.name, incident: view.incident?.number });
}

function Fields({ name, view, draft, put, error }: Part & { name: Act; view: AssistanceView }) {
  const { t: say } = useAssistanceWords();
  switch (name) {
    case "end":
      return (
        <>
          <SelectField
            label={say("field.outcome")}
            value={draft.outcome}
            onChange={(outcome) => put({ outcome })}
            options={outcomes.map((value) => ({ value, label: say(`outcome.${value}`) }))}
            first
          />
          <TextField
            label={say("field.text")}
            value={draft.text}
            onChange={(text) => put({ text })}
            error={errorAt(error, "/text")}
            required
            lines
          />
        </>
      );
    case "attach":
      return (
        <TextField
          label={say("field.incident")}
          hint={say("attach.hint")}
          value={draft.incident}
          onChange={(incident) => put({ incident })}
          maxLength={64}
          required
          first
        />
      );
    case "promote":
      return <p>{say("promote.text", { asker: view.asker.name })}</p>;
    default:
      return (
        <>
          {name === "route" && (
            <PartyField
              label={say("field.to")}
              hint={say("route.hint")}
              value={draft.to}
              onChange={(to) => put({ to })}
              required
              first
            />
          )}
          <TextField
            label={say("field.reason")}
            {...(name === "decline" && { hint: say("decline.hint") })}
            value={draft.reason}
            onChange={(reason) => put({ reason })}
            error={errorAt(error, "/reason")}
            required={name !== "withdraw"}
            first={name !== "route"}
            lines
          />
        </>
      );
  }
}
