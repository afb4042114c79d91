/** Registers, and which laws bind: two lists under one place. */
import type { ReactNode } from "react";
import { ListFrame, type Tab } from "../directory/frame.tsx";
import { useObligationWords } from "./words.ts";
import "./obligations.css";

export function ObligationFrame({ title, act, children }: { title: string; act?: ReactNode; children: ReactNode }) {
  const { t: say } = useObligationWords();
  const tabs: readonly Tab[] = [
    { to: "/registers", word: say("registers.title") },
    { to: "/laws", word: say("laws.title") },
  ];
  return (
    <ListFrame title={title} tabs={tabs} act={act}>
      {children}
    </ListFrame>
  );
}
