/** The minutes of a policy drawn to scale, as far as a page allows: a step that would be too low or too high is held to a
 *  bound, and its ruler says that it is not to scale. */
export type Drawn = {
  /** Minutes from the first call. */
  readonly at: number;
  readonly heightPx: number;
  /** Between two marks of one minute, or of more when minutes would touch. */
  readonly markPx: number;
  readonly toScale: boolean;
};

const lowestPx = 84;
const highestPx = 248;
const perMinuteMax = 17;
const marksApartPx = 7;

export function drawn(timeouts: readonly number[]): Drawn[] {
  const perMinute = Math.min(perMinuteMax, lowestPx / Math.min(...timeouts.filter((minutes) => minutes > 0)));
  let at = 0;
  return timeouts.map((minutes) => {
    /* What is not waited for has room for its sentence all the same. */
    if (minutes === 0) return { at, heightPx: lowestPx, markPx: lowestPx, toScale: false };
    const wanted = minutes * perMinute;
    const heightPx = Math.round(Math.min(highestPx, Math.max(lowestPx, wanted)));
    const step = [1, 5, 15, 60, 240].find((each) => (heightPx / minutes) * each >= marksApartPx) ?? 240;
    const one = { at, heightPx, markPx: (heightPx / minutes) * step, toScale: Math.abs(heightPx - wanted) < 1 };
    at += minutes;
    return one;
  });
}
