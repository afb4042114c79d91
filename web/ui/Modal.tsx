/** A native dialog: the browser keeps focus inside, closes it on Escape and gives focus back after. */
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

type ModalProps = {
  title: string;
  note?: string | undefined;
  closeWord: string;
  panel?: boolean;
  onClose: () => void;
  /** Besides, when it is the button that closes and not a key pressed by mistake. */
  onCancel?: () => void;
  children: ReactNode;
};

/** Where the keyboard begins: where it is said, else at what is chosen already, else at the first field. */
const firsts = ["[data-first]", "form input:checked", "form :is(input, select, textarea)"];

export function Modal({ title, note, closeWord, panel, onClose, onCancel, children }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const leave = useRef(onClose);
  leave.current = onClose;
  /* Closed before it leaves the page: only then does the browser give the focus back. */
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    const first = firsts.map((one) => dialog.querySelector<HTMLElement>(one)).find((one) => one !== null);
    first?.focus();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={box}
      className={panel ? "panel" : undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        leave.current();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        {note && <small className="muted">{note}</small>}
        <button
          className="btn s push"
          type="button"
          onClick={() => {
            onCancel?.();
            onClose();
          }}
        >
          {closeWord}
        </button>
      </header>
      {children}
    </dialog>
  );
}
