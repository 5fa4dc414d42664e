package io.fleetward.agent.collector.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitBudgetTest {
  @Test
  void countsWhatItDoesNotAllow() {
    UnitBudget budget = new UnitBudget(2);
    budget.begin();

    assertThat(budget.allowsOneMore()).isTrue();
    assertThat(budget.allowsOneMore()).isTrue();
    assertThat(budget.allowsOneMore()).isFalse();
    assertThat(budget.leftOut()).isEqualTo(1);
    budget.begin();
    assertThat(budget.leftOut()).isZero();
    assertThat(budget.allowsOneMore()).isTrue();
  }
}
