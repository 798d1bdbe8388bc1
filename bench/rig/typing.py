"""A browser that opens a page of a form and types into it: when something is seen, and how long each keystroke takes."""

import json
import subprocess

from . import places

SCRIPT = """
const { chromium } = require(process.argv[2] + '/playwright');
(async () => {
  const [, , , chromiumPath, url, cookie, ready, boxes, slower, turns, drawn] = process.argv;
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-background-networking'] });
  const context = await browser.newContext();
  if (cookie) {
    const [name, value] = cookie.split('=');
    await context.addCookies([{ name, value, url: new URL(url).origin }]);
  }
  const page = await context.newPage();
  // files of the page are in the browser's store, as for somebody who has been here before
  await page.goto(url);
  await page.waitForSelector(ready, { timeout: 120000, state: 'attached' });
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: Number(slower) });
  await page.reload();
  await page.waitForSelector(ready, { timeout: 120000, state: 'attached' });
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  const took = await page.evaluate(async ([boxes, turns, drawn]) => {
    // entries that are filled in are folded: open, so that what is typed is drawn
    document.querySelectorAll('details').forEach((folded) => { folded.open = true; });
    const all = [...document.querySelectorAll(boxes)];
    if (!all.length) throw new Error('no boxes');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const took = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const box = all[(turn * 7) % all.length];
      if (document.activeElement !== box) box.focus();
      const text = box.value + '字';
      const began = performance.now();
      box.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: '字' }));
      set.call(box, text);
      box.dispatchEvent(new InputEvent('input', { bubbles: true, data: '字' }));
      box.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true, key: '字' }));
      // effects of the rules run after the handler, before anything is drawn
      if (drawn) await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
      took.push(performance.now() - began);
    }
    return took;
  }, [boxes, Number(turns), drawn === 'drawn']);
  console.log(JSON.stringify({ paint, took }));
  await browser.close();
})();
"""


# Boxes of one line of our own forms.
OURS = "form input[type=text][name^='f.'], form input:not([type])[name^='f.']"
AWAKE = "html[data-hydrated]"


class Typed:
    """Milliseconds until something was seen, and of each keystroke until it was drawn, sorted."""

    def __init__(self, paint, took):
        self.paint, self.took = paint, took

    def at(self, part):
        return self.took[int(len(self.took) * part)]

    def told(self):
        return f"median {self.at(0.5):.1f} ms, slowest {self.took[-1]:.1f} ms of {len(self.took)} keystrokes"


def type_into(folder, url, ready, boxes, cookie="", slower=1, turns=120, drawn=True):
    """Opens the page twice, as somebody who comes back, and types; the first twenty keystrokes are the browser warming up.
    Each is measured until it is drawn, or, without `drawn`, until its rules are done."""
    script = folder / "typing.js"
    script.write_text(SCRIPT)
    words = [places.HOUSE / "end2end/node_modules", places.CHROMIUM, url, cookie, ready, boxes, str(slower), str(turns), "drawn" if drawn else ""]
    done = subprocess.run(["node", script, *words], capture_output=True, text=True, timeout=400)
    if done.returncode:
        raise SystemExit(f"✗ the browser: {done.stderr[-800:]}")
    found = json.loads(done.stdout)
    return Typed(found["paint"], sorted(found["took"][20:]))
