// Passkeys: asks the browser for one, puts its answer into the form, sends the form.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const readied = (given) => {
  const options = structuredClone(given.publicKey);
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    for (const row of options[list] ?? []) row.id = toBytes(row.id);
  }
  return options;
};

const written = (found) => {
  const response = { clientDataJSON: toText(found.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[part]) response[part] = toText(found.response[part]);
  }
  return JSON.stringify({
    id: found.id,
    rawId: toText(found.rawId),
    type: found.type,
    authenticatorAttachment: found.authenticatorAttachment,
    clientExtensionResults: found.getClientExtensionResults(),
    response,
  });
};

for (const button of document.querySelectorAll("[data-passkey]")) {
  const { form } = button;
  const note = form.querySelector("[data-passkey-note]");
  if (!window.PublicKeyCredential) continue;
  button.hidden = false;
  if (note) note.hidden = true;
  button.addEventListener("click", async () => {
    const publicKey = readied(JSON.parse(button.dataset.passkey));
    try {
      const found = button.dataset.make
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
      form.elements.credential.value = written(found);
      form.noValidate = "code" in form.elements;
      form.submit();
    } catch {
      if (note) {
        note.textContent = note.dataset.passkeyNote;
        note.hidden = false;
      }
    }
  });
}
