/** How what is to be done is attempted: at least once, under a lease, less and less often, not for ever. Here, so that a
 *  drill waits exactly as long as the server does. */

/** A dead node's work is taken over after this. */
export const leaseMs = 15_000;
export const attemptsMax = 6;

/** A page that fails must fail soon enough for the next person to be called. */
const backOffSeconds = [2, 5, 15, 30, 60];

/** After this attempt, until the next. `askedMs`: what the receiver asked for. */
export const waitAfterAttempt = (attempts: number, askedMs = 0): number =>
  Math.max((backOffSeconds[attempts - 1] ?? 60) * 1_000, askedMs);
