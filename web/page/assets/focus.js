;document.addEventListener("htmx:after:swap", () => {
  // What had the focus is gone, as the link of the last part of a question is.
  if (!document.activeElement || document.activeElement === document.body) document.getElementById("found")?.focus({preventScroll: true})
})
