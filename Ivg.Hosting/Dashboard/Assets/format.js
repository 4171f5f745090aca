const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export function clock(time, milliseconds = true) {
  const date = new Date(time);
  return CLOCK.format(date) + (milliseconds ? `.${String(date.getMilliseconds()).padStart(3, "0")}` : "");
}

export function duration(ms) {
  if (ms < 0.995) return `${Math.round(ms * 1000)} µs`;
  if (ms < 999.5) return `${digits(ms)} ms`;
  if (ms < 60_000) return `${digits(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  return `${Math.floor(ms / 3_600_000)} h ${Math.round((ms % 3_600_000) / 60_000)} min`;
}

export function bytes(count) {
  if (count < 1024) return `${count} B`;
  if (count < 1024 ** 2) return `${digits(count / 1024)} KiB`;
  if (count < 1024 ** 3) return `${digits(count / 1024 ** 2)} MiB`;
  return `${digits(count / 1024 ** 3)} GiB`;
}

/** Three digits that count. */
export function digits(value) {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** A measured value in its unit, UCUM as OpenTelemetry sends it. */
export function measured(value, unit) {
  if (value === null || value === undefined) return "–";
  if (unit === "s") return duration(value * 1000);
  if (unit === "ms") return duration(value);
  if (unit === "By") return bytes(value);
  const compact = Math.abs(value) >= 10_000 ? new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 }).format(value) : digits(value);
  const noun = /^\{(.*)\}$/.exec(unit ?? "")?.[1] ?? (unit === "1" ? "" : unit ?? "");
  return noun ? `${compact} ${noun}` : compact;
}

const COLOURS = 8;
const known = new Map();

/** The same colour for the same name, everywhere: in the order in which names are first heard of, the model's before all. */
export function colour(name) {
  if (!known.has(name)) known.set(name, known.size % COLOURS);
  return `c${known.get(name)}`;
}
