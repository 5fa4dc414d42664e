package io.fleetward.service.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class CpuBudgetTest {
  @Test
  void workTakesNoMoreThanItsShare() {
    CpuBudget budget = new CpuBudget(20);
    long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long nanos = System.nanoTime();
    budget.begin();
    double sum = 0;
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 20_000; j++) {
        sum += Math.sin(j + sum);
      }
      budget.rest();
    }
    double share =
        (double) (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used)
            / (System.nanoTime() - nanos);

    assertThat(sum).isNotNaN();
    assertThat(share).isLessThan(0.3);
  }

  @Test
  void workEndsAtItsNextRest() {
    CpuBudget budget = new CpuBudget(1);
    budget.begin();
    budget.end();
    double sum = 0;
    for (int j = 0; j < 2_000_000; j++) {
      sum += Math.sin(j + sum);
    }

    assertThat(sum).isNotNaN();
    assertThatThrownBy(budget::rest).isInstanceOf(CpuBudget.EndedException.class);
  }
}
