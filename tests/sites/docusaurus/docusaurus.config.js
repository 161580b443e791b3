module.exports = {
  title: "Rain",
  url: "https://docusaurus.example",
  baseUrl: "/weather/",
  i18n: { defaultLocale: "en", locales: ["en"] },
};
