import { assistance } from "#languages/assistance.ts";
import { useMessages } from "../language/use-messages.ts";

export const useAssistanceWords = () => useMessages(assistance);
export type Say = ReturnType<typeof useAssistanceWords>["t"];
