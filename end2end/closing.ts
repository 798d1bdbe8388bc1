// The last word of a run: each failure once more in a few lines, below the long report, where a log that is cut off still shows it.
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const LINES = 14;

class Closing implements Reporter {
  private readonly failures: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === 'skipped') return;
    const [error] = result.errors;
    const told = (error?.message ?? error?.value ?? result.status).replace(/\u001b\[[0-9;]*m/g, '').split('\n').slice(0, LINES);
    const { file, line } = error?.location ?? test.location;
    this.failures.push([`✗ ${test.titlePath().filter(Boolean).join(' › ')}`, `  ${file.split('/').pop()}:${line}`, ...told.map((each) => `  ${each}`)].join('\n'));
  }

  onEnd(result: FullResult): void {
    for (const failure of this.failures) console.log(failure);
    console.log(`browser tests: ${result.status}, ${Math.round(result.duration / 1000)} s`);
  }
}

export default Closing;
