// Hangs the walk of a round of inspection on its page.
import { attach } from "./inspection/page";

void attach(document);
