// The table of all properties is sent light: each row brings one link, to the page of its function, and no curve. Here
// every cell gets the link of its row, and every name the small curve that the map has drawn already.

function completeRows() {
  for (const name of document.querySelectorAll(".nl-matrix tbody th a:not([data-complete])")) {
    const address = name.getAttribute("href");
    const curve = document.querySelector(`.nl-map a[href^="${address.split("?")[0]}?"] img`);
    if (curve) name.prepend(curve.cloneNode());
    for (const cell of name.closest("tr").querySelectorAll("td a")) cell.setAttribute("href", address);
    name.dataset.complete = "";
  }
}

new MutationObserver(completeRows).observe(document.getElementById("root"), { childList: true, subtree: true });
