import { defineConfig } from "vitepress";
export default defineConfig({ lang: "en", title: "Rain", sitemap: { hostname: "https://vitepress.example" } });
