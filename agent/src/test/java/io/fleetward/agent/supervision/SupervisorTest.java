package io.fleetward.agent.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupervisorTest {
  private final List<String> notices = new ArrayList<>();

  @Test
  void tellsWhatHappens() {
    Supervisor supervisor = new Supervisor(notices::add, Duration.ofSeconds(30));
    supervisor.ready();
    supervisor.alive();
    supervisor.reloading();
    supervisor.reloaded("no\nluck");
    supervisor.stopping();

    assertThat(notices.get(2)).matches("RELOADING=1\nMONOTONIC_USEC=[0-9]+");
    notices.remove(2);
    assertThat(notices)
        .containsExactly(
            "READY=1\nSTATUS=Collecting",
            "WATCHDOG=1",
            "READY=1\nSTATUS=no luck",
            "STOPPING=1\nSTATUS=Stopping");
    assertThat(supervisor.pulse()).contains(Duration.ofSeconds(10));
  }

  @Test
  void isSilentWhereNobodyWaits() {
    Supervisor supervisor = new Supervisor(notices::add, Duration.ZERO);
    supervisor.alive();

    assertThat(notices).isEmpty();
    assertThat(supervisor.pulse()).isEmpty();
  }

  @Test
  void readsTheWatchdogFromTheEnvironment() {
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "42");

    assertThat(Supervisor.of(environment, 42).pulse()).contains(Duration.ofSeconds(1));
    assertThat(Supervisor.of(environment, 43).pulse()).as("another is meant").isEmpty();
    assertThat(Supervisor.of(Map.of("NOTIFY_SOCKET", "vsock:2:1"), 42).pulse()).isEmpty();
    assertThat(Supervisor.of(Map.of("WATCHDOG_USEC", "1"), 42).pulse()).isEmpty();
  }
}
