// The articles that `explore` puts into the page: [{name, title, outlet, date, text}], each a string; none elsewhere.
function articlesGiven() {
  const block = document.getElementById("articles-given");
  return block ? JSON.parse(block.textContent) : [];
}
