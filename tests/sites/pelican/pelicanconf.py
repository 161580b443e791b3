SITENAME = "Rain"
SITEURL = "https://pelican.example"
PATH = "content"
DEFAULT_LANG = "en"
