// Hangs the behaviour of the gate on its page; site.ts brings those of every page.
import { attach as gate } from "./gate/page";

gate(document);
