// Hangs the behaviours of the portal on the page; site.ts brings those of every page.
import { attach as passport } from "./passport/camera";
import { attach as photo } from "./photo/field";

for (const attach of [passport, photo]) attach(document);
