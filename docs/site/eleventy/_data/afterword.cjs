// Reads data/afterword/<lang>/*.json, which `afterword export --site .` writes, for afterword.njk.
const fs = require("node:fs");
const path = require("node:path");

const FOLDER = path.join("data", "afterword"); // below the folder in which Eleventy is started

function readAll() {
  if (!fs.existsSync(FOLDER)) return [];
  return fs
    .readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => fs.readdirSync(path.join(FOLDER, name)).map((file) => path.join(FOLDER, name, file)))
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(fs.readFileSync(file, "utf8")));
}

module.exports = () => {
  const posts = readAll();
  const pathOf = (post) => (post.url || "").replace(/^https?:\/\/[^/]*/, "");
  return {
    // The post with this slug; if there is none, the one whose address is that of the page.
    find: (lang, slug, url) =>
      posts.find((post) => post.lang === lang.toLowerCase() && post.post === String(slug).toLowerCase()) ||
      posts.find((post) => post.url && pathOf(post) === encodeURI(url)),
  };
};
