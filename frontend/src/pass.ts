// Hangs the behaviours of the pass on a telephone on its page.
import { attach as fresh } from "./passes/fresh";

fresh(document);
