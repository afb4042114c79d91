/** What an act on many incidents asks once for all of them: to whom, into which, why. */
import { type FormEvent, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { useKeptMine } from "../account/kept-mine.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { shortNumber } from "./arrangement.ts";
import { type BulkCommand, isLow, useBulk } from "./bulk.ts";
import { CommandField } from "./CommandField.tsx";
import { closeLow } from "./closing-low.ts";
import { bodyOf, commandForms, type Draft } from "./command-forms.ts";
import { Resumed } from "./Resumed.tsx";

type Props = { name: BulkCommand; views: readonly IncidentView[]; onClose: () => void };

export function BulkDialog({ name, views, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const act = useBulk();
  const { draft, set: change, forget } = useKeptMine<Draft>(`bulk ${name}`, () => ({}));
  const set = (part: Draft) => change((old) => ({ ...old, ...part }));
  const into = name === "merge" ? String(draft.into ?? "") : null;
  /* The one that stays is not merged into itself. */
  const acted = views.filter((view) => view.number !== into && (name !== "close" || closes(view)));
  const once = useOneAtATime();
  const finish = () => {
    forget();
    onClose();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (acted.length === 0) return;
    /* Not by callbacks of the mutation: the bar may be gone, and this with it, once nothing is chosen any more. */
    const said = { solution: String(draft.solution ?? ""), impact: String(draft.impact ?? "") };
    const by = name === "close" ? { by: (all: readonly IncidentView[]) => closeLow(all, said) } : {};
    once(() => act.mutateAsync({ name, views: acted, body: bodyOf(name, draft), ...by }).then(finish));
  };
  return (
    <Modal
      title={t(`bulk.${name}.title`, { count: views.length })}
      closeWord={t("ui.cancel")}
      onClose={onClose}
      onCancel={forget}
    >
      <form onSubmit={send}>
        <div className="body fields">
          <Resumed draft={draft} onRestart={forget} />
          <Chosen views={acted} />
          {name === "close" && <EndFields draft={draft} set={set} />}
          {name === "merge" ? (
            <IntoField views={views} draft={draft} set={set} />
          ) : (
            commandForms[name].map((field, index) => (
              <CommandField
                key={field.name}
                command={name}
                field={field}
                first={index === 0}
                draft={draft}
                set={set}
                view={views[0] as IncidentView}
              />
            ))
          )}
          {name === "assign" && (
            <TextField
              label={t("form.reason")}
              note={t("ui.optional")}
              value={String(draft.reason ?? "")}
              onChange={(reason) => set({ reason })}
              lines
            />
          )}
          {act.error && <Fault inSight>{failureSentence(words, act.error)}</Fault>}
        </div>
        <div className="foot">
          <button className="btn primary" type="submit" aria-disabled={act.isPending}>
            {t("bulk.send", { command: t(`command.${name}.do`), count: acted.length })}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** Ready, or of low impact: what is missing of the others is for their own pages. */
const closes = (view: IncidentView): boolean => isLow(view) || view.missing.length === 0;

/** What the record of each then says. */
function EndFields({ draft, set }: { draft: Draft; set: (part: Draft) => void }) {
  const { t } = useWords();
  return (
    <>
      <p className="hint">{t("bulk.close.hint")}</p>
      <TextField
        label={t("form.solution")}
        value={String(draft.solution ?? "")}
        onChange={(solution) => set({ solution })}
        required
        first
        lines
      />
      <TextField
        label={t("form.complete-documentation.impact")}
        value={String(draft.impact ?? "")}
        onChange={(impact) => set({ impact })}
        required
        lines
      />
    </>
  );
}

const namedMax = 6;

function Chosen({ views }: { views: readonly IncidentView[] }) {
  const { t, year } = useWords();
  return (
    <ul className="chosen">
      {views.slice(0, namedMax).map((view) => (
        <li key={view.id}>
          <span className="id">{shortNumber(view.number, year())}</span> <span lang={view.language}>{view.title}</span>
        </li>
      ))}
      {views.length > namedMax && <li className="muted">{t("bulk.others", { count: views.length - namedMax })}</li>}
    </ul>
  );
}

type IntoProps = { views: readonly IncidentView[]; draft: Draft; set: (part: Draft) => void };

/** Most often one of those chosen is the one that stays; else its number is typed. */
function IntoField({ views, draft, set }: IntoProps) {
  const { t, year } = useWords();
  const into = String(draft.into ?? "");
  const [elsewhere, setElsewhere] = useState(() => into !== "" && !views.some((view) => view.number === into));
  const options = views.map((view) => ({
    value: view.number,
    label: t("bulk.into.one", { number: shortNumber(view.number, year()), title: view.title }),
  }));
  return (
    <>
      <SelectField
        label={t("bulk.into")}
        hint={t("bulk.merge.hint")}
        value={elsewhere ? other : into}
        onChange={(value) => {
          setElsewhere(value === other);
          set({ into: value === other ? "" : value });
        }}
        options={[...options, { value: other, label: t("bulk.into.other") }]}
        empty={t("form.choose")}
        required
        first
      />
      {elsewhere && (
        <TextField label={t("form.into")} value={into} onChange={(value) => set({ into: value })} required />
      )}
    </>
  );
}

const other = "other";
