import { suppliers } from "#languages/suppliers.ts";
import { useMessages } from "../language/use-messages.ts";

export const useSupplierWords = () => useMessages(suppliers);
export type Say = ReturnType<typeof useSupplierWords>["t"];
