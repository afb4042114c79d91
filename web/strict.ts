/** Must run before any schema is made: the content security policy forbids code made from text, which is how zod speeds
 *  itself up. vite.config.ts puts this file beside zod, so that no chunk can come before it. */
import { z } from "zod";

z.config({ jitless: true });
