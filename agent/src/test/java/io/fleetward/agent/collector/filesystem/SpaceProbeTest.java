package io.fleetward.agent.collector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.linux.MountSpace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SpaceProbeTest {
  private static final MountSpace SPACE = new MountSpace(1, 1, 1, 1, 1, false);

  private final CountDownLatch release = new CountDownLatch(1);
  private final SpaceProbe probe = new SpaceProbe(this::ask, Duration.ofMillis(100));

  private MountSpace ask(String path) throws IOException {
    try {
      if (path.equals("/hung") && !release.await(15, TimeUnit.SECONDS)) {
        throw new IOException("never released");
      }
      return SPACE;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void oneThatHangsHoldsUpNoOther() {
    assertThat(probe.space("/hung")).isEmpty();
    assertThat(probe.space("/")).contains(SPACE);
    assertThat(probe.hanging()).containsExactly("/hung");
  }

  @Test
  void oneThatHangsIsAskedAgainOnlyAfterItHasAnswered() {
    assertThat(probe.space("/hung")).isEmpty();
    long start = System.nanoTime();
    assertThat(probe.space("/hung")).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(90));

    release.countDown();
    while (!probe.hanging().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(probe.space("/hung")).contains(SPACE);
  }
}
