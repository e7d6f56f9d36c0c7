// Hangs every behaviour of the public site on the page.
import * as filters from "./filters/submit";
import * as menus from "./menus/menu";
import * as now from "./now/highlight";
import * as theme from "./theme/choice";

for (const behaviour of [theme, menus, filters, now]) behaviour.attach(document);
