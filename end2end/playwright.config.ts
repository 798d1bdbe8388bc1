// How the browser tests run. Started by setup/e2e, which chooses the port and the folder and names them in the environment.
import { defineConfig } from '@playwright/test';

const { PUBLIC_URL, TONGBAN_BIN, TONGBAN_CHROMIUM, CI } = process.env;
if (!PUBLIC_URL || !TONGBAN_BIN) throw new Error('start the browser tests with: make e2e SPEC=tests/….spec.ts');

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export default defineConfig({
  testDir: 'tests',
  // one hall, one database: what a test changes, the next one sees. Tests make their own cases and never count all of them.
  workers: 1,
  retries: 0,
  forbidOnly: !!CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./closing.ts']],
  use: {
    baseURL: PUBLIC_URL,
    // nothing on a page takes longer to be pressed; without it a control that is not there costs the whole test's time
    actionTimeout: 15_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: TONGBAN_CHROMIUM || '/usr/bin/chromium',
      // no talk with its maker's hosts: slow where the network is closed, and nobody's business where it is open
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
  // A test runs on desktop and phone unless its title carries @desktop or @phone; with @nojs it runs without JavaScript as well.
  projects: [
    { name: 'desktop', grepInvert: /@phone/, use: { viewport: { width: 1280, height: 900 } } },
    { name: 'phone', grepInvert: /@desktop/, use: phone },
    { name: 'nojs', grep: /@nojs/, use: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false } },
  ],
  webServer: {
    command: `exec '${TONGBAN_BIN}' serve`,
    url: `${PUBLIC_URL}/readyz`,
    reuseExistingServer: false,
    timeout: 120_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
