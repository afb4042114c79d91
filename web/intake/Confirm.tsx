/** Asked once more before what cannot be taken back: the way out has the focus. */
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";

type Props<Input, Answer> = {
  title: string;
  word: string;
  act: UseMutationResult<Answer, Error, Input>;
  input: Input;
  onClose: () => void;
  children: ReactNode;
};

export function Confirm<Input, Answer>({ title, word, act, input, onClose, children }: Props<Input, Answer>) {
  const words = useWords();
  return (
    <Modal title={title} closeWord={words.t("ui.cancel")} onClose={onClose}>
      <div className="body fields">
        {children}
        {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
      </div>
      <div className="foot">
        <button
          className="btn primary"
          type="button"
          aria-disabled={act.isPending}
          onClick={() => !act.isPending && act.mutate(input, { onSuccess: onClose })}
        >
          {word}
        </button>
      </div>
    </Modal>
  );
}
