// Pages for readers of Traditional characters: the server has converted what it drew; this converts what the awake page writes later,
// by a table made of the same converter (/traditional.json). What people typed is never touched, nor names and answers shown again
// (translate="no"). Loaded only when the page is read in Traditional, and before anything else has touched the page.
(() => {
  const READ = ["title", "alt", "aria-label", "placeholder", "data-th"];
  const OWN = '[translate="no"], textarea, script, style';
  const CHANGES = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: READ };
  // What is Traditional already, so that nothing is converted twice: 皇后 would become 皇後.
  const done = new WeakMap();
  const isDone = (node, name, text) => done.get(node)?.[name] === text;
  const mark = (node, name, text) => done.set(node, { ...done.get(node), [name]: text });

  // Calls back for every text and every attribute that is read, in and under a node.
  const each = (root, say) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) say(node, "data");
      else if (node.nodeType === Node.ELEMENT_NODE) READ.forEach((name) => node.hasAttribute(name) && say(node, name));
    }
  };
  const get = (node, name) => (name === "data" ? node.data : node.getAttribute(name));
  const set = (node, name, text) => (name === "data" ? (node.data = text) : node.setAttribute(name, text));

  const ready = fetch("/traditional.json")
    .then((answer) => answer.json())
    .then((table) => {
      const pieces = (text, size) => {
        const [all, map] = [[...text], new Map()];
        for (let i = 0; i < all.length; i += size) map.set(all.slice(i, i + size - 1).join(""), all[i + size - 1]);
        return map;
      };
      const [signs, words] = [pieces(table.signs, 2), pieces(table.words, 4)];
      return (text) => {
        const all = [...text];
        const at = (i) => (all[i] >= "\u4e00" && all[i] <= "\u9fff" ? all[i] : " ");
        return all.map((sign, i) => words.get(at(i - 1) + sign + at(i + 1)) ?? signs.get(sign) ?? sign).join("");
      };
    })
    // a page in Simplified characters is better than none
    .catch(() => (text) => text);

  each(document.documentElement, (node, name) => mark(node, name, get(node, name)));
  new MutationObserver(async (changes) => {
    const convert = await ready;
    const say = (node, name) => {
      const text = get(node, name);
      const holder = name === "data" ? node.parentElement : node;
      const own = name === "data" ? OWN : '[translate="no"]';
      if (text === null || isDone(node, name, text) || holder?.closest(own)) return;
      const seen = convert(text);
      mark(node, name, seen);
      if (seen !== text) set(node, name, seen);
    };
    for (const change of changes) {
      if (change.type === "characterData") say(change.target, "data");
      else if (change.type === "attributes") say(change.target, change.attributeName);
      else change.addedNodes.forEach((node) => each(node, say));
    }
  }).observe(document.documentElement, CHANGES);
})();
