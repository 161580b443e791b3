export default { title: "Rain", url: "https://eleventy.example/", language: "en" };
