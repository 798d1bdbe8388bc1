// Pages for readers of Traditional characters: the server has converted what it drew; this converts what the awake page writes later,
// by the same table (/traditional.json). Nothing a person types is ever touched. Loaded only when the page is read in Traditional.
(async () => {
  const answer = await fetch("/traditional.json");
  if (!answer.ok) return;
  const { words, signs } = await answer.json();
  const known = new Map();
  for (const word of words) {
    const first = word[0][0];
    if (known.has(first)) known.get(first).push(word);
    else known.set(first, [word]);
  }
  const convert = (text) => {
    let seen = "";
    for (let i = 0; i < text.length; ) {
      const word = known.get(text[i])?.find(([from]) => text.startsWith(from, i));
      seen += word ? word[1] : (signs[text[i]] ?? text[i]);
      i += word ? word[0].length : 1;
    }
    return seen;
  };
  const read = ["title", "alt", "aria-label", "placeholder"];
  const text = (node) => {
    if (["TEXTAREA", "SCRIPT", "STYLE"].includes(node.parentNode?.nodeName)) return;
    const seen = convert(node.data);
    // writing what is there already would call us again for ever
    if (seen !== node.data) node.data = seen;
  };
  const attribute = (element, name) => {
    const value = element.getAttribute(name);
    if (value === null) return;
    const seen = convert(value);
    if (seen !== value) element.setAttribute(name, seen);
  };
  const whole = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return text(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) text(node);
      else read.forEach((name) => attribute(node, name));
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") text(change.target);
      else if (change.type === "attributes") attribute(change.target, change.attributeName);
      else change.addedNodes.forEach(whole);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: read,
  });
  whole(document.documentElement);
})();
