/** One does not wait for what holds an alert back to be over: says why, and it calls. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { mayHoldBack } from "#core/noise/permission.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { TextField } from "../ui/fields.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRaise } from "./queries.ts";

export function Raise({ id }: { id: string }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const [open, setOpen] = useState(false);
  const why = useId();
  const refusal = mayHoldBack("raise", me);
  return (
    <>
      <p>
        <button
          className="btn s"
          type="button"
          aria-disabled={refusal !== null}
          aria-describedby={refusal ? why : undefined}
          onClick={() => refusal === null && setOpen(true)}
        >
          {t("alert.raise")}
        </button>
      </p>
      {refusal && (
        <p className="hint" id={why}>
          {refusalSentence(words, refusal)}
        </p>
      )}
      {open && <Asked id={id} onClose={() => setOpen(false)} />}
    </>
  );
}

function Asked({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const [reason, setReason] = useState("");
  const act = useRaise(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (act.isPending) return;
    act.mutate(reason.trim(), {
      onSuccess: () => {
        announce(t("alert.raise.done"));
        onClose();
      },
    });
  };
  return (
    <Modal title={t("alert.raise.title")} closeWord={t("ui.cancel")} onClose={onClose}>
      <form onSubmit={submit}>
        <div className="body fields">
          <p>{t("alert.raise.text")}</p>
          <TextField
            label={t("form.reason")}
            value={reason}
            onChange={setReason}
            maxLength={1_000}
            required
            first
            lines
          />
          {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
        </div>
        <div className="foot">
          <button className="btn primary" type="submit" aria-disabled={act.isPending}>
            {t("alert.raise")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
