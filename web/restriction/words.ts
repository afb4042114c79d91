import { restriction } from "#languages/restriction.ts";
import { useMessages } from "../language/use-messages.ts";

export const useRestrictionWords = () => useMessages(restriction);
