import { obligationPages } from "#languages/obligation-pages.ts";
import { useMessages } from "../language/use-messages.ts";

export const useObligationWords = () => useMessages(obligationPages);
export type Say = ReturnType<typeof useObligationWords>["t"];
