// Hangs the behaviour of the gate on its page; site.ts brings those of every page.
export {};
