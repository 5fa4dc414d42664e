package io.fleetward.agent.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import io.fleetward.agent.spool.Spool;
import io.fleetward.agent.spool.SpoolLimits;
import io.fleetward.protocol.topics.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of scrapes while the broker is away and when it comes back.
@Timeout(20)
class OutageTest implements HostClock {
  private static final int LONG = 130;

  @TempDir Path folder;
  private final SwitchableBroker broker = new SwitchableBroker();
  private final AtomicLong ahead = new AtomicLong();
  private RecordedShipping events = new RecordedShipping();
  private @Nullable Shipper shipper;

  @AfterEach
  void close() {
    if (shipper != null) {
      shipper.close();
    }
  }

  @Test
  void inServiceNothingTouchesTheDisk() throws IOException {
    start();
    ship(0, 50);
    await(() -> broker.stored().size() == 50);

    assertThat(stored(false)).isEqualTo(numbers(0, 50));
    assertThat(events.spooled).hasValue(0);
    assertThat(events.connected).hasValue(1);
  }

  @Test
  void afterAShortOutageEverythingComesInOrder() throws IOException {
    start();
    ship(0, 3);
    await(() -> broker.stored().size() == 3);
    broker.goAway();
    ship(3, 6);
    await(() -> broker.waiting() == 3);
    broker.expire();
    await(() -> events.spooled.get() == 3);
    ship(6, 20);
    await(() -> events.spooled.get() == 17);
    broker.comeBack();
    await(() -> broker.stored().size() == 20);
    await(() -> events.connected.get() == 2);
    ship(20, 25);
    await(() -> broker.stored().size() == 25);

    assertThat(stored(false)).isEqualTo(numbers(0, 25));
    assertThat(stored(true)).isEmpty();
    assertThat(events.dropped).isEmpty();
  }

  @Test
  void afterALongOutageTheBacklogComesBesideWhatIsFresh() throws IOException {
    start();
    goAwayWith(LONG);
    broker.comeBack();
    await(() -> events.connected.get() == 1);
    ship(LONG, LONG + 1);
    await(() -> broker.stored().stream().anyMatch(message -> numberOf(message) == LONG));
    int storedWhenFresh = broker.stored().size();
    await(() -> broker.stored().size() == LONG + 1);

    assertThat(storedWhenFresh).isLessThan(LONG);
    assertThat(stored(true)).isEqualTo(numbers(1, LONG));
    assertThat(stored(false)).containsExactly(0, LONG);
    await(() -> theShipper().backlogRecords() == 0);
    assertThat(theShipper().backlogBytes()).isZero();
  }

  @Test
  void aSecondOutageKeepsTheOrderOfTheFirst() throws IOException {
    start();
    goAwayWith(LONG);
    broker.comeBack();
    await(() -> events.connected.get() == 1);
    await(() -> broker.stored().size() > 1);
    broker.goAway();
    ship(LONG, LONG + 40);
    await(() -> broker.waiting() > 0);
    passTime(Duration.ofSeconds(6));
    ship(LONG + 40, LONG + 60);
    // a record that is handed over while those before it expire can only come before them
    await(OutageTest::replayRests);
    broker.expire();
    await(() -> events.spooled.get() == LONG + 60);
    passTime(Duration.ofMinutes(1));
    ship(LONG + 60, LONG + 61);
    broker.comeBack();
    await(() -> theShipper().backlogRecords() == 0);

    List<Integer> all = broker.stored().stream().map(OutageTest::numberOf).distinct().toList();
    assertThat(all).hasSize(LONG + 61);
    assertThat(stored(true).stream().distinct().toList()).isSorted();
    assertThat(events.dropped).isEmpty();
  }

  /// Whether the replaying thread has handed over what it could.
  private static boolean replayRests() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("fleetward-replay"))
        .map(Thread::getState)
        .allMatch(state -> state == Thread.State.TIMED_WAITING || state == Thread.State.WAITING);
  }

  @Test
  void aSilentBrokerIsNotWaitedFor() throws IOException {
    start();
    broker.goAway();
    ship(0, 2);
    await(() -> broker.waiting() == 2);
    passTime(Duration.ofSeconds(6));
    ship(2, 3);
    await(() -> events.spooled.get() == 3);
    assertThat(theShipper().backlogRecords()).isEqualTo(3);
    broker.comeBack();
    await(() -> theShipper().backlogRecords() == 0);

    assertThat(stored(false)).as("each once").isEqualTo(numbers(0, 3));
  }

  @Test
  void whatAnEarlierRunLeftIsSentAndMarked() throws IOException {
    start();
    goAwayWith(4);
    theShipper().close();
    assertThat(broker.stored()).isEmpty();
    broker.comeBack();

    start();
    await(() -> broker.stored().size() == 4);
    await(() -> events.connected.get() == 1);
    ship(4, 5);
    await(() -> broker.stored().size() == 5);

    assertThat(stored(true)).isEqualTo(numbers(0, 4));
    assertThat(stored(false)).containsExactly(4);
  }

  @Test
  void endingKeepsWhatIsStillWithTheProducer() throws IOException {
    start();
    broker.goAway();
    ship(0, 5);
    await(() -> broker.waiting() == 5);
    theShipper().close();

    try (Spool spool = spool()) {
      assertThat(spool.records()).isEqualTo(5);
    }
  }

  @Test
  void aRefusedRecordHoldsUpNobody() throws IOException {
    start();
    ship(0, 1);
    await(() -> broker.stored().size() == 1);
    broker.goAway();
    ship(1, 3);
    await(() -> broker.waiting() == 2);
    broker.refuse();
    broker.comeBack();
    ship(3, 4);
    await(() -> broker.stored().size() == 2);

    assertThat(stored(false)).containsExactly(0, 3);
    assertThat(events.dropped).containsExactly("refused-by-broker", "refused-by-broker");
  }

  @Test
  void withoutADiskTheNewestWaitInMemory() throws IOException {
    start();
    Files.delete(folder.resolve("spool/position"));
    Files.delete(folder.resolve("spool"));
    Files.writeString(folder.resolve("spool"), "no folder");
    goAwayWith(10);
    assertThat(events.spoolFailures).hasValue(1);
    assertThat(events.spooled).hasValue(0);
    broker.comeBack();
    await(() -> broker.stored().size() == 10);

    assertThat(stored(false)).isEqualTo(numbers(0, 10));
  }

  @Test
  void aDiskThatHangsHoldsUpNothingFresh() throws IOException {
    CountDownLatch disk = new CountDownLatch(1);
    events =
        new RecordedShipping() {
          @Override
          public void spooled(int count) {
            super.spooled(count);
            try {
              disk.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          }
        };
    start();
    broker.goAway();
    ship(0, 1);
    await(() -> broker.waiting() == 1);
    broker.expire();
    await(() -> events.spooled.get() == 1);
    broker.comeBack();
    passTime(Duration.ofSeconds(11));
    ship(1, 3);
    await(() -> broker.stored().size() == 2);

    assertThat(stored(false)).containsExactly(1, 2);
    disk.countDown();
    await(() -> broker.stored().size() == 3);
    assertThat(stored(true)).containsExactly(0);
  }

  private void start() throws IOException {
    events = shipper == null ? events : new RecordedShipping();
    shipper =
        new Shipper(
            "web-1",
            "127.0.0.1:1",
            () -> broker,
            new BrokerClock(this),
            this,
            spool(),
            Duration.ofMillis(200),
            events);
    shipper.start();
  }

  private Spool spool() throws IOException {
    return Spool.open(
        folder.resolve("spool"), SpoolLimits.of(10 << 20, Duration.ofSeconds(5)), events);
  }

  private Shipper theShipper() {
    if (shipper == null) {
      throw new IllegalStateException("not started");
    }
    return shipper;
  }

  /// Takes the broker away and ships records 0 to `count` - 1, all of which wait then.
  private void goAwayWith(int count) {
    broker.goAway();
    ship(0, 1);
    await(() -> broker.waiting() == 1);
    broker.expire();
    await(() -> theShipper().backlogRecords() == 1);
    ship(1, count);
    await(() -> theShipper().backlogRecords() == count);
    await(() -> theShipper().waitingBytes() == 0 || events.spoolFailures.get() > 0);
  }

  private void ship(int from, int to) {
    for (int number = from; number < to; number++) {
      theShipper()
          .ship(
              new OutgoingRecord(
                  "metrics",
                  ByteBuffer.allocate(4).putInt(number).array(),
                  Map.of("content-type", "test"),
                  number,
                  Patience.WHILE_THERE_IS_ROOM));
    }
  }

  private void passTime(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  private List<Integer> stored(boolean isReplayed) {
    return broker.stored().stream()
        .filter(message -> (message.headers().lastHeader(Headers.REPLAYED) != null) == isReplayed)
        .map(OutageTest::numberOf)
        .toList();
  }

  private static int numberOf(ProducerRecord<String, byte[]> message) {
    int number = ByteBuffer.wrap(message.value()).getInt();
    assertThat(message.timestamp()).isEqualTo(number);
    assertThat(message.key()).isEqualTo("web-1");
    assertThat(message.headers().lastHeader("content-type").value()).asString().isEqualTo("test");
    return number;
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.interrupted()).as("out of time").isFalse();
      LockSupport.parkNanos(200_000);
    }
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime() + ahead.get();
  }
}
