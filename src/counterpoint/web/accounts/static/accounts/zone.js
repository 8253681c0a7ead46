// Sets a select of time zones to the browser's own, unless somebody chose already.

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const select of document.querySelectorAll("select[data-zone]")) {
  const known = [...select.options].some((option) => option.value === own);
  if (known && select.value === "UTC") select.value = own;
}
