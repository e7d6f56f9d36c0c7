// Hangs the behaviours of the desk on the page; site.ts brings those of every page.
import * as drafts from "./drafts/keep";
import { attach as faults } from "./forms/faults";
import * as finding from "./finding/palette";
import * as naming from "./naming/suggest";
import { attach as arrows } from "./passes/arrows";
import * as picking from "./picking/rows";
import { attach as streams } from "./picking/streams";
import { attach as board } from "./plan/board";
import { attach as progress } from "./plan/progress";
import { attach as unfit } from "./plan/unfit";
import { attach as part } from "./readiness/part";
import { attach as wait } from "./readiness/wait";
import * as rooms from "./rooms/fold";
import { attach as signature } from "./signature/pad";
import { attach as watching } from "./watching/refresh";

for (const attach of [faults, finding.attach, naming.attach, picking.attach, streams, drafts.attach, rooms.attach, board, progress, unfit, arrows, signature, watching, part, wait]) attach(document);
// The chart of a plan is much code for one page.
if (document.querySelector("[data-gantt]")) void import("./readiness/chart").then(({ attach }) => attach(document));
