package io.fleetward.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessUseTest {
  @Test
  void readsWhatAProcessUses() throws IOException {
    ProcessUse use = ProcessUse.of(ProcessHandle.current().pid());

    double told = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    assertThat(use.cpuMillis()).isBetween(told - 500, told + 10);
    assertThat(use.privateBytes()).isBetween(10e6, use.residentBytes());
  }

  @Test
  void aProcessThatEndedIsTold() {
    assertThatThrownBy(() -> ProcessUse.of(Integer.MAX_VALUE)).isInstanceOf(IOException.class);
  }
}
