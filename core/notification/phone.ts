/** Telephone numbers, in the one form that every provider takes (E.164), however people write them. */

const written = /^(?:\+|00)?[\d\s().\u00a0\u202f-]+$/;
const international = /^\+[1-9]\d{6,14}$/;

/** Null for what is no number with its country. */
export function phoneOf(text: string): string | null {
  const trimmed = text.trim();
  if (!written.test(trimmed)) return null;
  const figures = trimmed.replace(/^00/, "+").replaceAll(/[^\d+]/g, "");
  return international.test(figures) ? figures : null;
}

/** Enough to tell which: the country's beginning and the last two figures. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}…${phone.slice(-2)}`;
