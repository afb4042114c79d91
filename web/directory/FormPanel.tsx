/** A form beside its page: what is written is kept until it is sent or given up, errors come back beside their field, Ctrl and Enter
 *  send. Sent, it closes. */
import type { UseMutationResult } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { RequestFailed } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";

type Props<Body, Answer> = {
  title: string;
  note?: string;
  word: string;
  act: UseMutationResult<Answer, Error, Body>;
  /** Null while something that only the form knows is missing. */
  body: () => Body | null;
  onClose: () => void;
  /** Of what was kept. */
  forget?: () => void;
  onDone?: (answer: Answer) => void;
  children: ReactNode;
};

const firstFields = "input:not([type=radio]), input:checked, select, textarea";

export function FormPanel<Body, Answer>(props: Props<Body, Answer>) {
  const words = useWords();
  const { t } = words;
  const { act, body, onClose, forget } = props;
  const once = useOneAtATime();
  const send = () => {
    const given = body();
    if (given === null) return;
    once(() =>
      act.mutateAsync(given).then((answer) => {
        announce(t("frame.saved"));
        forget?.();
        onClose();
        props.onDone?.(answer);
      }),
    );
  };
  const onKey = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.currentTarget.reportValidity()) send();
  };
  const form = useRef<HTMLFormElement>(null);
  /* Where no field asks to be first, the first one is: the button that cancels would have the focus. */
  useLayoutEffect(() => {
    if (form.current?.querySelector("[data-first]")) return;
    form.current?.querySelector<HTMLElement>(`.body :is(${firstFields})`)?.focus();
  }, []);
  return (
    <Modal
      title={props.title}
      note={props.note}
      closeWord={t("ui.cancel")}
      onClose={onClose}
      {...(forget && { onCancel: forget })}
      panel
    >
      <form
        ref={form}
        onKeyDown={onKey}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="body fields">{props.children}</div>
        <div className="foot">
          <button className="btn primary" type="submit" aria-disabled={act.isPending}>
            {props.word} <kbd>Ctrl ↵</kbd>
          </button>
          {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
        </div>
      </form>
    </Modal>
  );
}

/** What the server says of one field, by its pointer; of a list, of any of its members. */
export function errorAt(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof RequestFailed)) return undefined;
  return error.problem.errors?.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.detail;
}
