import { contributor } from "#languages/contributor.ts";
import { useMessages } from "../language/use-messages.ts";

export const useContributorWords = () => useMessages(contributor);
export type Say = ReturnType<typeof useContributorWords>["t"];
