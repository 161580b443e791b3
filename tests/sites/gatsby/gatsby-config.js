module.exports = {
  siteMetadata: { title: `Rain`, siteUrl: `https://gatsby.example/` },
  plugins: [{ resolve: `gatsby-source-filesystem`, options: { path: `${__dirname}/content/blog` } }],
};
