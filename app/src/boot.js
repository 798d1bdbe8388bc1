const ok = [
  "AGFzbQEAAAABBAFgAAADAgEABQMBAAEKDgEMAEEAQQBBAPwKAAAL",
  "AGFzbQEAAAABBgFgAAJ/fwMCAQAKCAEGAEEAQQAL",
  "AGFzbQEAAAABBAFgAAADAgEACgcBBQDQcBoL",
  "AGFzbQEAAAABBAFgAAADAgEACgwBCgBDAAAAAPwAGgs=",
  "AGFzbQEAAAABBAFgAAADAgEACggBBgBBAMAaCw=="
].every((b) => typeof WebAssembly === "object" && WebAssembly.validate(Uint8Array.from(atob(b), (c) => c.charCodeAt(0))));
const wake = () => import("__JS__").then((m) => m.default({ module_or_path: "__WASM__" }).then(() => m.hydrate())).catch(() => {});
if (ok) "requestIdleCallback" in window ? requestIdleCallback(wake, { timeout: 3000 }) : setTimeout(wake, 200);
