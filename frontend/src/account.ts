// Hangs the behaviours of signing in on the page; site.ts brings those of every page.
import { attach as faults } from "./forms/faults";
import { attach as passkeys } from "./passkeys/form";

for (const attach of [faults, passkeys]) attach(document);
