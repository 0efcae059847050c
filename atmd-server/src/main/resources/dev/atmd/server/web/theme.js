// Before the first paint, so that nothing flashes. Not a module: those wait for the page.
const chosen = localStorage.getItem('theme');
if (chosen === 'light' || chosen === 'dark') {
  document.documentElement.dataset.theme = chosen;
}
