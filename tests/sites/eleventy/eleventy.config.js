export default function (config) {}
export const config = { dir: { input: "content", includes: "../_includes", output: "_site" } };
