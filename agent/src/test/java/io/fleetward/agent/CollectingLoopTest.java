package io.fleetward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.shipping.OutgoingRecord;
import io.fleetward.agent.supervision.Supervisor;
import io.fleetward.agent.telemetry.AgentMetrics;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.topics.Headers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CollectingLoopTest {
  private static final ScrapeKey KEY = ScrapeKey.of(new byte[ScrapeKey.BYTES]);

  private final SeriesTable table = new SeriesTable("web-1");
  private final BlockingQueue<OutgoingRecord> shipped = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
  private final AtomicBoolean isHealthy = new AtomicBoolean(true);
  private final CountDownLatch stop = new CountDownLatch(1);
  private Thread thread = new Thread();

  @AfterEach
  void end() throws InterruptedException {
    stop.countDown();
    thread.join();
  }

  @Test
  void ships() throws InterruptedException {
    start(Duration.ofMillis(20));

    OutgoingRecord sealed = shipped.take();
    long first = sealed.timeMillis();
    assertThat(
            KEY.verifies(
                sealed.headers().getOrDefault(Headers.SEAL, ""),
                "web-1",
                Headers.REMOTE_WRITE_2,
                sealed.value()))
        .isTrue();
    assertThat(shipped.take().timeMillis()).isGreaterThan(first);
    assertThat(notices.take()).isEqualTo("WATCHDOG=1");
  }

  @Test
  void isHeardOfBetweenScrapesThatAreFarApart() throws InterruptedException {
    start(Duration.ofHours(1));

    for (int i = 0; i < 3; i++) {
      assertThat(notices.take()).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void isSilentWhenWhatItShipsGetsNoFurther() throws InterruptedException {
    isHealthy.set(false);
    start(Duration.ofMillis(20));
    for (int i = 0; i < 5; i++) {
      shipped.take();
    }

    assertThat(notices).isEmpty();
  }

  @Test
  void isSilentWhileAScrapeHangs() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    start(
        Duration.ofMillis(20),
        () -> {
          hanging.countDown();
          goesOn.await();
        });
    hanging.await();
    notices.clear();
    String heard = notices.poll(100, TimeUnit.MILLISECONDS);
    goesOn.countDown();

    assertThat(heard).isNull();
    assertThat(notices.take()).isEqualTo("WATCHDOG=1");
  }

  /// Something that may take its time.
  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  private void start(Duration interval) {
    start(interval, () -> {});
  }

  private void start(Duration interval, Work inEachScrape) {
    CollectingLoop loop =
        new CollectingLoop(
            time -> {
              try {
                inEachScrape.run();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return table.take(time);
            },
            new RemoteWriteEncoder()::encode,
            new ScrapeHeaders("web-1", Optional.of(KEY)),
            new ScrapeTimes("web-1", interval),
            shipped::add,
            new AgentMetrics(),
            new Supervisor(notices::add, Duration.ofMillis(15)),
            isHealthy::get);
    thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                loop.runUntil(stop);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
