// Hangs the behaviours of the portal on the page; site.ts brings those of every page.
import { attach as drafts } from "./drafts/keep";
import { attach as faults } from "./forms/faults";
import { attach as passport } from "./passport/camera";
import { attach as photo } from "./photo/field";

for (const attach of [faults, passport, photo, drafts]) attach(document);
