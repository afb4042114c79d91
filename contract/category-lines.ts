/** Categories and domains as lists show them: what every page reads, without what a category asks. */
import { z } from "zod";
import { listing } from "./directory.ts";
import { category as categoryId } from "./shapes.ts";

export const categoryLine = z.object({
  id: categoryId,
  nameFr: z.string(),
  nameEn: z.string(),
  /** Words that speak for it in what people write. */
  keywords: z.object({ fr: z.array(z.string()), en: z.array(z.string()) }),
  /** No longer chosen; incidents that have it keep it. */
  retired: z.boolean(),
  /** Of what it asks; one more each time that it is published. */
  version: z.int(),
});
export const listCategories = listing("listCategories", "/api/v1/categories", categoryLine);

export const domain = z.object({ id: categoryId, nameFr: z.string(), nameEn: z.string(), retired: z.boolean() });
export const listDomains = listing("listDomains", "/api/v1/domains", domain);
