// Hangs the designer of cards on its page.
import { attach as designer } from "./cards/designer";

designer(document);
