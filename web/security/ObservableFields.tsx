/** What was seen: pasted, many at once, each read as it is typed. */
import { type ObservableKind, observableKinds, observableStatuses } from "#core/kernel/security-words.ts";
import { guessedKind, isObservableKind } from "#core/security/observables.ts";
import { errorAt } from "../directory/FormPanel.tsx";
import { useWords } from "../language/words.tsx";
import { ChoiceField, SelectField, TextField } from "../ui/fields.tsx";
import type { Part } from "./ActPanel.tsx";
import { linesOf } from "./draft.ts";
import { MarkField } from "./MarkField.tsx";
import { useSecurityWords } from "./words.ts";

export function ObservableFields({ adds, ...part }: Part & { adds: boolean }) {
  const { t } = useWords();
  const { t: say } = useSecurityWords();
  const { draft, put, error } = part;
  return (
    <>
      {adds && <Values {...part} />}
      <ChoiceField
        legend={say("field.status")}
        value={draft.status ?? "suspected"}
        onChange={(status) => put({ status })}
        options={observableStatuses.map((value) => ({ value, label: say(`status.${value}`) }))}
      />
      <TextField
        label={say("field.note")}
        note={t("ui.optional")}
        value={draft.note ?? ""}
        onChange={(note) => put({ note })}
        error={errorAt(error, "/note")}
        lines
      />
      <MarkField {...part} />
      <div className="two">
        <TextField
          label={say("field.first")}
          note={t("ui.optional")}
          type="datetime-local"
          value={draft.firstSeen ?? ""}
          onChange={(firstSeen) => put({ firstSeen })}
        />
        <TextField
          label={say("field.last")}
          note={t("ui.optional")}
          type="datetime-local"
          value={draft.lastSeen ?? ""}
          onChange={(lastSeen) => put({ lastSeen })}
        />
      </div>
      {!adds && (
        <TextField
          label={say("field.reason")}
          note={t("ui.optional")}
          value={draft.reason ?? ""}
          onChange={(reason) => put({ reason })}
          error={errorAt(error, "/reason")}
          lines
        />
      )}
    </>
  );
}

function Values({ draft, put, error }: Part) {
  const { t: say } = useSecurityWords();
  const lines = linesOf(draft.values);
  const kinds = new Map<ObservableKind, number>();
  for (const line of lines) {
    const kind = draft.kind && isObservableKind(draft.kind) ? draft.kind : guessedKind(line);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return (
    <>
      <TextField
        label={say("field.values")}
        hint={say("field.values.hint")}
        value={draft.values ?? ""}
        onChange={(values) => put({ values })}
        error={errorAt(error, "/values")}
        required
        lines
        first
      />
      {lines.length > 0 && (
        <p className="read" role="status">
          <b>{say("field.values.read", { count: lines.length })}</b>
          {[...kinds].map(([kind, count]) => (
            <span className="chip" key={kind}>
              {say(`kind.${kind}`)} {count > 1 && count}
            </span>
          ))}
        </p>
      )}
      <SelectField
        label={say("field.kind")}
        value={draft.kind ?? ""}
        onChange={(kind) => put({ kind })}
        empty={say("kind.guess")}
        options={observableKinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
      />
    </>
  );
}
