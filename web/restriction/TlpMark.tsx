/** How far it may be told on, as the Traffic Light Protocol writes it: its name, in its colour, on black. */
import type { Tlp } from "#core/kernel/vocabulary.ts";
import { useRestrictionWords } from "./words.ts";
import "./restriction.css";

export function TlpMark({ tlp }: { tlp: Tlp }) {
  const { t: say } = useRestrictionWords();
  return <span className={`tlp ${tlp.replace("+", "-")}`}>{say("tlp.mark", { tlp: tlp.toUpperCase() })}</span>;
}
