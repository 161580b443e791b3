// Times as Discord writes them, in the locale of whoever is looking.

let locale = "en-GB";

export const setLocale = (name) => { locale = name; };

const EPOCH = 1420070400000n;
export const timeOf = (id) => new Date(Number((BigInt(id) >> 22n) + EPOCH));

const made = new Map(); // making a format takes a hundred times as long as using it

function maker(name, options) {
  const key = name + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(name, options));
  return made.get(key);
}

function format(date, options) {
  if (Number.isNaN(date.getTime())) return "no time";
  try {
    return maker(locale, options).format(date);
  } catch {
    return maker("en-GB", options).format(date);
  }
}

export const clock = (date) => format(date, { hour: "2-digit", minute: "2-digit" });
export const dayOf = (date) => format(date, { day: "numeric", month: "long", year: "numeric" });
export const whole = (date) => format(date, { dateStyle: "full", timeStyle: "short" });
export const sameDay = (one, other) => one.toDateString() === other.toDateString();

export function short(date) {
  return sameDay(date, new Date()) ? clock(date) : format(date, { dateStyle: "short", timeStyle: "short" });
}

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export function relative(date) {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

// The styles of <t:...>, as discord.com documents them.
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};

export function styled(date, style) {
  return style === "R" ? relative(date) : format(date, STYLES[style] ?? STYLES.f);
}
