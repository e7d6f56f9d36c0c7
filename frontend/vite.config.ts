import { defineConfig } from "vite";

// Entries are named by their source in Django's templates; the manifest tells the hashed name of each.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/ejlas/web/ui/static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: true,
    target: "es2022",
    rollupOptions: {
      preserveEntrySignatures: "strict",
      input: ["src/site.ts", "src/account.ts", "src/desk.ts", "src/portal.ts", "src/pass.ts", "src/cards.ts", "src/gate.ts", "src/gate/worker.ts", "src/inspection.ts", "src/inspection/worker.ts", "src/theme/first.ts", "styles/site.css", "styles/account.css", "styles/desk.css", "styles/portal.css", "styles/pass.css", "styles/cards.css", "styles/gate.css", "styles/paper.css"],
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  // What wraps a token takes its time by purpose, and more of it on a machine with other work.
  test: { include: ["tests/**/*.test.ts"], testTimeout: 60_000 },
} as Parameters<typeof defineConfig>[0]);
