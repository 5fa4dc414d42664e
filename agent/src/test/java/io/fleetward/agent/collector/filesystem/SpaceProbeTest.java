package io.fleetward.agent.collector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.collector.filesystem.FilesystemFixtures.FixedSpace;
import io.fleetward.agent.linux.MountSpace;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SpaceProbeTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final SpaceProbe probe = new SpaceProbe(Duration.ofMillis(100));
  private final MountSpace hung = new FixedSpace("/hung", _ -> hasBeenReleased());
  private final MountSpace root = new FixedSpace("/", _ -> true);
  private final MountSpace broken = new FixedSpace("/broken", _ -> false);

  private boolean hasBeenReleased() {
    try {
      return release.await(15, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }

  @Test
  void oneThatHangsHoldsUpNoOther() {
    assertThat(probe.reads(hung)).isFalse();
    assertThat(probe.reads(root)).isTrue();
    assertThat(probe.hanging()).containsExactly("/hung");
  }

  @Test
  void oneThatFailsDoesNotHang() {
    assertThat(probe.reads(broken)).isFalse();
    assertThat(probe.hanging()).isEmpty();
    assertThat(probe.reads(root)).isTrue();
  }

  @Test
  void oneThatHangsIsAskedAgainOnlyAfterItHasAnswered() {
    assertThat(probe.reads(hung)).isFalse();
    long start = System.nanoTime();
    assertThat(probe.reads(hung)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(90));

    release.countDown();
    while (!probe.hanging().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(probe.reads(hung)).isTrue();
  }
}
