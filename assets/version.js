// After an update of the server an open tab has the scripts of before, which do not fit what Python sends now. The page is
// loaded anew; whatever the reader has set stands in its address.

const PAUSE = 60_000; // Replicas of two versions would otherwise send a tab to and fro.
const VERSION = document.querySelector("script[data-version]")?.dataset.version;

// Whether these scripts are not those of ``version``; the page is then on its way out.
export function reloadIfOutdated(version) {
  if (version === VERSION) return false;
  try {
    if (Date.now() - Number(sessionStorage.getItem("nonlinear.renewed")) < PAUSE) return false;
    sessionStorage.setItem("nonlinear.renewed", Date.now());
  } catch {
    return false; // Where nothing can be remembered, it might never end.
  }
  location.reload();
  return true;
}
