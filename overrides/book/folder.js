// In a folder there is no server to find a folder's index.html: links that scripts made (search results) get it when used.
document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a[href]")
  if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html"
}, true)
