// Takes the pictures of docs/desk.md: `npm run pictures -- FOLDER`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, pages } from "./desk.mjs";

const folder = process.argv[2] ?? "../../docs/desk";
mkdirSync(folder, { recursive: true });
const desk = await open({ withOwn: false });
const all = await pages(desk);
delete all["not-found"];
const take = async (name, path, options = {}) => {
  const context = await desk.browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  await page.goto(desk.address + path);
  if (options.print) await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
};
for (const [name, path] of Object.entries(all)) await take(name, path);
await take("claim-dark", all.claim, { colorScheme: "dark" });
await take("claims-phone", all.claims, { viewport: { width: 390, height: 844 } });
await take("document-print", all.document, { print: true, viewport: { width: 794, height: 1000 } });
await desk.close();
