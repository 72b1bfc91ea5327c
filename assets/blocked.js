// Where no connection comes about, the page says so and shows what needs none (assets/shell.css); it stops as soon as the
// heading of the live page is there.
setTimeout(() => document.documentElement.classList.add("cut"), 8000);
