// Starts the program on a case of its own, and a browser beside it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const PROGRAM = process.env.VERBALE ?? "verbale";
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";

// Words that would do harm if the desk took them for markup.
export const HOSTILE = `<script>window.harmed = 1</script><img src=x onerror="window.harmed = 2">`;

// A page whose marks would be shifted by anyone who counts characters in another unit than the one they were made in.
const SCRIPTS = `🚢🏴‍☠️ Порт Тарна закрыт, сообщает гавань

By Mira Holt
3 May 2031

The harbor office said 👩‍🚀 on Friday that 17 trawlers were held in the port of Тарн. "We count 🚢🚢 and hold 17 trawlers," the harbor master said.
`;

const HOSTILE_PAGE = `Minister ${HOSTILE} speaks

By Mira Holt
4 May 2031

The ministry said on Saturday that 12 trawlers ${HOSTILE} were held in the port of Tarn.
`;

function run(args) {
  const done = spawnSync(PROGRAM, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${PROGRAM} ${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

// The example pages of the demo, with two of our own if wanted, served on a free port.
export async function open({ withOwn = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "verbale-desk-"));
  const path = join(folder, "demo.verbale");
  run(["demo", "--case", path]);
  for (const [name, text] of withOwn ? [["scripts.txt", SCRIPTS], ["hostile.txt", HOSTILE_PAGE]] : []) {
    writeFileSync(join(folder, name), text);
    run(["add", path, join(folder, name)]);
  }
  const server = spawn(PROGRAM, ["serve", path, "--listen", "127.0.0.1:0", "--who", "Ada"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once("data", (data) => resolve(String(data).trim().replace(/\/$/, "")));
    server.once("exit", () => reject(new Error("the desk ended before it was open")));
  });
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return {
    address,
    browser,
    path,
    run,
    async close() {
      await browser.close();
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function json(desk, path) {
  const answer = await fetch(desk.address + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// One address of every page. The ledgers are made first, so that all pages have something to show.
export async function pages(desk) {
  let series = null;
  for (let i = 0; i < 100 && !series; i += 1) {
    const answer = await fetch(`${desk.address}/series.json?single=1`);
    if (answer.status === 200) series = (await answer.json()).series;
    else await new Promise((wake) => setTimeout(wake, 100));
  }
  const dated = series.filter((s) => s.ends);
  const chart = dated.find((s) => s.n > 2) ?? dated[0] ?? series[0];
  const claims = (await json(desk, "/claims.json?kind=figure&about=trawlers")).claims;
  const told = claims.find((c) => c.speaker && c.holds?.iso && /15|17/.test(c.summary)) ?? claims[0];
  const documents = (await json(desk, "/documents.json")).documents;
  const longest = documents.reduce((a, b) => (b.n_claims > a.n_claims ? b : a));
  const publishers = (await json(desk, "/publishers.json")).publishers;
  const entities = (await json(desk, "/entities.json")).entities;
  const conflicts = (await json(desk, "/conflicts.json")).conflicts;
  return {
    overview: "/",
    review: "/review",
    search: "/search?q=trawlers",
    claims: "/claims",
    claim: told.href,
    series: "/series",
    "one-series": chart.href,
    disagreements: "/conflicts",
    disagreement: conflicts[0][0].href,
    obligations: "/obligations",
    presence: "/presence",
    restrictions: "/restrictions",
    timeline: "/timeline",
    documents: "/documents",
    document: longest.href,
    publishers: "/publishers",
    publisher: publishers[0].href,
    entities: "/entities",
    ...(entities.length ? { entity: entities[0].href } : {}),
    brief: "/brief",
    accuracy: "/accuracy",
    "not-found": "/nowhere",
  };
}
