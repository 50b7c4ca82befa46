// The desk in a real browser. Run by `.ci/run`; see README.md beside this file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { HOSTILE, json, open, pages } from "./desk.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let desk;
let all;

before(async () => {
  desk = await open();
  all = await pages(desk);
});

after(() => desk?.close());

// How many claims are decided. The overview may show an older count for a moment.
async function decided(expected) {
  for (let i = 0; ; i += 1) {
    const { counts } = await json(desk, "/overview.json");
    if (counts && (expected === undefined || counts.n_decided === expected || i === 50)) return counts.n_decided;
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

// A page in a browser of its own; what the page complains about fails the test that opened it.
async function visit(path, options = {}) {
  const context = await desk.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/404|status of 4/.test(message.text())) page.faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(desk.address)) page.faults.push(`asks for ${request.url()}`);
  });
  await page.goto(desk.address + path);
  return page;
}

// The policy forbids scripts of others, so the rules are run from outside the page's world.
async function violations(page, rules) {
  const client = await page.context().newCDPSession(page);
  const { frameTree } = await client.send("Page.getFrameTree");
  const world = await client.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const contextId = world.executionContextId;
  await client.send("Runtime.evaluate", { expression: AXE, contextId });
  const { result, exceptionDetails } = await client.send("Runtime.evaluate", {
    expression: `axe.run(document, ${JSON.stringify({ resultTypes: ["violations"], ...rules })})
      .then((r) => JSON.stringify(r.violations))`,
    awaitPromise: true,
    returnByValue: true,
    contextId,
  });
  assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
  return JSON.parse(result.value).map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
}

// In dark mode only colors differ, and on a phone places and sizes.
const WAYS = [
  [{}, {}],
  [{ colorScheme: "dark" }, { runOnly: ["color-contrast"] }],
  [{ viewport: { width: 390, height: 844 } }, { runOnly: ["target-size", "scrollable-region-focusable"] }],
];

for (const [way, rules] of WAYS) {
  test(`every page passes the accessibility rules ${JSON.stringify(way)}`, async () => {
    for (const [name, path] of [...Object.entries(all), ["the brief itself", "/brief/brief.html"]]) {
      const page = await visit(path, way);
      await page.locator("details").evaluateAll((parts) => parts.forEach((part) => { part.open = true; }));
      assert.deepEqual(await violations(page, rules), [], name);
      assert.deepEqual(page.faults, [], name);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${name} is ${wider} pixels too wide`);
      await page.context().close();
    }
  });
}

test("claims are reviewed with the keyboard alone", async () => {
  const page = await visit("/review");
  const claim = () => page.locator(".review h2").innerText();
  const before = await decided();
  const first = await claim();
  await page.keyboard.press("a");
  await page.waitForURL(/done=Accepted/);
  assert.equal(await decided(before + 1), before + 1);
  const second = await page.locator(".review input[name=claim]").inputValue();
  await page.keyboard.press("s");
  await page.waitForURL(/after=clm_/);
  assert.notEqual(await page.locator(".review input[name=claim]").inputValue(), second);
  await page.keyboard.press("r");
  await page.waitForURL(/done=Rejected/);
  assert.equal(await decided(before + 2), before + 2);
  await page.keyboard.press("u");
  await page.waitForURL(/done=Undone/);
  assert.equal(await decided(before + 1), before + 1);
  await page.keyboard.press("e");
  assert.equal(await page.evaluate(() => document.activeElement.id), "field");
  // A letter that is typed into a field decides nothing.
  await page.locator("#value").focus();
  await page.keyboard.type("area");
  assert.equal(await decided(before + 1), before + 1);
  assert.ok(first.length > 0);
  assert.deepEqual(page.faults, []);
});

test("every control is reached with the Tab key and shows that it is", async () => {
  const page = await visit("/review");
  const reached = new Set();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body) return null;
      const style = getComputedStyle(e);
      return { what: e.textContent.trim() || e.name, outline: style.outlineStyle };
    });
    if (!at) break;
    assert.notEqual(at.outline, "none", at.what);
    reached.add(at.what);
  }
  for (const what of ["Accepta", "Rejecta", "Skips"]) {
    const wanted = what.replace(/a$/, "");
    assert.ok([...reached].some((r) => r.startsWith(wanted)), `${wanted}: ${[...reached].join(", ")}`);
  }
});

// From the overview to a claim decided on and a brief that says so, as it would be printed.
async function reviewAndPrint(press) {
  const page = await visit("/");
  const before = await decided();
  await press(page, "Review");
  await page.waitForURL(/\/review/);
  await press(page, "Accept");
  await page.waitForURL(/done=Accepted/);
  await press(page, "Brief");
  await page.waitForURL(/\/brief$/);
  await press(page, "Open, to read or print");
  await page.waitForURL(/brief\.html/);
  assert.equal(await decided(before + 1), before + 1);
  assert.match(await page.locator("header").innerText(), /in the journal/);
  assert.ok(await page.locator("a[href^='#']").count() > 20, "notes");
  const paper = await page.pdf({ format: "A4" });
  assert.equal(paper.subarray(0, 5).toString(), "%PDF-");
  assert.ok(paper.toString("latin1").match(/\/Type \/Page\b/g).length > 3);
  assert.deepEqual(page.faults, []);
}

test("a reviewed brief is made and printed with the mouse alone", () =>
  reviewAndPrint((page, name) =>
    page.getByRole(/^(Accept|Open)/.test(name) ? "button" : "link", { name: new RegExp(`^${name}`) }).first().click()));

test("a reviewed brief is made and printed with the keyboard alone", () =>
  reviewAndPrint(async (page, name) => {
    for (let i = 0; i < 200; i += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => document.activeElement.textContent.trim());
      if (at.startsWith(name)) {
        await page.keyboard.press("Enter");
        return;
      }
    }
    assert.fail(`the Tab key does not reach ${name}`);
  }));

test("marks fall on the right words after emoji and Cyrillic", async () => {
  const { claims } = await json(desk, "/claims.json?about=trawlers&publisher=");
  const documents = (await json(desk, "/documents.json")).documents;
  const page = documents.find((d) => d.title.includes("Порт"));
  assert.ok(page, "the page with emoji is in the case");
  const twin = await json(desk, `${page.href}.json`);
  assert.ok(twin.claims.length > 0 && claims.length > 0);
  const shown = await visit(page.href);
  for (const claim of twin.claims) {
    const words = await shown.evaluate((href) => [...document.querySelectorAll(`.text a.mark[href="${href}"]`)]
      .map((a) => a.textContent).join(""), claim.href);
    // Words under a shorter mark lead to that one, so the longer mark may lose some of its own.
    assert.ok(claim.quote.includes(words) || words === claim.quote, `${words} in ${claim.quote}`);
  }
  const words = await shown.locator(".text a.mark").allInnerTexts();
  assert.ok(words.some((w) => w.includes("17 trawlers")), words.join(" | "));
});

test("a claim's mark is the claim's quote", async () => {
  const { claims } = await json(desk, "/claims.json");
  for (const claim of claims.slice(0, 12)) {
    const page = await visit(claim.href);
    assert.equal((await page.locator(".words mark").allInnerTexts()).join("").trim(), claim.quote.trim());
    await page.context().close();
  }
});

test("every page works without script", async () => {
  for (const [name, path] of Object.entries(all)) {
    const page = await visit(path, { javaScriptEnabled: false });
    assert.equal(await page.locator("h1").count(), 1, name);
    await page.context().close();
  }
  const page = await visit("/review", { javaScriptEnabled: false });
  const before = await decided();
  await page.locator("button.accept").click();
  await page.waitForURL(/done=Accepted/);
  assert.equal(await decided(before + 1), before + 1);
  await page.locator(".notice button").click();
  await page.waitForURL(/done=Undone/);
  assert.equal(await decided(before), before);
  await page.goto(`${desk.address}/search`);
  await page.locator("#q").fill("trawlers");
  await page.locator(".search button").click();
  assert.ok(await page.locator(".hits li").count() > 0);
});

test("words of hostile pages stay words", async () => {
  const documents = (await json(desk, "/documents.json")).documents;
  const hostile = documents.find((d) => d.title.includes("Minister"));
  assert.ok(hostile, "the hostile page is in the case");
  const twin = await json(desk, `${hostile.href}.json`);
  const paths = [hostile.href, "/documents", "/search?q=harmed", `/search?q=${encodeURIComponent(HOSTILE)}`,
    `/claims?speaker=${encodeURIComponent(HOSTILE)}`, ...twin.claims.map((c) => c.href)];
  for (const path of paths) {
    const page = await visit(path);
    await page.waitForLoadState("networkidle");
    assert.equal(await page.evaluate(() => window.harmed), undefined, path);
    assert.equal(await page.locator("main img, main script").count(), 0, path);
    assert.deepEqual(page.faults, [], path);
    await page.context().close();
  }
  const page = await visit(hostile.href);
  assert.ok((await page.locator("main").innerText()).includes("<script>window.harmed = 1</script>"));
});

test("inline script is refused by the policy", async () => {
  const page = await visit("/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.harmed = 3";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => window.harmed), undefined);
});

test("search answers while words are typed", async () => {
  const page = await visit("/search");
  await page.keyboard.press("/");
  await page.keyboard.type("trawl*");
  await page.waitForSelector(".hits li");
  assert.match(page.url(), /q=trawl/);
  assert.ok(await page.locator(".hits mark").count() > 0);
  assert.deepEqual(page.faults, []);
});

test("a mark of a chart leads to its words with the keyboard", async () => {
  const page = await visit(all["one-series"]);
  const mark = page.locator("figure.chart svg a").first();
  await mark.focus();
  assert.match(await mark.getAttribute("aria-label"), /\d/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/claim\/clm_/);
  assert.ok(await page.locator(".words mark").count() > 0);
});

test("paper shows the content and nothing to press", async () => {
  const page = await visit(all.claim);
  await page.emulateMedia({ media: "print" });
  for (const what of [".parts", ".find", ".decide", ".foot"]) {
    assert.equal(await page.locator(what).first().isVisible(), false, what);
  }
  assert.ok(await page.locator(".words mark").first().isVisible());
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(paper, "rgb(255, 255, 255)");
});

test("dark mode is dark", async () => {
  const ink = async (colorScheme) => {
    const page = await visit("/", { colorScheme });
    return page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  };
  assert.ok(Math.max(...(await ink("dark"))) < 64);
  assert.ok(Math.min(...(await ink("light"))) > 192);
});

test("a form of another page changes nothing", async () => {
  const before = await decided();
  const page = await visit("/review");
  const claim = await page.locator(".review input[name=claim]").inputValue();
  const other = await page.context().newPage();
  await other.setContent(`<form method="post" action="${desk.address}/decide">
    <input name="claim" value="${claim}"><input name="act" value="accept"><input name="who" value="Eve">
    <button>send</button></form>`);
  await other.locator("button").click();
  await other.waitForLoadState();
  assert.equal(await decided(before), before);
});
