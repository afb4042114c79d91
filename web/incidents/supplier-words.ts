/** What entries about suppliers say, with the values of their sentences. */
import { minuteMs } from "#core/kernel/time.ts";
import type { Values } from "#languages/messages.ts";
import type { Words } from "../language/words.tsx";

type Data = Readonly<Record<string, unknown>>;
type Teller = (data: Data, known: { readonly words: Words }) => Values;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const measured: Teller = ({ clock, minutes, due, share }, { words }) => ({
  clock: String(clock),
  length: words.lasting(Number(minutes) * minuteMs),
  share: Number(share ?? 100),
  due: text(due) && words.moment(String(due)),
});
const said: Teller = (data) => ({ text: text(data.text), ticket: text(data.ticket) });

export const supplierTellers: Readonly<Record<string, Teller>> = {
  "supplier.asked": ({ opens }, { words }) => ({ opens: text(opens) && words.moment(String(opens)) }),
  "supplier.acknowledged": said,
  "supplier.ticketed": ({ was }) => ({ was: text(was) }),
  "supplier.working": said,
  "supplier.restored": said,
  "supplier.declined": said,
  "supplier.closed": said,
  "supplier.warned": measured,
  "supplier.missed": measured,
};
