// Before the page is drawn, so that it does not flash in the wrong colours.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: the system's colours then.
}
