const config: QuartzConfig = {
  configuration: { pageTitle: "Rain", locale: "en-US", baseUrl: "quartz.example/garden" },
};
