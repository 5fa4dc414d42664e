package io.fleetward.service.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The broker of a [ModelWorld]: an ordered log, and ways to it that fail at any moment.
final class ModelBroker {
  /// A record of the log.
  @SuppressWarnings("ArrayRecordComponent") // what was sent, never compared
  record Appended(String topic, String key, byte[] value, Instant at) {}

  /// A process that ends in the middle of what it does.
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final RandomGenerator random;
  private final SettableTime time;
  private final List<Appended> log = new ArrayList<>();
  private boolean down;

  ModelBroker(RandomGenerator random, SettableTime time) {
    this.random = random;
    this.time = time;
  }

  void setDown(boolean isDown) {
    down = isDown;
  }

  boolean isDown() {
    return down;
  }

  /// Records of a topic from a place in the whole log on.
  List<Appended> since(int from, String topic) {
    return log.subList(from, log.size()).stream()
        .filter(record -> record.topic().equals(topic))
        .toList();
  }

  int end() {
    return log.size();
  }

  /// The way of one process to the log.
  ///
  /// @param trouble how often one of a hundred records goes wrong
  /// @param meanwhile what others do while a record travels
  RecordSink sink(List<BrokerClock> clocks, int trouble, Runnable meanwhile) {
    return (topic, key, value, _) -> {
      Instant sentAt = clocks.getFirst().localTime();
      meanwhile.run();
      int luck = random.nextInt(100);
      if (down || luck < trouble) {
        throw new RecordSink.SendFailedException("down", new IllegalStateException());
      }
      if (luck < 2 * trouble) {
        throw new Crash();
      }
      log.add(new Appended(topic, key, value, time.instant()));
      if (luck < 3 * trouble) {
        throw new RecordSink.SendFailedException("no answer", new IllegalStateException());
      }
      if (luck < 4 * trouble) {
        throw new Crash();
      }
      for (BrokerClock clock : clocks) {
        clock.produced(sentAt, clock.localTime(), time.instant());
      }
    };
  }
}
