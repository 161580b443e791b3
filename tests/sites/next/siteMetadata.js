export const siteMetadata = { title: "Rain", siteUrl: "https://next.example" };
