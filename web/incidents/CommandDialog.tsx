/** The form of any command: its own fields, then what any command may carry. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { derogable } from "#core/access/can.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { whyNot } from "#core/incidents/decide.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import { detectionReasons } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { RequestFailed } from "../client.ts";
import { failureSentence, missingList, refusalSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useKept } from "../ui/kept.ts";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { askedItems } from "./asked-items.ts";
import { CommandField } from "./CommandField.tsx";
import { asksReason, bodyOf, commandForms, type Draft, numberIn, takesOver, withInstants } from "./command-forms.ts";
import type { FieldKind } from "./field-kinds.ts";
import { fieldsNow } from "./fields-now.ts";
import { ActGone } from "./Meanwhile.tsx";
import { useCommand } from "./queries.ts";
import { Resumed } from "./Resumed.tsx";
import { actorFromMe, stateFromView } from "./state-from-view.ts";
import { useOfferUndo } from "./undo.ts";
import { unsettledIn } from "./unsettled.ts";
import { zonedInstant } from "./zoned-instant.ts";

type Props = {
  view: IncidentView;
  command: IncidentCommandName;
  /** Which of its escalations, for an act about one; else the newest that waits. */
  escalation?: number | undefined;
  /** Which of its tasks. */
  task?: number | undefined;
  /** What it is about, where it was opened beside it. */
  about?: Draft | undefined;
  onClose: () => void;
};

export function CommandDialog({ view, command, escalation, task, about, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const act = useCommand(view);
  const once = useOneAtATime();
  const { draft, written, set, forget } = useDraft({ view, command, escalation, task, about }, me.id);
  const refusal = whyNot(stateFromView(view), command, actorFromMe(me), escalation ?? task ?? numberIn(draft));
  const short = levelRefused(act.error);
  const derogates =
    (refusal?.refused === "level-too-low" || short !== null) && derogable(command, actorFromMe(me).level);
  const gone = useGone(view, refusal !== null, act);
  const done = useDone(view, command, draft);
  const send = () => {
    if (gone !== null) return;
    const body = { ...sentOf(command, draft, words.zone), escalation };
    /* A failure is said below, by act.error. */
    once(() =>
      act.mutateAsync({ name: command, body }).then((after) => {
        forget();
        done(after);
        onClose();
      }),
    );
  };
  const onKey = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.currentTarget.reportValidity()) send();
  };
  return (
    <Modal
      title={t(`command.${command}.title`)}
      closeWord={t(gone === null ? "ui.cancel" : "ui.close")}
      onClose={onClose}
      {...(gone === null && { onCancel: forget })}
    >
      <form
        onKeyDown={onKey}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="body fields">
          <p className="hint about">
            <span className="id">{view.number}</span> <span lang={view.language}>{view.title}</span>
          </p>
          <Resumed draft={written} onRestart={forget} />
          {gone !== null && refusal && (
            <ActGone {...{ view, command, written }} since={gone} why={refusalSentence(words, refusal)} />
          )}
          <Fields view={view} command={command} draft={draft} set={set} />
          <Exceptions
            view={view}
            command={command}
            draft={draft}
            set={set}
            derogating={derogates ? (short ?? refusal) : null}
          />
          <More draft={draft} set={set} reason={!asksElsewhere({ view, command, draft }, me.id)} />
          {act.error && <Fault inSight>{failureSentence(words, act.error)}</Fault>}
        </div>
        <Foot
          command={command}
          idle={act.isPending || gone !== null}
          why={derogates || gone !== null ? null : whyIn(words, refusal, { view, command, draft })}
        />
      </form>
    </Modal>
  );
}

/** By the rules, else by what the criterion that was chosen looks at. */
function whyIn(
  words: Words,
  refused: Refusal | null,
  { view, command, draft }: Pick<Part, "view" | "command" | "draft">,
) {
  const why = refused ?? unsettledIn(view, command, draft.criterion);
  return why && refusalSentence(words, why);
}

function Foot({ command, idle, why }: { command: IncidentCommandName; idle: boolean; why: string | null }) {
  const { t } = useWords();
  return (
    <div className="foot">
      <button
        className="btn primary"
        type="submit"
        aria-disabled={idle}
        data-first={commandForms[command].length === 0 || undefined}
      >
        {t(`command.${command}.do`)} <kbd>Ctrl ↵</kbd>
      </button>
      {why && <p className="hint">{why}</p>}
    </div>
  );
}

/** Said; and a link, where one wrong figure names another incident, is offered to be taken back. */
function useDone(view: IncidentView, command: IncidentCommandName, draft: Draft) {
  const { t } = useWords();
  const offerUndo = useOfferUndo();
  return (after: IncidentView) => {
    const text = t("command.done", { command: t(`command.${command}.do`) });
    if (command !== "link") return announce(text);
    const about = { incident: String(draft.incident).trim() };
    offerUndo([{ act: command, before: view, after, about }], { text });
  };
}

/** How far the record was when this was possible, once it no longer is: somebody else has acted. */
function useGone(
  { seq }: IncidentView,
  refused: boolean,
  act: { isPending: boolean; isSuccess: boolean },
): number | null {
  const [began] = useState({ seq, possible: !refused });
  return began.possible && refused && seq > began.seq && !act.isPending && !act.isSuccess ? began.seq : null;
}

/** What was written, over what its form begins with. */
function useDraft({ view, command, escalation, task, about }: Omit<Props, "onClose">, meId: string) {
  const { language } = useWords();
  const parts = [meId, command, view.id, escalation, task, ...Object.values(about ?? {})];
  const key = parts.filter((one) => one !== undefined).join(" ");
  const { draft: written, set: change, forget } = useKept<Draft>(key, () => ({}));
  const [start] = useState<Draft>(() => ({
    ...startOf(view, command, language),
    ...(task !== undefined && { task: String(task) }),
    ...about,
  }));
  const set = (part: Draft) => change((old) => ({ ...old, ...part }));
  return { draft: { ...start, ...written } as Draft, written, set, forget };
}

/** Dates as they were typed are where the reader is. */
function sentOf(command: IncidentCommandName, { late, ...given }: Draft, zone: string) {
  const occurredAt = typeof late === "string" && late !== "" ? zonedInstant(late, zone) : undefined;
  return bodyOf(command, { ...withInstants(command, given, zone), ...(occurredAt && { occurredAt }) });
}

/** Whom it names has not the level, or its author not for what was filled in: in an emergency, with a reason, they may all the same. */
function levelRefused(error: unknown): Refusal | null {
  if (!(error instanceof RequestFailed)) return null;
  const { code } = error.problem;
  return code === "holder-level" || code === "level-too-low" ? { refused: code } : null;
}

/** The reason has a place of its own in this form. */
const asksElsewhere = ({ view, command, draft }: Omit<Part, "set">, meId: string): boolean =>
  asksReason(command) ||
  isOverFiring(view, command) ||
  takesOver(view, command, meId) ||
  leftBy(view, command, draft).length > 0;

/** Categories that it would leave, and with them what they ask. */
const leftBy = (view: IncidentView, command: IncidentCommandName, { categories }: Draft): readonly string[] =>
  command === "categorise" && Array.isArray(categories) ? view.categories.filter((id) => !categories.includes(id)) : [];

/** Resolving or closing over a source that has not stopped needs a reason; the server will ask for it. */
const isOverFiring = (view: IncidentView, command: IncidentCommandName): boolean =>
  view.alerts.firing > 0 && (command === "declare-resolved" || command === "close");

type Part = { view: IncidentView; command: IncidentCommandName; draft: Draft; set: (part: Draft) => void };

const subjects: ReadonlySet<FieldKind> = new Set(["workstream", "task", "hypothesis", "derogation"]);

function Fields({ view, command, draft, set }: Part) {
  const { data: me } = useSuspenseQuery(meQuery());
  const fields = fieldsNow(command, { view, draft, meId: me.id });
  /* The keyboard begins at what is still to be said, where what it is about is known. */
  const begins = fields.findIndex(({ name, kind }) => !subjects.has(kind) || draft[name] === undefined);
  return (
    <>
      {fields.map((field, index) => (
        <CommandField
          key={field.name}
          command={command}
          field={field}
          first={index === Math.max(0, begins)}
          draft={draft}
          set={set}
          view={view}
        />
      ))}
    </>
  );
}

type ReasonProps = Pick<Part, "draft" | "set"> & { label: string; hint?: string; note?: string; required?: boolean };

function ReasonField({ draft, set, ...asked }: ReasonProps) {
  return <TextField {...asked} value={String(draft.reason ?? "")} onChange={(reason) => set({ reason })} lines />;
}

/** What only some moments ask for: going over alerts, acting outside one's level. */
function Exceptions({ view, command, draft, set, derogating }: Part & { derogating: Refusal | null }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const left = leftBy(view, command, draft);
  return (
    <>
      {command === "close" && (
        <p>
          {view.missing.length === 0
            ? t("form.close.ready")
            : t("board.left", { missing: missingList(words, view.missing, askedItems(view)) })}
        </p>
      )}
      {isOverFiring(view, command) && (
        <ReasonField
          {...{ draft, set }}
          label={t("form.over-firing", { count: view.alerts.firing })}
          hint={t("form.over-firing.hint")}
        />
      )}
      {takesOver(view, command, me.id) && (
        <ReasonField
          {...{ draft, set }}
          label={t("form.accept-coordination.reason", { name: view.coordinator?.name ?? "" })}
          hint={t("form.accept-coordination.hint", { name: view.coordinator?.name ?? "" })}
          required
        />
      )}
      {left.length > 0 && (
        <ReasonField {...{ draft, set }} label={t("form.categorise.reason")} hint={t("form.categorise.reason.hint")} />
      )}
      {derogating && (
        <TextField
          label={t("form.derogation")}
          hint={derogating.values ? refusalSentence(words, derogating) : undefined}
          value={String(draft.derogation ?? "")}
          onChange={(derogation) => set({ derogation })}
          required
          lines
        />
      )}
    </>
  );
}

function More({ draft, set, reason }: { draft: Draft; set: (part: Draft) => void; reason: boolean }) {
  const { t, zone } = useWords();
  return (
    <details className="disclose">
      <summary>
        <Icon name="chevron" size={12} />
        {t(reason ? "form.more" : "form.late")}
      </summary>
      <div className="fields">
        {reason && <ReasonField {...{ draft, set }} label={t("form.reason")} note={t("ui.optional")} />}
        <TextField
          label={t("form.late")}
          note={t("ui.optional")}
          hint={t("form.late.hint", { zone })}
          type="datetime-local"
          value={String(draft.late ?? "")}
          onChange={(late) => set({ late })}
        />
      </div>
    </details>
  );
}

/** A form opens with what is known already, so that confirming is one press. */
function startOf(view: IncidentView, command: IncidentCommandName, language: string): Draft {
  switch (command) {
    case "categorise":
      return { categories: view.categories.length > 0 ? view.categories : view.proposedCategories };
    case "set-domains":
      return { domains: view.domains };
    case "set-impact-urgency":
    case "confirm-priority":
      return { impact: String(view.impact ?? 3), urgency: String(view.urgency ?? 3) };
    case "override-priority":
      return { priority: String(view.priority ?? 3) };
    case "update-workstream":
      return { status: "under-way" };
    case "finish-workstream":
      return { outcome: "done" };
    case "select-solution":
      return { exceeds: "no" };
    case "add-evidence":
      return { side: "for" };
    case "declare-resolved": {
      const causes = view.hypotheses.filter(({ status }) => status === "confirmed");
      return { solution: view.solution?.text ?? "", cause: causes.map(({ text }) => text).join("\n") };
    }
    case "escalate":
    case "confirm-help":
      return { kind: "functional" };
    case "revise-period": {
      const { situation, objectives = [] } = view.plan.at(-1) ?? {};
      return { situation, objectives: objectives.join("\n") };
    }
    case "register":
      return { detectedAs: detectionReasons[0] };
    case "complete-documentation":
      return { language, detectedAs: view.detectedAs ?? detectionReasons[0] };
    default:
      return {};
  }
}
