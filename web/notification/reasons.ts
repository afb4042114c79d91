import type { Words } from "../language/words.tsx";

/** What a channel answered, or a code of ours in words. */
export const reasonFor = ({ find }: Words, error: string): string => find(`reason.unreachable.${error}`) ?? error;
