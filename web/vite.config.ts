import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Preloads the one font file that every page needs; the others load by unicode range when a name asks for them. */
const preloadLatinFont: Plugin = {
  name: 'preload-latin-font',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const latin = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file));
      if (latin === undefined) throw new Error('The latin font file is not in the bundle, so it cannot be preloaded.');
      const attrs = { rel: 'preload', href: `/${latin}`, as: 'font', type: 'font/woff2', crossorigin: '' };
      return { html, tags: [{ tag: 'link', attrs, injectTo: 'head-prepend' as const }] };
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  publicDir: 'shell/public',
  plugins: [react(), preloadLatinFont],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: { port: 4601, proxy: { '/api': 'http://localhost:4600' } },
});
