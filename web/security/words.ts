import { security } from "#languages/security.ts";
import { useMessages } from "../language/use-messages.ts";

export const useSecurityWords = () => useMessages(security);
export type Say = ReturnType<typeof useSecurityWords>["t"];
