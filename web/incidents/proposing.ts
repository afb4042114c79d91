/** Proposals while one types, what of them was accepted, and the keys of both. */
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useWords } from "../language/words.tsx";
import {
  accept,
  type Draft,
  giveBack,
  isReady,
  isTaken,
  type OfferName,
  type Offers,
  offers,
  offersFor,
  writtenIn,
} from "./record-draft.ts";
import { proposalsQuery, usePaused } from "./recording-queries.ts";

/** Asked at each pause in typing; a title that is gone has none. */
export function useProposals(draft: Draft) {
  const { language } = useWords();
  const written = usePaused(writtenIn(draft, language));
  const wanted = isReady(draft) && isReady({ ...draft, title: written.title });
  const { data, isError } = useQuery({ ...proposalsQuery(written), enabled: wanted });
  return { data: wanted ? data : undefined, isError: wanted && isError };
}

export type Taking = ReturnType<typeof useTaking>;

/** What is offered now, what was accepted, and the keys of both. */
export function useTaking(
  draft: Draft,
  setDraft: (draft: Draft) => void,
  proposals: Parameters<typeof offersFor>[1] | undefined,
  mayAssign: boolean,
) {
  const [accepted, setAccepted] = useState<Offers>({});
  const { assignee, ...others } = proposals ? offersFor(draft, proposals) : {};
  const current: Offers = assignee && mayAssign ? { ...others, assignee } : others;
  const takenOf = (name: OfferName) => {
    const taken = accepted[name];
    return taken && isTaken(draft, taken) ? taken : undefined;
  };
  const toggle = (name: OfferName): boolean => {
    const [taken, offer] = [takenOf(name), current[name]];
    if (taken) setDraft(giveBack(draft, taken));
    else if (offer) {
      setAccepted({ ...accepted, [name]: offer });
      setDraft(accept(draft, offer));
    }
    return (taken ?? offer) !== undefined;
  };
  /** Alt and a figure, by the place of the key: what it types differs from one keyboard to the next. */
  const pressed = (event: KeyboardEvent): boolean => {
    const name = offers[Number(/^Digit([1-9])$/.exec(event.code)?.[1] ?? 0) - 1];
    if (!event.altKey || event.ctrlKey || event.metaKey || name === undefined) return false;
    return toggle(name);
  };
  /** The draft with all that is offered. */
  const withAll = (): Draft => Object.values(current).reduce(accept, draft);
  return { withAll, takenOf, offerOf: (name: OfferName) => takenOf(name) ?? current[name], toggle, pressed };
}
