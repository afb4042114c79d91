/** The list of one kind of thing: what failed, what an empty one teaches, or a table whose rows are the page's own. */
import type { ReactNode } from "react";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { AdminAct, ListFrame, type Tab } from "./frame.tsx";

/** `roomy`: on a phone it has no column of its own. */
export type Column = { readonly word: string; readonly roomy?: boolean };

type Props<One> = {
  title: string;
  tabs?: readonly Tab[];
  /** The word of the button that adds one, and its form. */
  add: string;
  form: (close: () => void) => ReactNode;
  /** Level 5 may add one too. */
  keeper?: boolean;
  /** What an empty list teaches. */
  none?: string;
  list: { readonly data: { readonly data: readonly One[] } | undefined; readonly error: Error | null };
  columns: readonly Column[];
  row: (one: One) => ReactNode;
  children?: ReactNode;
};

export function DirectoryList<One>({ title, tabs, add, form, keeper, none, list, columns, row, children }: Props<One>) {
  const words = useWords();
  const all = list.data?.data;
  return (
    <ListFrame
      title={title}
      {...(tabs && { tabs })}
      act={<AdminAct word={add} form={form} {...(keeper && { keeper })} />}
    >
      {list.error && <Fault>{failureSentence(words, list.error)}</Fault>}
      {all?.length === 0 && none && <p className="empty">{none}</p>}
      {all && all.length > 0 && (
        <table className="tbl people">
          <caption className="vh">{title}</caption>
          <thead>
            <tr>
              {columns.map(({ word, roomy }) => (
                <th key={word} scope="col" className={roomy ? "roomy" : undefined}>
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{all.map(row)}</tbody>
        </table>
      )}
      {children}
    </ListFrame>
  );
}
