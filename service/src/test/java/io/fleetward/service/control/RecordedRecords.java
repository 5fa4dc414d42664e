package io.fleetward.service.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A broker that keeps what it is sent, and can be down.
final class RecordedRecords implements RecordSink {
  @SuppressWarnings("ArrayRecordComponent")
  record Sent(String topic, String key, byte[] value, Map<String, String> headers) {}

  private final BrokerClock clock;
  private final List<Sent> sent = new ArrayList<>();
  private boolean down;
  private boolean silent;
  private int mostBytes = Integer.MAX_VALUE;

  RecordedRecords(BrokerClock clock) {
    this.clock = clock;
  }

  /// The same broker for another process.
  RecordedRecords asSeenBy(BrokerClock other) {
    RecordedRecords same = new RecordedRecords(other);
    same.sent.addAll(sent);
    return same;
  }

  void goDown() {
    down = true;
  }

  /// Takes records but does not acknowledge them.
  void loseAcknowledgements() {
    silent = true;
  }

  /// Takes no record that is larger.
  void takeAtMost(int bytes) {
    mostBytes = bytes;
  }

  void comeBack() {
    down = false;
    silent = false;
  }

  @Override
  public void send(String topic, String key, byte[] value, Map<String, String> headers) {
    if (down) {
      throw new SendFailedException("the broker is down", new IllegalStateException());
    }
    if (value.length > mostBytes) {
      throw new OversizedException("too large", new IllegalStateException());
    }
    sent.add(new Sent(topic, key, value, headers));
    if (silent) {
      throw new SendFailedException("no acknowledgement came", new IllegalStateException());
    }
    Instant now = clock.localTime();
    clock.produced(now, now, now);
  }

  List<Sent> to(String topic) {
    return sent.stream().filter(one -> one.topic().equals(topic)).toList();
  }
}
