/** Record an incident in a few seconds: only the title is asked for, the rest is proposed or comes later. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ClipboardEvent, DragEvent, FormEvent, KeyboardEvent } from "react";
import { titleMax } from "#contract/shapes.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { Modal } from "../ui/Modal.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { ChosenFiles } from "./ChosenFiles.tsx";
import { filesIn, holdsFiles } from "./file-transfer.ts";
import { Known } from "./Known.tsx";
import { Proposed } from "./Proposed.tsx";
import { useProposals, useTaking } from "./proposing.ts";
import { Details, Weight } from "./RecordFields.tsx";
import { RecordFoot } from "./RecordFoot.tsx";
import { Resumed } from "./Resumed.tsx";
import { type Draft, emptyDraft, isLookingForTemplate, isReady } from "./record-draft.ts";
import { useAddingTo, useRecording } from "./recording.tsx";
import { stepThroughOffers } from "./stepping.ts";
import { TemplateChoice, TemplateList, useTemplates } from "./Templates.tsx";
import "./panel.css";

export function RecordPanel({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, setDraft, set, addFiles, forget } = useDraft(me.id);
  const record = useRecording(() => {
    forget();
    onClose();
  });
  const adding = useAddingTo((view) => {
    forget();
    void navigate({ to: "/incidents/$number", params: { number: view.number }, search: {} });
  });
  const proposed = useProposals(draft);
  const taking = useTaking(draft, setDraft, proposed.data?.proposals, me.level !== null);
  const templates = useTemplates(draft, setDraft);
  const isBusy = record.isPending || adding.isPending;
  const once = useOneAtATime();
  const send = (written = draft) => isReady(written) && !isBusy && once(() => record.mutateAsync(written));
  const whole = taking.withAll();
  const callNow = () => (whole.assignee === null ? announce(t("record.nobody-proposed")) : send(whole));
  const restart = () => {
    templates.take(null);
    forget();
  };
  const onKey = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      /* By key as by the button: a title that is missing is asked for. */
      if (event.currentTarget.reportValidity()) event.shiftKey ? callNow() : send();
    } else if (taking.pressed(event) || stepThroughOffers(event)) event.preventDefault();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isLookingForTemplate(draft.title)) templates.takeFirst();
    else send();
  };
  return (
    <Modal
      title={t("record.title")}
      note={t(me.level === null || draft.assignee ? "record.note" : "record.note.undo")}
      closeWord={t("ui.cancel")}
      onClose={onClose}
      onCancel={forget}
      panel
    >
      <form onSubmit={submit} onKeyDown={onKey} {...fileDoors(addFiles)}>
        <div className="body fields">
          <Title value={draft.title} onChange={(title) => set({ title })} />
          <Resumed draft={draft} empty={emptyDraft} onRestart={restart} />
          <TemplateList draft={draft} templates={templates} />
          <Known
            title={draft.title}
            found={proposed.data}
            failed={proposed.isError}
            onAttach={(id) => !isBusy && adding.mutate({ id, draft })}
          />
          <TemplateChoice templates={templates} />
          <Weight draft={draft} set={set} />
          {proposed.data && <Proposed draft={draft} proposals={proposed.data.proposals} taking={taking} />}
          <Details draft={draft} set={set} />
          <ChosenFiles files={draft.files} onAdd={addFiles} onChange={(files) => set({ files })} />
        </div>
        <RecordFoot draft={draft} whole={whole} onCall={callNow} busy={isBusy} error={record.error ?? adding.error} />
      </form>
    </Modal>
  );
}

function Title({ value, onChange }: { value: string; onChange: (title: string) => void }) {
  const { t } = useWords();
  return (
    <TextField
      label={t("record.what")}
      className="title"
      value={value}
      onChange={onChange}
      maxLength={titleMax}
      required
      first
    />
  );
}

/** It waits while one looks at what may be the same incident, or has closed the panel by a key pressed by mistake. */
function useDraft(person: string) {
  const { draft, set: change, forget } = useKept<Draft>(`${person} record`, () => emptyDraft);
  return {
    draft,
    forget,
    setDraft: (next: Draft) => change(() => next),
    set: (part: Partial<Draft>) => change((old) => ({ ...old, ...part })),
    addFiles: (files: readonly File[]) => change((old) => ({ ...old, files: [...old.files, ...files] })),
  };
}

/** Files dropped anywhere on the panel, or pasted anywhere in it. */
const fileDoors = (add: (files: readonly File[]) => void) => ({
  onDragOver: (event: DragEvent) => {
    if (holdsFiles(event.dataTransfer)) event.preventDefault();
  },
  onDrop: (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    add(filesIn(event.dataTransfer));
  },
  onPaste: (event: ClipboardEvent) => {
    const files = filesIn(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  },
});
